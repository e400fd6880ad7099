import Checks
import Registries
import Torch

/// What the players want, as losses on the discriminator's logits.
///
/// Every form is safe for logits of any size.
public struct AdversarialLoss: Sendable, Equatable {
    /// The name in recipes.
    public let name: String
    /// Whether the generator's loss depends on real pictures, too.
    public let comparesWithReal: Bool
    private let judged: @Sendable (Tensor, Tensor, Double) -> Tensor
    private let drawn: @Sendable (Tensor, Tensor) -> Tensor
    private let seen: @Sendable (Tensor, Tensor, Tensor) -> Tensor
    private let ratio: @Sendable (Tensor) -> Tensor?

    /// A loss.
    ///
    /// - Parameters:
    ///   - name: In recipes.
    ///   - comparesWithReal: Whether the generator's loss depends on real pictures, too.
    ///   - discriminator: Of logits of real and of drawn pictures, and of how far cross-entropy's target of real
    ///     pictures lies below one: one number.
    ///   - generator: Of logits of drawn and of real pictures: one number.
    ///   - witness: What the discriminator's slope is measured of: of logits, real and drawn ones.
    ///   - gradientRatio: The derivative of the generator's loss over that of the discriminator's on drawn
    ///     pictures, logit by logit; nil where there is none.
    public init(
        _ name: String,
        comparesWithReal: Bool = false,
        discriminator:
            @escaping @Sendable (_ real: Tensor, _ fake: Tensor, _ smoothing: Double) ->
            Tensor,
        generator: @escaping @Sendable (_ fake: Tensor, _ real: Tensor) -> Tensor,
        witness: @escaping @Sendable (Tensor, _ real: Tensor, _ fake: Tensor) -> Tensor = {
            logits,
            _,
            _ in logits
        },
        gradientRatio: @escaping @Sendable (Tensor) -> Tensor? = { _ in nil }
    ) {
        (self.name, self.comparesWithReal) = (name, comparesWithReal)
        (judged, drawn, seen, ratio) = (discriminator, generator, witness, gradientRatio)
    }

    /// Losses are told apart by their names.
    public static func == (left: AdversarialLoss, right: AdversarialLoss) -> Bool {
        left.name == right.name
    }

    /// The discriminator's loss.
    ///
    /// - Parameters:
    ///   - real: Logits of real pictures.
    ///   - fake: Logits of drawn pictures; as many where the loss compares them.
    ///   - smoothing: How far cross-entropy's target of real pictures lies below one.
    /// - Returns: One number.
    public func discriminator(real: Tensor, fake: Tensor, smoothing: Double = 0) -> Tensor {
        judged(real, fake, smoothing)
    }

    /// The generator's loss.
    ///
    /// - Parameters:
    ///   - fake: Logits of drawn pictures.
    ///   - real: Logits of as many real pictures, where the loss compares them.
    /// - Returns: One number.
    public func generator(fake: Tensor, real: Tensor? = nil) -> Tensor {
        guard !comparesWithReal || real != nil else {
            preconditionFailure("\(name) compares with real pictures")
        }
        return drawn(fake, real ?? fake)
    }

    /// What the discriminator's slope is measured of: logits, or the witness of its codes.
    ///
    /// Shape: N of one picture each → N.
    public func witness(of logits: Tensor, real: Tensor, fake: Tensor) -> Tensor {
        seen(logits, real, fake)
    }

    /// The derivative of the generator's loss over that of the discriminator's on drawn
    /// pictures, logit by logit, where there is one for this loss.
    ///
    /// With it one backward pass through the discriminator serves both players, exactly.
    ///
    /// Shape: N → N.
    public func gradientRatio(fake logits: Tensor) -> Tensor? { ratio(logits) }
}
