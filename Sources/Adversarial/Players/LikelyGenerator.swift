import Torch

/// A generator that tells how likely pictures are, and can learn by that alone.
public protocol LikelyGenerator: Generator {
    /// −log₂ p of pictures.
    ///
    /// Shape: N×C×H×W and N → N.
    ///
    /// Units: bits a number.
    func bits(of pictures: Tensor, labels: Tensor?) -> Tensor
}

extension LikelyGenerator {
    /// The network itself.
    public var likely: (any LikelyGenerator)? { self }
}
