import Foundation

/// Finds pictures that are nearly the same as an earlier one.
///
/// Two pictures count as nearly the same when the root mean square of their differences, over sixteen
/// by sixteen places of colour on grey and of transparency, is below a limit.
struct NearCopies {
    /// Below it, two pictures are nearly the same; numbers run from 0 to 1.
    static let limit: Float = 0.03

    /// Places a side.
    static let side = 16

    private static let length = side * side * 4
    private static let coarseLength = 16 * 4

    /// Of each kept picture a short signature, by which most others are told apart, and a full one.
    private var coarse: [Float] = []
    private var full: [Float] = []
    private var count = 0

    /// Takes a picture in, unless it is nearly the same as one before.
    ///
    /// - Parameters:
    ///   - pixels: Samples of eight bits, red, green, blue and alpha.
    ///   - width: The picture's width, a multiple of sixteen.
    ///   - height: Its height, likewise.
    /// - Returns: Whether it was taken in.
    mutating func takes(
        _ pixels: UnsafePointer<UInt8>,
        width: Int,
        height: Int
    ) -> Bool {
        let signature = Self.signature(pixels, width: width, height: height)
        let short = Self.shortened(signature)
        let coarseLimit = Self.limit * Self.limit * Float(Self.coarseLength)
        let fullLimit = Self.limit * Self.limit * Float(Self.length)
        let isCopy = coarse.withUnsafeBufferPointer { coarse in
            full.withUnsafeBufferPointer { full in
                (0..<count).contains { index in
                    // The distance of averages is never above that of what they are averages of.
                    Self.isNear(short, coarse, at: index * Self.coarseLength, below: coarseLimit)
                        && Self.isNear(signature, full, at: index * Self.length, below: fullLimit)
                }
            }
        }
        guard !isCopy else { return false }
        coarse += short
        full += signature
        count += 1
        return true
    }

    private static func isNear(
        _ a: [Float],
        _ b: UnsafeBufferPointer<Float>,
        at start: Int,
        below limit: Float
    ) -> Bool {
        var sum: Float = 0
        var index = 0
        return a.withUnsafeBufferPointer { a in
            while index < a.count {
                for place in index..<min(index + 16, a.count) {
                    let difference = a[place] - b[start + place]
                    sum += difference * difference
                }
                if sum >= limit { return false }
                index += 16
            }
            return true
        }
    }

    private static func signature(
        _ pixels: UnsafePointer<UInt8>,
        width: Int,
        height: Int
    ) -> [Float] {
        var sums = [Float](repeating: 0, count: length)
        let (across, down) = (max(width / side, 1), max(height / side, 1))
        for y in 0..<min(down * side, height) {
            for x in 0..<min(across * side, width) {
                let sample = pixels + (y * width + x) * 4
                let alpha = Float(sample[3]) / 255
                let place = ((y / down) * side + x / across) * 4
                for channel in 0..<3 {
                    sums[place + channel] +=
                        Float(sample[channel]) / 255 * alpha + 0.5 * (1 - alpha)
                }
                sums[place + 3] += alpha
            }
        }
        let scale = 1 / Float(across * down)
        return sums.map { $0 * scale }
    }

    /// Averages over four by four places.
    private static func shortened(_ signature: [Float]) -> [Float] {
        var short = [Float](repeating: 0, count: coarseLength)
        for y in 0..<side {
            for x in 0..<side {
                for channel in 0..<4 {
                    short[((y / 4) * 4 + x / 4) * 4 + channel] +=
                        signature[(y * side + x) * 4 + channel] / 16
                }
            }
        }
        return short
    }
}
