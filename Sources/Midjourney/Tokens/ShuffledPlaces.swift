/// Orders of a picture's places by chance, the same in every process that learns from a step.
struct ShuffledPlaces: RandomNumberGenerator {
    private var state: UInt64

    private init(step: Int) { state = UInt64(bitPattern: Int64(step)) }

    /// Source: Steele, Lea and Flood, "Fast splittable pseudorandom number generators", 2014.
    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    /// An order of places, as often as a share says; nothing for that of rows.
    ///
    /// - Parameters:
    ///   - places: How many there are.
    ///   - share: Of the steps.
    ///   - images: Pictures that were seen before the step.
    /// - Returns: Each place once.
    static func order(of places: Int, share: Double, after images: Int) -> [Int]? {
        var chance = ShuffledPlaces(step: images)
        guard Double.random(in: 0..<1, using: &chance) < share else { return nil }
        return (0..<places).shuffled(using: &chance)
    }
}
