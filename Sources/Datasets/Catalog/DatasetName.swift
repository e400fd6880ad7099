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
}
