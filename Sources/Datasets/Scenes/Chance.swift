/// Numbers of chance for one scene and one purpose.
struct Chance {
    private var numbers: Philox

    /// The numbers of a scene.
    ///
    /// - Parameters:
    ///   - seed: Of all scenes.
    ///   - number: Which scene.
    ///   - purpose: What they are for; others for another one.
    init(seed: UInt64, number: Int, purpose: Int) {
        let high = UInt64(bitPattern: Int64(number)) >> 32
        numbers = Philox(
            seed: seed ^ (high &* 0x9E37_79B9_7F4A_7C15),
            stream: UInt32(truncatingIfNeeded: purpose),
            element: UInt32(truncatingIfNeeded: number)
        )
    }

    /// A number in `0..<bound`.
    mutating func below(_ bound: Int) -> Int { numbers.next(below: bound) }

    /// A number in a range.
    mutating func number(_ low: Float, _ high: Float) -> Float {
        low + (high - low) * numbers.nextUnit()
    }

    /// True in that share of cases.
    mutating func happens(_ share: Float) -> Bool { numbers.nextUnit() < share }

    /// One of some.
    ///
    /// - Precondition: there is one.
    mutating func among<Element>(_ all: [Element]) -> Element { all[below(all.count)] }

    /// A number in `0..<bound`.
    mutating func among(_ bound: Int) -> Int { below(bound) }

    /// One of some, by their shares.
    ///
    /// - Precondition: there is one.
    mutating func among<Element>(_ all: [(Element, Float)]) -> Element {
        var point = numbers.nextUnit() * all.reduce(0) { $0 + $1.1 }
        for (element, share) in all {
            point -= share
            if point < 0 { return element }
        }
        return all[all.count - 1].0
    }

    /// Sixty-four bits.
    mutating func bits() -> UInt64 { UInt64(numbers.next()) << 32 | UInt64(numbers.next()) }
}
