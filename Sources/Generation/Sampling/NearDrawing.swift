import Torch

/// Draws pictures whose codes are likelier the nearer they are to what given pictures show.
protocol NearDrawing {
    /// How near each code is to what pictures show at its place, the pictures' shares being summed.
    ///
    /// - Parameters:
    ///   - pictures: N×C×H×W, −1 … 1.
    ///   - weights: What each picture counts.
    /// - Returns: 1×codes of a picture×codes, −1 … 1 where the weights sum to one.
    func nearness(to pictures: Tensor, weights: [Double]) -> Tensor

    /// The pictures of a batch, each the same beside any others.
    ///
    /// - Parameters:
    ///   - nearness: By how many nats each code is likelier.
    ///   - batch: Which pictures, and what is asked for.
    ///   - latents: As many as the batch has places.
    /// - Returns: As many pictures; those that are not wanted show nothing in particular.
    /// - Throws: `GenerationError` for what the model cannot be asked for.
    func drawn(near nearness: Tensor, _ batch: SampledBatch, by latents: Tensor) throws -> Tensor
}
