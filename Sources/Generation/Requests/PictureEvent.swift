import Imaging

/// What happens while pictures are made.
public enum PictureEvent {
    /// So much of all is done, from 0 to 1.
    case progress(Double)
    /// A picture as far as it is drawn: its place in the seed's row, the preview's number from 1, and how much
    /// of the picture there is.
    case preview(index: Int, number: Int, share: Double, Picture)
    /// A picture is finished.
    case picture(index: Int, Drawing)
    /// A picture is not shown: what the rules forbid and it shows.
    case blocked(index: Int, kind: String)
    /// Something that a person should know.
    case note(String)
}
