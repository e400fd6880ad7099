import Foundation
import Torch

/// How long steps of drawing codes take, measured in the middle of pictures.
public struct StepTiming: Sendable {
    /// Seconds of each step.
    public let steps: [Double]
    /// Seconds of the processor, of all threads, that a step took, the mean.
    public let work: Double
    /// Bytes of weights that a step reads.
    public let bytes: Int
    /// Seconds of reading the text before them.
    public let text: Double

    /// Times steps; one before them is not counted.
    ///
    /// - Parameters:
    ///   - count: How many.
    ///   - bytes: Of the weights that a step reads.
    ///   - text: Seconds of reading the text.
    ///   - step: Makes one; it is told its number.
    init(_ count: Int, bytes: Int, text: Double, step: (Int) -> Void) {
        var found: [Double] = []
        var clocks = clock()
        for number in 0...count {
            if number == 1 { clocks = clock() }
            let begun = Date()
            step(number)
            if number > 0 { found.append(Date().timeIntervalSince(begun)) }
        }
        work = Double(clock() - clocks) / Double(CLOCKS_PER_SEC) / Double(max(count, 1))
        (steps, self.bytes, self.text) = (found, bytes, text)
    }
}

extension JanusTransformer {
    /// Times steps as drawing makes them, with guidance: two rows for a picture.
    ///
    /// - Parameters:
    ///   - steps: How many.
    ///   - pictures: Drawn together.
    ///   - first: Places before the first step; those of half a picture have usual lengths of keys.
    /// - Returns: The times; one step before them is not counted.
    public func timing(steps: Int, pictures: Int, after first: Int) -> StepTiming {
        withoutGradients {
            let start = Date()
            let pieces = (0..<max(first, 1)).map { $0 % min(settings.pieces, 256) }
            let walk = Walk(self, after: [[Int]](repeating: pieces, count: 2 * pictures))
            let text = Date().timeIntervalSince(start)
            return StepTiming(steps, bytes: walk.weightBytes, text: text) { step in
                let codes = Tensor((0..<pictures).map { (step + 7 * $0) % settings.codes })
                walk.append(codes, repeated: 2)
            }
        }
    }
}
