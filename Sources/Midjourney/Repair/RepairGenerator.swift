import Adversarial
import Neural
import Runs
import Torch

/// Makes damaged pictures whole, or small ones larger, in one step.
///
/// In training the discriminator sees R(K(x)) beside x, K being chance damage or a smaller size.
public final class RepairGenerator: Module, Generator {
    /// How many times larger pictures become.
    public let factor: Int
    private let network: RepairNetwork
    private let settings: RepairFamily.Settings
    private var damage: Damage
    private let spec: ImageSpec
    private let chance: RandomSource

    /// A network whose weights are drawn from the streams.
    public init(
        _ settings: RepairFamily.Settings,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) {
        (self.settings, self.spec, chance) = (settings, spec, streams.chance)
        factor = settings.factor
        network = RepairNetwork(settings, channels: spec.channels, using: streams.weights)
        damage = Damage(settings.damage)
    }

    /// One, which changes nothing: these networks draw from pictures.
    public var latentSize: Int { 1 }

    /// None can be asked for.
    public var labelCount: Int { 0 }

    /// Sides of pictures must be multiples of this.
    public var step: Int { settings.step }

    /// What is made of grey pictures: there is nothing else to draw from.
    public func callAsFunction(_ latents: Tensor, labels: Tensor?) -> Tensor {
        repaired(
            .zeros(
                [
                    latents.size(0), spec.channels, spec.height / factor,
                    spec.width / factor,
                ],
                device: latents.device
            )
        )
    }

    /// Nothing: a run is watched by what it makes of real pictures.
    public func fastSample(_ latents: Tensor, labels: Tensor?) -> Tensor? { nil }

    /// Pictures made whole, and `factor` times as large.
    ///
    /// - Parameters:
    ///   - pictures: N×C×H×W, −1 … 1, sides multiples of `step`.
    ///   - visible: N×1×H×W, 0 where a picture is to be made up; nothing where all of it counts.
    /// - Returns: N×C×H·factor×W·factor.
    public func repaired(_ pictures: Tensor, visible: Tensor? = nil) -> Tensor {
        let visible = visible ?? Damage.all(like: pictures)
        return raw(pictures * visible, visible: visible).inFloat32().clamped(from: -1, to: 1)
    }

    /// Pictures as they become larger without learning: bicubically.
    public func enlarged(_ pictures: Tensor) -> Tensor {
        guard factor > 1 else { return pictures }
        let size = [pictures.size(2) * factor, pictures.size(3) * factor]
        return pictures.resampled(size: size, .bicubic)
    }

    private func raw(_ pictures: Tensor, visible: Tensor) -> Tensor {
        enlarged(pictures) + network(pictures, visible: visible)
    }

    /// What the network gets to see of real pictures.
    ///
    /// - Parameters:
    ///   - real: N×C×H×W, −1 … 1.
    ///   - shares: How they are damaged; as in training by default.
    ///   - source: Of the chance in it.
    /// - Returns: N×C×H/factor×W/factor and N×1×H/factor×W/factor.
    public func damaged(
        _ real: Tensor,
        _ shares: Damage.Shares? = nil,
        using source: RandomSource
    ) -> Damage.Seen {
        let size = [real.size(2) / factor, real.size(3) / factor]
        let small = factor > 1 ? real.adaptiveAveragePooled(size: size) : real
        return (shares.map { Damage($0) } ?? damage).seen(of: small, using: source)
    }

    /// Repaired pictures, and how far they are from the real ones.
    public func fakes(
        _ latents: Tensor,
        labels: Tensor?,
        beside real: LabelledPictures
    ) -> Fakes {
        // What is only looked at does not disturb the chance of training.
        let source = isTraining ? chance : RandomSource(seed: 0, purpose: "fakes")
        let seen = withoutGradients { damaged(real.pictures, using: source) }
        let made = raw(seen.pictures, visible: seen.visible).inFloat32()
        return Fakes((made, real.labels)) { [settings] turn in
            let error = made - turn.real.pictures.inFloat32()
            let absolute = error.absolute().mean()
            var loss = absolute * settings.absolute
            var figures = [
                (
                    name: "psnr",
                    value: withoutGradients { SignalRatio.decibels(error.squared().mean()) }
                )
            ]
            let weight = settings.features.value(at: turn.images)
            if weight > 0 {
                let distance = turn.featureDistance
                loss = loss + distance * weight
                figures.append((name: "features", value: distance))
            }
            return TaskLoss(loss, figures: figures)
        }
    }

    /// What becomes of pictures once they are damaged, by the same chance each time.
    public func examples(
        _ latents: Tensor,
        labels: Tensor?,
        beside real: LabelledPictures
    ) -> Tensor {
        let source = RandomSource(seed: 0, purpose: "examples")
        let seen = damaged(real.pictures, using: source)
        return repaired(seen.pictures, visible: seen.visible)
    }

    /// How near repaired pictures are to the real ones, and how near they were before.
    public func validationMetrics(_ real: LabelledPictures) -> [(name: String, value: Double)] {
        let seen = damaged(real.pictures, using: RandomSource(seed: 0, purpose: "marks"))
        // Of all errors together: undamaged pictures have none.
        func mean(_ pictures: Tensor) -> Double {
            SignalRatio.decibels((pictures - real.pictures).squared().mean()).item()
        }
        return [
            ("Evaluation/psnr", mean(repaired(seen.pictures, visible: seen.visible))),
            ("Evaluation/psnr_before", mean(enlarged(seen.pictures).clamped(from: -1, to: 1))),
        ]
    }
}

extension RepairGenerator: Restorer {
    /// Whether the network sees pictures in their own size.
    public var canRestore: Bool { factor == 1 }

    /// What is hidden is made up.
    public func restored(
        _ pictures: Tensor,
        visible: Tensor,
        labels: Tensor?,
        using source: RandomSource
    ) -> Tensor {
        visible.isGreater(than: 0.5)
            .selecting(pictures, otherwise: repaired(pictures, visible: visible))
    }
}

extension RepairGenerator: CodeLearner {
    /// The network itself.
    public var codeLearner: (any CodeLearner)? { self }

    /// From now on a share of the pictures is made from codes.
    public func learn(fromCodesBy remade: @escaping (Tensor) -> Tensor) {
        damage = Damage(settings.damage, remade: remade)
    }
}
