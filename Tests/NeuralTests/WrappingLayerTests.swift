import Neural
import TestSupport
import Testing
import Torch

/// Layers that take pictures as cylinders.
@Suite struct WrappingLayerTests {
    private let source = RandomSource(seed: 5)

    private func maps(_ columns: Int, channels: Int = 3) -> Tensor {
        Tensor.normal([2, channels, 6, columns], using: source)
    }

    /// A picture that was turned gives the turned result, so there is no edge; and away from the edges nothing has changed.
    private func check(
        _ input: Tensor,
        turn: Int,
        becomes: Int,
        plain: (Tensor) -> Tensor,
        wrapped: (Tensor) -> Tensor,
        untouched: Int
    ) {
        let (flat, round) = (plain(input), wrapped(input))
        #expect(round.shape == flat.shape)
        let turned = wrapped(input.rolled(by: turn, along: 3))
        #expect(mismatch(turned, round.rolled(by: becomes, along: 3), tolerance: 1e-4) == nil)
        let inside = untouched..<max(flat.size(3) - untouched, untouched)
        if !inside.isEmpty {
            #expect(
                mismatch(
                    round.sliced(inside, along: 3),
                    flat.sliced(inside, along: 3),
                    tolerance: 1e-4
                ) == nil
            )
        }
        #expect(mismatch(round, flat, tolerance: 1e-3) != nil, "nothing changed at the edges")
    }

    @Test(arguments: [(3, 1, 8), (5, 2, 16), (5, 1, 3), (3, 2, 2), (4, 2, 12), (5, 1, 1)])
    func convolutions(kernel: Int, stride: Int, columns: Int) {
        func layer(_ wraps: Bool) -> Convolution2D {
            let layer = Convolution2D(
                inputs: 3,
                outputs: 5,
                kernel: Extent(kernel),
                stride: Extent(stride),
                padding: .same,
                using: RandomSource(seed: 1)
            )
            if wraps { layer.wrapColumnsOfLayers() }
            return layer
        }
        let input = maps(columns)
        check(
            input,
            turn: stride,
            becomes: 1,
            plain: layer(false).callAsFunction,
            wrapped: layer(true).callAsFunction,
            untouched: kernel
        )
    }

    @Test(arguments: [(5, 2, 4), (5, 1, 7), (4, 2, 6), (5, 2, 1), (3, 2, 2)])
    func transposeConvolutions(kernel: Int, stride: Int, columns: Int) {
        func layer(_ wraps: Bool) -> TransposeConvolution2D {
            let layer = TransposeConvolution2D(
                inputs: 3,
                outputs: 4,
                kernel: Extent(kernel),
                stride: Extent(stride),
                padding: .same,
                using: RandomSource(seed: 1)
            )
            if wraps { layer.wrapColumns(true) }
            return layer
        }
        let input = maps(columns)
        check(
            input,
            turn: 1,
            becomes: stride,
            plain: layer(false).callAsFunction,
            wrapped: layer(true).callAsFunction,
            untouched: 2 * kernel
        )
        // What is prepared for use alone draws the same.
        for dtype in [DType.float32, .bfloat16] {
            let kept = layer(true).kept(
                rows: 6,
                columns: columns,
                norm: nil,
                slope: 0.3,
                dtype: dtype
            )
            let expected = layer(true)(input).leakyRelu(slope: 0.3)
            #expect(
                mismatch(
                    kept(input.converted(to: dtype)).converted(to: .float32),
                    expected,
                    tolerance: dtype == .float32 ? 1e-4 : 0.05
                ) == nil
            )
        }
    }

    @Test(arguments: [[1.0, 3, 3, 1], [1, 2, 1]]) func filters(taps: [Double]) {
        let (flat, round) = (Filter(taps: taps), Filter(taps: taps, wraps: true))
        let input = maps(8)
        check(input, turn: 3, becomes: 6, plain: flat.doubled, wrapped: round.doubled, untouched: 6)
        check(input, turn: 4, becomes: 2, plain: flat.halved, wrapped: round.halved, untouched: 2)
        let whole = { (filter: Filter) in
            { (input: Tensor) in
                filter.smoothed(input, before: (taps.count - 1) / 2, after: taps.count / 2)
            }
        }
        check(input, turn: 3, becomes: 3, plain: whole(flat), wrapped: whole(round), untouched: 3)
    }

    /// Derivatives go over the edges, too.
    @Test func gradientsGoAround() {
        let layer = Convolution2D(inputs: 1, outputs: 1, kernel: 3, padding: .same, using: source)
        layer.wrapColumns(true)
        let input = maps(5, channels: 1).requiringGradient()
        let edge = layer(input).sliced(0..<1, along: 3).sum()
        let gradient = gradients(of: edge, for: [input])[0]
        #expect(gradient.sliced(4..<5, along: 3).absolute().max().item() > 0)
        #expect(gradient.sliced(3..<4, along: 3).absolute().max().item() == 0)
    }
}
