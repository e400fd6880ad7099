extension Tensor {
    /// tanh of the first half of the channels times the sigmoid of the second half.
    ///
    /// Shape: N×2C×… → N×C×….
    ///
    /// Source: van den Oord et al., "Conditional image generation with PixelCNN decoders", NeurIPS
    /// 2016, equation 2.
    public func gated() -> Tensor { Operators.gate(.tensor(self)) }

    private enum Operators {
        static let gate = Operator("atelier::gate")
    }
}
