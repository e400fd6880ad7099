import Neural
import Torch

/// A generator of which one part settles after so many images, and another learns on what it finds.
public protocol StagedGenerator: Generator {
    /// Whether a part settles at all.
    var hasStages: Bool { get }
    /// What settles, and keeps its averaged weights then.
    var settling: Module { get }

    /// Lets the other part learn by updates of few numbers, zero at first, its weights staying as they are.
    ///
    /// - Precondition: nothing has looked at the network's members yet.
    func addUpdates(rank: Int, strength: Double, using source: RandomSource)

    /// Whether it stays as it is after so many images.
    func hasSettled(after images: Int) -> Bool

    /// Pictures made from the codes that are found in others: what is lost by them.
    ///
    /// Shape: N×C×H×W → N×C×H×W.
    func remade(_ pictures: Tensor) -> Tensor

    /// Codes as the other part draws them.
    ///
    /// Shape: N×latents, and labels → N×codes.
    func codes(_ latents: Tensor, labels: Tensor?) -> Tensor

    /// The pictures of codes.
    ///
    /// Shape: N×codes → N×C×H×W.
    func pictures(_ codes: Tensor) -> Tensor

    /// log p of each code given those before it, as the other part draws them.
    ///
    /// Shape: N×codes, and labels → N×codes.
    func logProbabilities(of codes: Tensor, labels: Tensor?) -> Tensor

    /// What the other part loses on what was found in a step's pictures, and on codes that were drawn before.
    ///
    /// - Parameters:
    ///   - real: The pictures.
    ///   - replayed: Codes that were drawn before, and what was asked for.
    ///   - autocast: The type that is computed in.
    ///   - images: Pictures that were seen before.
    ///   - source: Of chance.
    /// - Returns: Nats a code.
    /// - Precondition: the generator looked ahead at these pictures.
    func nats(
        of real: LabelledPictures,
        beside replayed: (codes: Tensor, labels: Tensor)?,
        _ autocast: Autocast,
        images: Int,
        using source: RandomSource
    ) -> Tensor
}

extension StagedGenerator {
    /// The network itself.
    public var staged: (any StagedGenerator)? { self }
}
