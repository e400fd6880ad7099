import Neural
import Testing
import Torch

/// Every `Shape:` line of a layer that its own suite does not check.
@Suite struct LayerShapeTests {
    private let source = RandomSource(seed: 1)

    @Test func dense() {
        let dense = Dense(inputs: 3, outputs: 5, using: source)
        #expect(dense(.ones([3])).shape == [5])
        #expect(dense(.ones([2, 4, 3])).shape == [2, 4, 5])
    }

    @Test(arguments: 1...4, [1, 2, 3, 4, 5])
    func convolution(_ stride: Int, _ kernel: Int) {
        for (rows, columns) in [(7, 8), (12, 5), (6, 9)] {
            for padding in [Padding.valid, .same, .explicit(Extent(rows: 2, columns: 1))] {
                for dilation in [1, 2] where dilation * (kernel - 1) < 5 {
                    let layer = Convolution2D(
                        inputs: 2,
                        outputs: 3,
                        kernel: Extent(kernel),
                        stride: Extent(stride),
                        padding: padding,
                        dilation: Extent(dilation),
                        using: source
                    )
                    func size(_ side: Int, _ border: Int) -> Int {
                        padding == .same
                            ? (side + stride - 1) / stride
                            : (side + border - dilation * (kernel - 1) - 1) / stride + 1
                    }
                    let isExplicit = padding != .valid && padding != .same
                    #expect(
                        layer(.ones([2, 2, rows, columns])).shape
                            == [
                                2, 3, size(rows, isExplicit ? 4 : 0),
                                size(columns, isExplicit ? 2 : 0),
                            ]
                    )
                }
            }
        }
    }

    @Test(arguments: BorderMode.allCases)
    func convolutionWithBorders(_ border: BorderMode) {
        let layer = Convolution2D(
            inputs: 1,
            outputs: 1,
            kernel: 4,
            padding: .same,
            border: border,
            bias: false,
            initializer: .ones,
            using: source
        )
        let input = Tensor((0..<16).map(Float.init), shape: [1, 1, 4, 4])
        let output = layer(input)
        #expect(output.shape == [1, 1, 4, 4])
        // The corner's window: one row and column before, the picture's first three after.
        let corner = output.floats()[0]
        let inner: Float = 0 + 1 + 2 + 4 + 5 + 6 + 8 + 9 + 10
        switch border {
        case .zeros: #expect(corner == inner)
        case .circular: #expect(corner == inner + (12 + 13 + 14) + (3 + 7 + 11) + 15)
        case .reflect: #expect(corner == inner + (4 + 5 + 6) + (1 + 5 + 9) + 5)
        case .replicate: #expect(corner == inner + (0 + 1 + 2) + (0 + 4 + 8) + 0)
        }
    }

    @Test(arguments: 1...4, [1, 2, 3, 4, 5])
    func transposeConvolution(_ stride: Int, _ kernel: Int) {
        for (rows, columns) in [(3, 4), (5, 2)] {
            func layer(_ padding: Padding, _ outputPadding: Extent = 0) -> TransposeConvolution2D {
                TransposeConvolution2D(
                    inputs: 2,
                    outputs: 3,
                    kernel: Extent(kernel),
                    stride: Extent(stride),
                    padding: padding,
                    outputPadding: outputPadding,
                    using: source
                )
            }
            let input = Tensor.ones([2, 2, rows, columns])
            #expect(layer(.same)(input).shape == [2, 3, rows * stride, columns * stride])
            let more = max(kernel - stride, 0)
            #expect(
                layer(.valid)(input).shape
                    == [2, 3, rows * stride + more, columns * stride + more]
            )
            let extra = stride > 1 ? 1 : 0
            func size(_ side: Int) -> Int { (side - 1) * stride - 2 + kernel + extra }
            guard size(columns) > 0, kernel > 2 else { continue }
            #expect(
                layer(.explicit(1), Extent(extra))(input).shape
                    == [2, 3, size(rows), size(columns)]
            )
        }
    }

    @Test func slicedResultsKeepTheirLayout() {
        let layer = TransposeConvolution2D(
            inputs: 2,
            outputs: 3,
            kernel: 5,
            stride: 2,
            padding: .same,
            using: source
        )
        #expect(layer(.ones([2, 2, 4, 4])).isContiguous)
        let output = layer(Tensor.ones([2, 2, 4, 4]).channelsLast())
        #expect(output.isContiguous || output.isChannelsLast)
    }

    @Test func norms() {
        #expect(LayerNorm([4])(.ones([2, 3, 4])).shape == [2, 3, 4])
        #expect(LayerNorm([3, 4])(.ones([2, 3, 4])).shape == [2, 3, 4])
        #expect(GroupNorm(4, groups: 2)(.ones([2, 4, 3])).shape == [2, 4, 3])
        #expect(InstanceNorm(3)(.ones([2, 3, 4, 5])).shape == [2, 3, 4, 5])
        #expect(RMSNorm(4)(.ones([2, 3, 4])).shape == [2, 3, 4])
        #expect(PixelNorm()(.ones([2, 3, 4, 5])).shape == [2, 3, 4, 5])
    }

    @Test func others() {
        #expect(PReLU(3)(.ones([2, 3, 4])).shape == [2, 3, 4])
        let table = Embedding(count: 5, width: 4, using: source)
        #expect(table(Tensor([0, 4, 2, 2, 1, 0], shape: [2, 3])).shape == [2, 3, 4])
        let enlarged = Upsampling2D(factor: Extent(rows: 2, columns: 3))
        #expect(enlarged(.ones([1, 2, 4, 5])).shape == [1, 2, 8, 15])
    }

    @Test func pooling() {
        let input = Tensor.ones([1, 2, 7, 6])
        #expect(MaxPooling2D(window: 2)(input).shape == [1, 2, 3, 3])
        #expect(MaxPooling2D(window: 3, stride: 2, padding: .same)(input).shape == [1, 2, 4, 3])
        #expect(
            MaxPooling2D(window: 3, stride: 2, padding: .explicit(1))(input).shape == [1, 2, 4, 3]
        )
        #expect(AveragePooling2D(window: 2)(input).shape == [1, 2, 3, 3])
        let same = AveragePooling2D(window: 4, stride: 3, padding: .same)(input)
        #expect(same.shape == [1, 2, 3, 2])
        // Borders do not count: the mean of ones is one everywhere.
        #expect(same.floats().allSatisfy { $0 == 1 })
    }
}
