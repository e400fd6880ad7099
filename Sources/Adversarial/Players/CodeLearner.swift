import Torch

/// A generator that learns from pictures as the codes of another model make them.
public protocol CodeLearner: Generator {
    /// What the sides of the pictures that it sees are divided by before.
    var factor: Int { get }

    /// Takes what makes pictures from their codes: N×C×H×W → N×C×H×W.
    func learn(fromCodesBy remade: @escaping (Tensor) -> Tensor)
}
