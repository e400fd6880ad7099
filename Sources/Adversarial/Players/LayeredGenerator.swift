import Torch

/// A generator that can be watched layer by layer.
public protocol LayeredGenerator: Generator {
    /// Draws, and tells of every map on the way.
    ///
    /// - Parameters:
    ///   - latents: N×latent.
    ///   - labels: What is asked for.
    ///   - watch: Told a layer's name and its map, N×c×h×w, from coarse to fine.
    /// - Returns: N×C×H×W, as without being watched.
    func drawn(
        _ latents: Tensor,
        labels: Tensor?,
        watch: (_ layer: String, _ map: Tensor) -> Void
    ) -> Tensor
}

extension LayeredGenerator {
    /// The network itself.
    public var layered: (any LayeredGenerator)? { self }
}
