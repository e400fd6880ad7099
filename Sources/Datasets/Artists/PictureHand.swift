/// A way of drawing that can be asked for by a word: whose hand a picture of the set `pictures` is in.
public enum PictureHand: String, Codable, Sendable, CaseIterable {
    /// Noto's emoji: shaded.
    case shaded
    /// Twemoji: flat.
    case flat
    /// Symbola: black lines.
    case lines
    /// Clip art from openclipart.
    case clipArt = "clip-art"
    /// Rendered models of furniture and other things.
    case threeD = "3d"
    /// Icons of a desktop.
    case icon

    /// The words that ask for it, in English and Chinese.
    public var words: (english: String, chinese: String) {
        switch self {
        case .shaded: ("shaded", "立体")
        case .flat: ("flat", "扁平")
        case .lines: ("line drawing", "线稿")
        case .clipArt: ("clip art", "剪贴画")
        case .threeD: ("3D", "三维")
        case .icon: ("icon", "图标")
        }
    }

    /// The name of the set that holds its pictures alone.
    public var set: DatasetName {
        switch self {
        case .shaded: .emoji
        case .flat: .twemoji
        case .lines: .symbola
        case .clipArt: .openclipart
        case .threeD: .furniture
        case .icon: .tango
        }
    }

    /// The word in a caption's language; nothing for a language that has none.
    func word(in language: String) -> String? {
        switch language {
        case "en": words.english
        case "zh": words.chinese
        default: nil
        }
    }
}
