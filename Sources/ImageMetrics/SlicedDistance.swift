import Checks
import Torch

/// How differently small patches of two sets of pictures are distributed, detail by detail.
///
/// At each level of a Laplacian pyramid patches of 7×7 pixels, brought to mean 0 and deviation 1 by
/// channel, are compared along random directions: the mean difference of the sorted projections.
///
/// Source: Karras et al., "Progressive growing of GANs", ICLR 2018, section 5: from 16 pixels a side up.
public struct SlicedDistance: Sendable, Equatable {
    /// The distance at each level, from the finest to the coarsest.
    public let levels: [Level]

    /// The distance of one level.
    public struct Level: Sendable, Equatable {
        /// The shorter side of the pictures at this level, in pixels.
        public let side: Int
        /// The distance; published figures are a thousand times as large.
        public let distance: Double
    }

    /// The mean over the levels.
    public var mean: Double { levels.reduce(0) { $0 + $1.distance } / Double(levels.count) }

    private static let patch = 7

    /// Compares pictures.
    ///
    /// - Parameters:
    ///   - first: N×C×H×W.
    ///   - second: As many of the same size.
    ///   - patches: Of each picture at each level.
    ///   - directions: Along which patches are compared.
    ///   - source: Of places and directions.
    /// - Precondition: sides of 16 pixels at least, and as many pictures in both sets.
    public init(
        _ first: Tensor,
        _ second: Tensor,
        patches: Int = 128,
        directions: Int = 512,
        using source: RandomSource
    ) {
        precondition(
            first.shape == second.shape && min(first.size(2), first.size(3)) >= 16,
            "pictures of \(first.shape) beside \(second.shape)"
        )
        let pyramids = (SlicedDistance.pyramid(first), SlicedDistance.pyramid(second))
        levels = zip(pyramids.0, pyramids.1).map { a, b in
            let channels = a.size(1)
            let numbers = channels * SlicedDistance.patch * SlicedDistance.patch
            var ways = Tensor.normal([numbers, directions], using: source)
            ways = ways / ways.squared().sum(over: [0], keepingDimensions: true).squareRoot()
            let first = SlicedDistance.patches(of: a, patches, using: source)
            let second = SlicedDistance.patches(of: b, patches, using: source)
            return Level(
                side: min(a.size(2), a.size(3)),
                distance: SlicedDistance.distance(first, second, along: ways)
            )
        }
    }

    /// The mean over the directions, some of which are looked at together: there are very many patches.
    private static func distance(_ first: Tensor, _ second: Tensor, along ways: Tensor) -> Double {
        let (rows, directions) = (first.size(0), ways.size(1))
        var sum = 0.0
        for start in stride(from: 0, to: directions, by: 32) {
            let some = ways.sliced(start..<min(start + 32, directions), along: 1).transposed(0, 1)
            func along(_ patches: Tensor) -> [Float] {
                some.multiplied(by: patches.transposed(0, 1)).floats()
            }
            let (a, b) = (along(first), along(second))
            for row in 0..<some.size(0) {
                let range = row * rows..<(row + 1) * rows
                sum += SortedNumbers.meanDistance(a[range], b[range])
            }
        }
        return sum / Double(directions)
    }

    /// What each halving takes away, and what is left in the end.
    private static func pyramid(_ pictures: Tensor) -> [Tensor] {
        let taps = [1, 4, 6, 4, 1].map { $0 / 16.0 }
        var levels: [Tensor] = []
        var x = pictures.converted(to: .float32)
        while min(x.size(2), x.size(3)) >= 32, x.size(2) % 2 == 0, x.size(3) % 2 == 0 {
            let (height, width) = (x.size(2), x.size(3))
            let small = x.smoothed(
                by: taps,
                before: 2,
                stride: 2,
                size: [height / 2, width / 2],
                spreads: false
            )
            // Zeros stand between the pixels first, so that all must become twice as strong.
            let large = small.smoothed(
                by: taps.map { $0 * 2 },
                before: 2,
                stride: 2,
                size: [height, width],
                spreads: true
            )
            levels.append(x - large)
            x = small
        }
        return levels + [x]
    }

    /// Patches at random places, brought to mean 0 and deviation 1 by channel.
    ///
    /// Shape: N×C×H×W → (N · count)×(C · 49).
    private static func patches(
        of pictures: Tensor,
        _ count: Int,
        using source: RandomSource
    ) -> Tensor {
        let (number, channels, height, width) = pictures.shape4
        func places(below bound: Int) -> Tensor {
            .integers([number, count, 1], below: bound, using: source)
        }
        let rows = (places(below: height - patch + 1) * Double(width)).converted(to: .int64)
        let corners = rows + places(below: width - patch + 1)
        let offsets = (0..<channels).flatMap { channel in
            (0..<patch).flatMap { row in
                (0..<patch).map { channel * height * width + row * width + $0 }
            }
        }
        let all = corners + Tensor(offsets, shape: [1, 1, offsets.count])
        let found = pictures.flattened(from: 1)
            .gathered(all.reshaped([number, count * offsets.count]), along: 1)
            .reshaped([number * count, channels, patch * patch])
        let centred = found - found.mean(over: [0, 2], keepingDimensions: true)
        let deviation = centred.squared().mean(over: [0, 2], keepingDimensions: true).squareRoot()
        return (centred / (deviation + 1e-8)).flattened(from: 1)
    }
}
