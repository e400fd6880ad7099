/// What happens where a picture and its new size differ in proportion.
public enum PictureFit: String, Sendable, Codable, CaseIterable {
    /// The size is filled; what sticks out is cut off, equally on both sides.
    case cover
    /// The whole picture is shown in the middle; the rest is background.
    case contain
    /// Each side is scaled by itself.
    case stretch
}
