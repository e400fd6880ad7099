import Imaging

/// Small pictures that tests make for themselves.
public enum ToyPicture {
    /// A picture that shows nothing, another one for each number.
    public static func noise(_ number: Int, side: Int = 16) -> Picture {
        var state = UInt32(truncatingIfNeeded: number) &* 2_654_435_761 &+ 12_345
        let samples = (0..<side * side * 3).map { _ in
            state = state &* 1_664_525 &+ 1_013_904_223
            return UInt8(state >> 24)
        }
        return Picture(width: side, height: side, channels: 3, samples: samples)
    }
}
