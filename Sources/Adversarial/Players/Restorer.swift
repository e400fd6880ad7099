import Torch

/// A generator that also draws what pictures hide.
public protocol Restorer: Generator {
    /// Whether it can, as it was built.
    var canRestore: Bool { get }

    /// Pictures whose hidden parts are drawn; what is visible stays equal bit for bit.
    ///
    /// - Parameters:
    ///   - pictures: N×C×H×W, −1 … 1.
    ///   - visible: N×1×H×W, 1 where the picture stays.
    ///   - labels: What is asked for, N.
    ///   - source: Of the choices.
    /// - Returns: N×C×H×W.
    func restored(
        _ pictures: Tensor,
        visible: Tensor,
        labels: Tensor?,
        using source: RandomSource
    ) -> Tensor
}

extension Restorer {
    /// Most can.
    public var canRestore: Bool { true }

    /// The network itself, where it can.
    public var restorer: (any Restorer)? { canRestore ? self : nil }
}
