extension Tensor {
    /// Largest elements of windows.
    ///
    /// Shape: N×C×H×W → N×C×⌊(H + 2·padding − window) / stride + 1⌋×….
    public func maxPooled(window: [Int], stride: [Int], padding: [Int] = [0, 0]) -> Tensor {
        Operators.max(
            .tensor(self),
            .integers(window),
            .integers(stride),
            .integers(padding)
        )
    }

    /// Means of windows.
    ///
    /// Shape: N×C×H×W → N×C×⌊(H + 2·padding − window) / stride + 1⌋×….
    public func averagePooled(
        window: [Int],
        stride: [Int],
        padding: [Int] = [0, 0],
        countsPadding: Bool = true
    ) -> Tensor {
        Operators.average(
            .tensor(self),
            .integers(window),
            .integers(stride),
            .integers(padding),
            .boolean(false),
            .boolean(countsPadding)
        )
    }

    /// Means of as many windows as the result has places.
    ///
    /// Shape: N×C×H×W → N×C×size.
    public func adaptiveAveragePooled(size: [Int]) -> Tensor {
        Operators.adaptiveAverage(.tensor(self), .integers(size))
    }

    private enum Operators {
        static let max = Operator("max_pool2d")
        static let average = Operator("avg_pool2d")
        static let adaptiveAverage = Operator("adaptive_avg_pool2d")
    }
}
