import Settings

extension Recipe {
    /// The pictures of a run and the shape they are brought to.
    public struct Dataset: Codable, Sendable, Equatable {
        /// What pictures have in common that balancing takes as one class.
        public enum Kinds: String, Codable, Sendable, CaseIterable {
            /// Their class.
            case classes
            /// What their captions say before a colon: `cook: dark skin tone` is a kind of `cook`.
            case captions
        }

        /// Name of a known set (`mnist`, `emoji`, …) or of the kind of folder at `path`.
        public var set: String
        /// Folder or archive; `nil`: where known sets are kept.
        public var path: String?
        /// Which part is trained on.
        public var split: Split
        /// Whether some pictures of a set without a test part are kept apart, to evaluate with.
        public var holdsOut: Bool
        /// Height and width in pixels.
        public var size: [Int]
        /// 1 grey, 2 grey and alpha, 3 colour, 4 colour and alpha.
        public var channels: Int
        /// How a picture is brought to the size.
        public var resize: PictureFit
        /// Power of class balancing: 0 takes pictures as they are, 1 gives each class equal weight.
        public var balance: Double
        /// What balancing takes as a class.
        public var balanceBy: Kinds
        /// The two sides of each example, where pictures are translated; nothing where each picture is one.
        public var pairs: PicturePairs?
        /// The model through whose codes some pictures go before a network that repairs sees them.
        public var remadeBy: String?
        /// The picture from which on scenes are things alone, counted from the beginning of training; nothing for none.
        public var aloneFrom: Int?
        /// Random changes made to each picture.
        public var augmentation: Augmentation

        /// Height in pixels.
        public var height: Int { size[0] }
        /// Width in pixels.
        public var width: Int { size[1] }
        /// Rows of an example: those of both pictures, one above the other, where there are two.
        public var rows: Int { pairs == nil ? height : 2 * height }

        enum CodingKeys: String, CodingKey, CaseIterable {
            case set
            case path
            case split
            case holdsOut = "hold-out"
            case size
            case channels
            case resize
            case balance
            case balanceBy = "balance-by"
            case pairs
            case remadeBy = "remade-by"
            case aloneFrom = "alone-from"
            case augmentation
        }
    }
}

extension Recipe.Dataset: RecipeSection {
    init(reading section: SectionReader<CodingKeys>) {
        set = section.identifier(.set)
        path = section.optionalText(.path)
        split = section.choice(.split, default: .train)
        holdsOut = section.flag(.holdsOut, default: true)
        size = section.integers(.size, placeholder: [64, 64], count: 2...2, in: 4...4096)
        channels = section.integer(.channels, in: 1...4)
        resize = section.choice(.resize, default: .cover)
        balance = section.number(.balance, default: 0, in: .fraction)
        balanceBy = section.choice(.balanceBy, default: .classes)
        pairs = section.optionalSection(.pairs)
        remadeBy = section.optionalText(.remadeBy)
        aloneFrom = section.optionalInteger(.aloneFrom, in: 0...1_000_000_000)
        augmentation = section.section(.augmentation)
    }
}
