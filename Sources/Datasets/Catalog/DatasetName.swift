/// The data sets that are known by name.
public enum DatasetName: String, Codable, Sendable, CaseIterable {
    /// Handwritten digits.
    case mnist
    /// Pieces of clothing.
    case fashionMNIST = "fashion-mnist"
    /// Handwritten Japanese characters.
    case kmnist
    /// Small photographs in ten classes.
    case cifar10
    /// Small photographs in a hundred classes.
    case cifar100
    /// Emoji from the distribution's packages.
    case emoji
    /// Emoji by another artist: flat.
    case twemoji
    /// Emoji in black lines.
    case symbola
    /// Clip art by many people.
    case openclipart
    /// Rendered models of furniture and other things.
    case furniture
    /// Icons of a desktop.
    case tango
    /// All that these six draw, with words for whose hand it is.
    case pictures
    /// Scenes put together from `pictures`, without end.
    case scenes
    /// Pictures in a folder of one's own.
    case folder
    /// Pictures in a zip file of one's own.
    case zip

    /// One line about the set.
    public var summary: String {
        switch self {
        case .mnist: "handwritten digits, 28 x 28 grey, 60,000 + 10,000"
        case .fashionMNIST: "pieces of clothing, 28 x 28 grey, 60,000 + 10,000"
        case .kmnist: "handwritten Japanese characters, 28 x 28 grey, 60,000 + 10,000"
        case .cifar10: "small photographs in ten classes, 32 x 32 RGB, 50,000 + 10,000"
        case .cifar100: "small photographs in a hundred classes, 32 x 32 RGB, 50,000 + 10,000"
        case .emoji: "about 3,650 emoji with names and keywords, any size, RGBA"
        case .twemoji: "about 3,620 emoji by another artist, flat, any size, RGBA"
        case .symbola: "about 1,140 emoji in black lines, any size, RGBA"
        case .openclipart: "about 2,300 pieces of clip art with titles, any size, RGBA"
        case .furniture: "800 rendered models from 16 sides, any size, RGBA"
        case .tango: "about 60 icons of things, any size, RGBA"
        case .pictures: "these six together, with words for the hand, without near-copies"
        case .scenes: "scenes put together from pictures, with captions, without end, RGBA"
        case .folder: "picture files, a folder for each class or a dataset.json (--data FOLDER)"
        case .zip: "a zip file of picture files, as for a folder (--data FILE.zip)"
        }
    }

    /// The class names that the files themselves do not have.
    var classNames: [String] {
        switch self {
        case .fashionMNIST:
            [
                "T-shirt/top", "Trouser", "Pullover", "Dress", "Coat", "Sandal", "Shirt", "Sneaker",
                "Bag", "Ankle boot",
            ]
        case .kmnist: ["o", "ki", "su", "tsu", "na", "ha", "ma", "ya", "re", "wo"]
        default: (0..<10).map(String.init)
        }
    }

    /// The packages that the set is made from; none for sets that are files of their own.
    public var packages: [DebianPackage] {
        switch self {
        case .emoji: [EmojiHand.noto.package] + EmojiFiles.packages
        case .twemoji: [EmojiHand.twemoji.package] + EmojiFiles.packages
        case .symbola: [EmojiHand.symbola.package] + EmojiFiles.packages
        case .openclipart: [ClipArtSource.package]
        case .furniture: [FurnitureSource.package]
        case .tango: [TangoSource.package]
        case .pictures, .scenes:
            PictureHand.allCases.flatMap(\.set.packages).reduce(into: []) { found, package in
                if !found.contains(package) { found.append(package) }
            }
        case .fashionMNIST:
            [DebianPackage("dataset-fashion-mnist", path: "usr/share/datasets/fashion-mnist")]
        case .mnist, .kmnist, .cifar10, .cifar100, .folder, .zip: []
        }
    }

    /// Who made the pictures of packages, and under which terms.
    public var terms: String? {
        switch self {
        case .emoji: EmojiHand.noto.provenance.line
        case .twemoji: EmojiHand.twemoji.provenance.line
        case .symbola: EmojiHand.symbola.provenance.line
        case .openclipart: "some five hundred people; public domain"
        case .furniture: "several people; CC0 and CC BY 3.0"
        case .tango: TangoSource.provenance.line
        case .pictures, .scenes:
            PictureHand.allCases.compactMap(\.set.terms).joined(separator: "\n")
        case .fashionMNIST: "Zalando SE; MIT"
        case .mnist, .kmnist, .cifar10, .cifar100, .folder, .zip: nil
        }
    }
}
