import Torch

/// Draws variations of a picture by forgetting a part of its codes.
protocol PartialRedrawing {
    /// The pictures of a batch, each the same beside any others.
    ///
    /// - Parameters:
    ///   - picture: 1×C×H×W, −1 … 1.
    ///   - strength: The share of a drawing's steps that are drawn anew, from 0 to 1.
    ///   - batch: Which pictures, and what is asked for.
    ///   - latents: As many as the batch has places.
    /// - Returns: As many pictures.
    /// - Throws: `GenerationError` for what the model cannot be asked for.
    func redrawn(
        _ picture: Tensor,
        strength: Double,
        _ batch: SampledBatch,
        by latents: Tensor
    ) throws -> Tensor
}
