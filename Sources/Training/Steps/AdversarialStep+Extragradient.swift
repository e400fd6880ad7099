import Adversarial

extension AdversarialStep {
    /// Both players look at where a step would lead them, and step from where they were along what they find there.
    ///
    /// Source: Gidel et al., "A variational inequality perspective on generative adversarial networks", ICLR 2019.
    ///
    /// - Parameters:
    ///   - first: Real pictures for the look.
    ///   - second: Real pictures for the step: others, so that the look's chance does not count twice.
    /// - Returns: What the step showed.
    public func extragradient(_ first: Pictures, then second: Pictures) -> StepFigures {
        isLookingAhead = true
        _ = simultaneous(first)
        isLookingAhead = false
        return simultaneous(second)
    }
}
