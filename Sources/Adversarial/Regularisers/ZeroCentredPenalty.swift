import Neural
import Runs
import Settings
import Torch

/// Settings of R1 and R2.
public struct ZeroCentredSettings: PartSettings {
    /// γ: half of it is what the mean squared slope is multiplied with.
    public var weight: Scheduled = 10
    /// Turns from one penalty to the next; each then counts as many times.
    public var interval = 1

    /// γ of 10 at every turn.
    public init() {}

    /// Numbers of zero or more.
    public var problems: [SettingProblem] {
        var problems = SettingProblems()
        problems.expect(weight, "weight")
        problems.expect(interval, in: 1...1000, "interval")
        return problems.all
    }

    /// γ/2 · interval · mean ‖∂ logits / ∂ pictures‖², at the turns that have it.
    func term(_ logits: Tensor, by pictures: Tensor, images: Int, turn: Int) -> Tensor? {
        guard isDue(turn) else { return nil }
        let slope = gradients(of: logits.sum(), for: [pictures], createsGraph: true)[0]
        return slope.inFloat32().squared().sum(over: [1, 2, 3]).mean()
            * (weight.value(at: images) / 2 * Double(interval))
    }

    func isDue(_ turn: Int) -> Bool { turn.isMultiple(of: interval) }
}

/// The discriminator's slope kept small at real pictures.
public final class RealPenalty: Module, RegulariserPart {
    /// The name in recipes.
    public static let name = "r1"
    /// What it is.
    public static let summary = "the discriminator's slope small at real pictures, now and then"
    /// The paper that it follows.
    public static let source =
        "Mescheder et al., Which training methods for GANs do actually converge?, 2018; lazily:"
        + " Karras et al., StyleGAN2, 2020"

    private let settings: ZeroCentredSettings

    /// With these settings.
    public init(_ settings: ZeroCentredSettings) { self.settings = settings }

    /// Derivatives by real pictures.
    public func needs(turn: Int) -> (real: Bool, fake: Bool) { (settings.isDue(turn), false) }

    /// The penalty.
    public func discriminatorTerm(_ turn: DiscriminatorTurn) -> Tensor? {
        settings.term(
            turn.realLogits,
            by: turn.real.pictures,
            images: turn.images,
            turn: turn.turn
        )
    }
}

/// The discriminator's slope kept small at drawn pictures.
public final class FakePenalty: Module, RegulariserPart {
    /// The name in recipes.
    public static let name = "r2"
    /// What it is.
    public static let summary = "the discriminator's slope small at drawn pictures, now and then"
    /// The paper that it follows.
    public static let source =
        "Mescheder et al., Which training methods for GANs do actually converge?, 2018"

    private let settings: ZeroCentredSettings

    /// With these settings.
    public init(_ settings: ZeroCentredSettings) { self.settings = settings }

    /// Derivatives by drawn pictures.
    public func needs(turn: Int) -> (real: Bool, fake: Bool) { (false, settings.isDue(turn)) }

    /// The penalty.
    public func discriminatorTerm(_ turn: DiscriminatorTurn) -> Tensor? {
        settings.term(
            turn.fakeLogits,
            by: turn.fake.pictures,
            images: turn.images,
            turn: turn.turn
        )
    }
}
