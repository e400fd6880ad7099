import Torch

/// How far outputs are from what was wanted, in forms that are safe for numbers of any size.
///
/// Shape: equal shapes, and those of `logits` for `crossEntropy` as told there → one number, or the
/// losses of all elements where the reduction is `.none`.
public enum Loss {
    /// Binary cross-entropy: max(l, 0) − l·t + log(1 + e^−|l|).
    ///
    /// - Parameters:
    ///   - logits: Outputs before the logistic function.
    ///   - targets: Probabilities that were wanted.
    ///   - reduction: How the losses of all elements become one.
    /// - Returns: The loss.
    public static func binaryCrossEntropy(
        logits: Tensor,
        targets: Tensor,
        reduction: Reduction = .mean
    ) -> Tensor {
        Operators.binaryCrossEntropy(
            .tensor(logits),
            .tensor(targets),
            .none,
            .none,
            .integer(reduction.rawValue)
        )
    }

    /// Binary cross-entropy where the same probability was wanted everywhere.
    public static func binaryCrossEntropy(
        logits: Tensor,
        target: Double,
        reduction: Reduction = .mean
    ) -> Tensor {
        let targets = Tensor.full(logits.shape, target, dtype: logits.dtype, device: logits.device)
        return binaryCrossEntropy(logits: logits, targets: targets, reduction: reduction)
    }

    /// Cross-entropy of classes: −log softmax(l)[t].
    ///
    /// Shape: N×classes×… with N×… (int64), or with N×classes×… → one number, or N×….
    ///
    /// - Parameters:
    ///   - logits: Outputs before the softmax.
    ///   - targets: Numbers of classes, or probabilities of all classes.
    ///   - labelSmoothing: The share of each target that is spread evenly over all classes.
    ///   - weights: A weight for each class; the mean is then the weighted one.
    ///   - reduction: How the losses of all elements become one.
    /// - Returns: The loss.
    public static func crossEntropy(
        logits: Tensor,
        targets: Tensor,
        labelSmoothing: Double = 0,
        weights: Tensor? = nil,
        reduction: Reduction = .mean
    ) -> Tensor {
        // Targets with this number would be left out; none has it.
        let ignored = Int.min
        return Operators.crossEntropy(
            .tensor(logits),
            .tensor(targets),
            .optional(weights),
            .integer(reduction.rawValue),
            .integer(ignored),
            .real(labelSmoothing)
        )
    }

    /// Squared differences.
    public static func squaredError(
        _ outputs: Tensor,
        _ targets: Tensor,
        reduction: Reduction = .mean
    ) -> Tensor {
        Operators.squaredError(.tensor(outputs), .tensor(targets), .integer(reduction.rawValue))
    }

    /// Differences without sign.
    public static func absoluteError(
        _ outputs: Tensor,
        _ targets: Tensor,
        reduction: Reduction = .mean
    ) -> Tensor {
        Operators.absoluteError(.tensor(outputs), .tensor(targets), .integer(reduction.rawValue))
    }

    /// Half the squared difference up to `delta`, beyond it a straight line of slope `delta`.
    ///
    /// Source: Huber, "Robust estimation of a location parameter", 1964.
    public static func huber(
        _ outputs: Tensor,
        _ targets: Tensor,
        delta: Double = 1,
        reduction: Reduction = .mean
    ) -> Tensor {
        Operators.huber(
            .tensor(outputs),
            .tensor(targets),
            .integer(reduction.rawValue),
            .real(delta)
        )
    }

    private enum Operators {
        static let binaryCrossEntropy = Operator("binary_cross_entropy_with_logits")
        static let crossEntropy = Operator("cross_entropy_loss")
        static let squaredError = Operator("mse_loss")
        static let absoluteError = Operator("l1_loss")
        static let huber = Operator("huber_loss")
    }
}
