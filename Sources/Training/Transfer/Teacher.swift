import Adversarial
import Checks
import Midjourney
import Neural
import Runs
import Settings
import Torch

/// Trained networks that a run must not forget: they draw the classes that they know for the run to
/// see again, and it is held near them there.
///
/// Source: Shin et al., "Continual learning with deep generative replay", 2017, for the replay;
/// Hinton, Vinyals and Dean, "Distilling the knowledge in a neural network", 2015, on features and
/// pictures in place of chances. Its tensors are kept in checkpoints, so that a run goes on without
/// the file that it began with.
final class Teacher: Module, Regulariser {
    static let name = "teacher"

    private let generator: Module
    private let discriminator: Module
    /// Classes that the teacher knows: the first ones of the run.
    let classes: Int
    private let start: Recipe.Start
    private let distribution: LatentDistribution
    private let spec: ImageSpec

    /// Networks of the recipe's own kind for so many classes, with random weights until they are
    /// loaded.
    init(_ recipe: Recipe, start: Recipe.Start, classes: Int) {
        self.start = start
        self.classes = classes
        distribution = recipe.model.distribution
        spec = ImageSpec(recipe, labels: classes)
        let family = ModelFamily.family(of: recipe)
        let streams = NetworkStreams(
            weights: RandomSource(seed: 0),
            chance: RandomSource(seed: 0)
        )
        generator = family.generator(recipe.model.settings, for: spec, using: streams)
        discriminator = family.discriminator(recipe.model.settings, for: spec, using: streams)
    }

    private var drawer: any Generator {
        guard let drawer = generator as? any Generator else {
            preconditionFailure("a family whose generator is none")
        }
        return drawer
    }

    private var judge: any Discriminator {
        guard let judge = discriminator as? any Discriminator else {
            preconditionFailure("a family whose discriminator is none")
        }
        return judge
    }

    /// Takes on the weights of trained networks.
    ///
    /// - Throws: `StateMismatch` when they are not of the recipe's own kind.
    func learn(_ source: TransferSource, from path: String) throws {
        try generator.load(state: source.generator, origin: path)
        if !source.discriminator.isEmpty {
            try discriminator.load(state: source.discriminator, origin: path)
        }
        setTraining(false)
    }

    /// Pictures of classes that the teacher knows, as it draws them.
    func draw(_ labels: Tensor, using source: RandomSource) -> (pictures: Tensor, latents: Tensor) {
        let device = labels.device
        let latents = LatentSource(
            size: drawer.latentSize,
            distribution: distribution,
            using: source
        ).latents(labels.size(0), device: device)
        let pictures = withoutGradients {
            generator.evaluating { drawer(latents, labels: labels) }
        }
        return (pictures, latents)
    }

    /// Real pictures of new classes, with drawings of old ones after them.
    ///
    /// - Parameters:
    ///   - real: Pictures whose labels count new classes from 0.
    ///   - source: Where classes and latents come from.
    /// - Returns: Pictures whose labels count new classes after the old ones.
    func extended(_ real: LabelledPictures, using source: RandomSource) -> LabelledPictures {
        let count = Int((Double(real.pictures.size(0)) * start.replay).rounded())
        let labels =
            (real.labels ?? .zeros([real.pictures.size(0)], dtype: .int64)) + Double(classes)
        guard count > 0 else { return (real.pictures, labels) }
        let old = Tensor.integers([count], below: classes, device: labels.device, using: source)
        return (
            Tensor.concatenated([real.pictures, draw(old, using: source).pictures]),
            Tensor.concatenated([labels, old])
        )
    }

    /// How far drawings of old classes are from the teacher's, of the same latents.
    func generatorTerm(_ turn: GeneratorTurn) -> Tensor? {
        guard start.distillation > 0 else { return nil }
        let count = max(turn.latents.size(0) / 2, 1)
        let labels = Tensor.integers(
            [count],
            below: classes,
            device: turn.latents.device,
            using: turn.source
        )
        let (wanted, latents) = draw(labels, using: turn.source)
        let drawn = turn.autocast { turn.generator(latents, labels: labels) }.inFloat32()
        return (drawn - wanted).squared().mean() * start.distillation
    }

    /// How far features of old classes' drawings are from the teacher's.
    func discriminatorTerm(_ turn: DiscriminatorTurn) -> Tensor? {
        guard start.distillation > 0 else { return nil }
        let count = max(turn.real.pictures.size(0) / 4, 2)
        let labels = Tensor.integers(
            [count],
            below: classes,
            device: turn.real.pictures.device,
            using: turn.source
        )
        let pictures = draw(labels, using: turn.source).pictures
        let wanted = withoutGradients {
            discriminator.evaluating { judge.features(pictures, labels: labels).vector }
        }
        let found = turn.features(pictures, labels: labels).vector.inFloat32()
        let scale = wanted.squared().mean() + 1e-8
        return (found - wanted).squared().mean() / scale * (start.distillation * 0.1)
    }

    /// How often drawings are of the class that was asked for, by the nearest mean of the teacher's
    /// own features: of the teacher's fresh drawings, and of another generator's.
    func agreement(
        of other: any Generator,
        device: Device,
        perClass: Int = 32
    ) -> (before: Double, after: Double) {
        withoutGradients {
            let labels = Tensor((0..<classes * perClass).map { $0 / perClass }).moved(to: device)
            func features(_ pictures: Tensor) -> Tensor {
                discriminator.evaluating {
                    judge.features(pictures, labels: labels).vector.converted(to: .float32)
                }
            }
            let source = RandomSource(seed: 0, purpose: "old classes")
            let first = draw(labels, using: source)
            let means = features(first.pictures).reshaped([classes, perClass, -1]).mean(over: [1])
            func share(_ pictures: Tensor) -> Double {
                let found = features(pictures).unsqueezed(1) - means.unsqueezed(0)
                let nearest = found.squared().sum(over: [2]).argmin(along: 1)
                return (nearest .== labels).converted(to: .float32).mean().item()
            }
            let second = draw(labels, using: source)
            let drawn = other.evaluating { other(second.latents, labels: labels) }
            return (share(second.pictures), share(drawn))
        }
    }
}
