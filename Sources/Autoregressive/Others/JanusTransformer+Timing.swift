import Foundation
import Torch

extension JanusTransformer {
    /// How long steps of a place take, measured in the middle of pictures.
    public struct Timing: Sendable {
        /// Seconds of each step.
        public let steps: [Double]
        /// Seconds of the processor, of all threads, that a step took, the mean.
        public let work: Double
        /// Bytes of weights that a step reads.
        public let bytes: Int
        /// Seconds of reading the text before them.
        public let text: Double
    }

    /// Times steps as drawing makes them, with guidance: two rows for a picture.
    ///
    /// - Parameters:
    ///   - steps: How many.
    ///   - pictures: Drawn together.
    ///   - first: Places before the first step; those of half a picture have usual lengths of keys.
    /// - Returns: The times; one step before them is not counted.
    public func timing(steps: Int, pictures: Int, after first: Int) -> Timing {
        withoutGradients {
            let start = Date()
            let pieces = (0..<max(first, 1)).map { $0 % min(settings.pieces, 256) }
            let walk = Walk(self, after: [[Int]](repeating: pieces, count: 2 * pictures))
            let text = Date().timeIntervalSince(start)
            var found: [Double] = []
            var clocks = clock()
            for step in 0...steps {
                if step == 1 { clocks = clock() }
                let begun = Date()
                let codes = Tensor((0..<pictures).map { (step + 7 * $0) % settings.codes })
                walk.append(codes, repeated: 2)
                if step > 0 { found.append(Date().timeIntervalSince(begun)) }
            }
            let work = Double(clock() - clocks) / Double(CLOCKS_PER_SEC) / Double(max(steps, 1))
            return Timing(steps: found, work: work, bytes: walk.weightBytes, text: text)
        }
    }
}
