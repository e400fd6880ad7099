import Settings

extension OptimizerSettings {
    /// The rule that is described, with its numbers.
    public var rule: any UpdateRule {
        switch kind {
        case .adam:
            Adam(
                learningRate: learningRate,
                beta1: beta1,
                beta2: beta2.from,
                epsilon: epsilon,
                weightDecay: weightDecay,
                epsilonPlacement: epsilonPlacement
            )
        case .adamw:
            AdamW(
                learningRate: learningRate,
                beta1: beta1,
                beta2: beta2.from,
                epsilon: epsilon,
                weightDecay: weightDecay,
                epsilonPlacement: epsilonPlacement
            )
        case .optimisticAdam:
            OptimisticAdam(
                learningRate: learningRate,
                beta1: beta1,
                beta2: beta2.from,
                epsilon: epsilon,
                weightDecay: weightDecay
            )
        case .muon:
            Muon(
                learningRate: learningRate,
                momentum: momentum,
                weightDecay: weightDecay,
                beta1: beta1,
                beta2: beta2.from,
                epsilon: epsilon
            )
        case .adafactor:
            // One rate for all weights and steps: the players' balance must not drift.
            Adafactor(
                learningRate: learningRate,
                shrinksWithTime: false,
                scalesByParameter: false,
                weightDecay: weightDecay
            )
        case .sgd:
            SGD(learningRate: learningRate, momentum: momentum, weightDecay: weightDecay)
        case .rmsprop:
            RMSprop(
                learningRate: learningRate,
                alpha: beta2.from,
                epsilon: epsilon,
                momentum: momentum,
                weightDecay: weightDecay
            )
        }
    }
}
