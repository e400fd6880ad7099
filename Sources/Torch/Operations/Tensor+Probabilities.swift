extension Tensor {
    /// log p of one class in each row of logits: the logarithm of its softmax.
    ///
    /// Shape: …×classes and … → …, in single precision at least.
    public func logProbability(of classes: Tensor) -> Tensor {
        Operators.logProbability(.tensor(self), .tensor(classes))
    }

    /// The mean of the classes' values in each row of logits, by the chances of its softmax.
    ///
    /// Shape: …×classes and classes → …, in single precision at least.
    public func meanValue(_ values: Tensor) -> Tensor {
        Operators.meanValue(.tensor(self), .tensor(values))
    }

    private enum Operators {
        static let logProbability = Operator("atelier::log_chance")
        static let meanValue = Operator("atelier::mean_value")
    }
}
