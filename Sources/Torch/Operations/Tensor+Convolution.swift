extension Tensor {
    /// Convolution of a batch with a kernel, of one, two or three dimensions by the kernel's rank.
    ///
    /// Shape: N×C×H×W with O×(C/groups)×h×w → N×O×⌊(H + 2·padding − dilation·(h − 1) − 1) / stride + 1⌋×….
    public func convolved(
        with kernel: Tensor,
        bias: Tensor? = nil,
        stride: [Int],
        padding: [Int],
        dilation: [Int]? = nil,
        groups: Int = 1
    ) -> Tensor {
        Operators.convolutions[stride.count - 1](
            .tensor(self),
            .tensor(kernel),
            .optional(bias),
            .integers(stride),
            .integers(padding),
            .integers(dilation ?? stride.map { _ in 1 }),
            .integer(groups)
        )
    }

    /// Transposed convolution: the gradient of a convolution as an operation of its own.
    ///
    /// Shape: N×C×H×W with C×(O/groups)×h×w → N×O×((H − 1)·stride − 2·padding + dilation·(h − 1) + outputPadding + 1)×….
    public func transposeConvolved(
        with kernel: Tensor,
        bias: Tensor? = nil,
        stride: [Int],
        padding: [Int],
        outputPadding: [Int]? = nil,
        dilation: [Int]? = nil,
        groups: Int = 1
    ) -> Tensor {
        Operators.transposeConvolutions[stride.count - 1](
            .tensor(self),
            .tensor(kernel),
            .optional(bias),
            .integers(stride),
            .integers(padding),
            .integers(outputPadding ?? stride.map { _ in 0 }),
            .integer(groups),
            .integers(dilation ?? stride.map { _ in 1 })
        )
    }

    // By the number of dimensions: these, unlike their common form, know autocast.
    private enum Operators {
        static let convolutions = (1...3).map { Operator("conv\($0)d") }
        static let transposeConvolutions = (1...3).map {
            Operator("conv_transpose\($0)d", $0 == 1 ? "" : "input")
        }
    }
}
