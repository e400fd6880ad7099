/// At which edges pictures that a network draws go on at the opposite edge.
public enum PictureWrapping: String, CaseIterable, Codable, Sendable {
    /// At none.
    case none
    /// From the right edge to the left one: panoramas.
    case horizontally
}
