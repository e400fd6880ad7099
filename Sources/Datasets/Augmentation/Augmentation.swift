/// Small changes to training pictures: flips, rotation, scale, crop, translation.
///
/// What happens to an example is a pure function of (seed, epoch, position): it can be repeated,
/// and a run that is resumed sees the pictures it would have seen. All changes become one affine
/// map, so a picture is sampled once. Flips and translations move pixels exactly.
public struct Augmentation: Codable, Sendable, Equatable {
    /// How much, and how often.
    public struct Chance: Codable, Sendable, Equatable {
        /// The most that is done; its unit is told where it is used.
        public var strength: Float

        /// How often it is done, 0 to 1.
        public var probability: Float

        /// Makes a chance; a strength alone is applied to every picture.
        public init(strength: Float, probability: Float = 1) {
            self.strength = strength
            self.probability = probability
        }

        /// A change that never happens.
        public static let never = Chance(strength: 0, probability: 0)
    }

    /// What is put where the picture does not reach.
    public enum Fill: Codable, Sendable, Equatable {
        /// The nearest pixel of the border.
        case edge
        /// A colour in units of the samples: one value for all channels, or one for each.
        case background([Float])
    }

    /// The probability of a flip from left to right.
    public var horizontalFlip: Float

    /// The probability of a flip from top to bottom.
    public var verticalFlip: Float

    /// Rotation about the centre.
    ///
    /// Units: degrees to either side.
    public var rotation: Chance

    /// Scaling about the centre: strength 0.2 is a factor between 1/1.2 and 1.2.
    public var scale: Chance

    /// A crop, enlarged to the full size again: strength 0.2 cuts away up to a fifth of each side.
    public var crop: Chance

    /// Translation by whole pixels.
    ///
    /// Units: share of each side, to either direction.
    public var translation: Chance

    /// What is put where the picture does not reach.
    public var fill: Fill

    /// Makes an augmentation; what is not named is not done.
    public init(
        horizontalFlip: Float = 0,
        verticalFlip: Float = 0,
        rotation: Chance = .never,
        scale: Chance = .never,
        crop: Chance = .never,
        translation: Chance = .never,
        fill: Fill = .edge
    ) {
        self.horizontalFlip = horizontalFlip
        self.verticalFlip = verticalFlip
        self.rotation = rotation
        self.scale = scale
        self.crop = crop
        self.translation = translation
        self.fill = fill
    }

    /// Nothing is done.
    public static let none = Augmentation()

    /// Checks every strength, probability and the fill before anything is drawn.
    ///
    /// - Parameter channels: The channels of the pictures.
    /// - Throws: `DatasetError` that names the value and its range.
    public func validate(channels: Int) throws {
        try Self.check("horizontalFlip", horizontalFlip, in: 0...1)
        try Self.check("verticalFlip", verticalFlip, in: 0...1)
        let chances: [(String, Chance, ClosedRange<Float>)] = [
            ("rotation", rotation, 0...180), ("scale", scale, 0...3), ("crop", crop, 0...0.9),
            ("translation", translation, 0...1),
        ]
        for (name, chance, range) in chances {
            try Self.check("\(name).strength", chance.strength, in: range)
            try Self.check("\(name).probability", chance.probability, in: 0...1)
        }
        guard case .background(let values) = fill else { return }
        guard values.count == 1 || values.count == channels else {
            throw DatasetError(
                .request,
                at: "augmentation.fill",
                "\(values.count) background values for \(channels) channels",
                cure: "give one value, or one for each channel"
            )
        }
    }

    /// Draws what happens to one example.
    func draw(seed: UInt64, epoch: Int, position: Int, width: Int, height: Int) -> Warp {
        // A key of its own: an order drawn from the same seed must not decide about flips.
        var generator = Philox(
            seed: seed ^ 0x6175_676D_656E_7431,
            stream: UInt32(truncatingIfNeeded: epoch),
            element: UInt32(truncatingIfNeeded: position)
        )
        // Every number is drawn whether needed or not, so that one setting does not move others.
        let numbers = (0..<13).map { _ in generator.nextUnit() }
        var warp = Warp()
        if numbers[0] < horizontalFlip { warp.flip(horizontally: true) }
        if numbers[1] < verticalFlip { warp.flip(horizontally: false) }
        if numbers[2] < crop.probability {
            let cut = crop.strength * numbers[3]
            warp.crop(
                keeping: 1 - cut,
                right: cut * (numbers[4] - 0.5) * Float(width),
                down: cut * (numbers[5] - 0.5) * Float(height)
            )
        }
        if numbers[6] < scale.probability {
            warp.scale(by: Self.power(1 + scale.strength, 2 * numbers[7] - 1))
        }
        if numbers[8] < rotation.probability {
            warp.rotate(degrees: rotation.strength * (2 * numbers[9] - 1))
        }
        if numbers[10] < translation.probability {
            warp.translate(
                right: Self.shift(numbers[11], translation.strength, width),
                down: Self.shift(numbers[12], translation.strength, height)
            )
        }
        return warp
    }

    private static func shift(_ number: Float, _ strength: Float, _ side: Int) -> Int {
        let most = Int((strength * Float(side)).rounded())
        return min(Int(number * Float(2 * most + 1)), 2 * most) - most
    }

    private static func check(_ name: String, _ value: Float, in range: ClosedRange<Float>) throws {
        guard range.contains(value) else {
            throw DatasetError(
                .request,
                at: "augmentation.\(name)",
                "\(value) is out of range",
                cure: "choose a value from \(range.lowerBound) to \(range.upperBound)"
            )
        }
    }
}
