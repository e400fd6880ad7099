import Neural
import Runs
import Settings
import Torch

/// Equal steps in style changing pictures by equal amounts.
public final class PathLength: Module, RegulariserPart {
    /// What a recipe can say.
    public struct Settings: PartSettings {
        /// What the penalty is multiplied with.
        public var weight: Scheduled = 2
        /// Turns from one penalty to the next; each then counts as many times.
        public var interval = 4
        /// The share of the running mean that a batch replaces.
        public var decay = 0.01
        /// The batch is divided by this for the penalty.
        public var shrink = 2

        /// The numbers of the paper.
        public init() {}

        /// Numbers in their ranges.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(weight, "weight")
            problems.expect(interval, in: 1...1000, "interval")
            problems.expect(decay, in: 0...1, "decay")
            problems.expect(shrink, in: 1...64, "shrink")
            return problems.all
        }
    }

    /// The name in recipes.
    public static let name = "path-length"
    /// What it is.
    public static let summary = "equal steps in style change pictures by equal amounts"
    /// The paper that it follows.
    public static let source = "Karras et al., StyleGAN2, 2020, section 3.2"

    /// The running mean of lengths.
    @Buffer public var mean: Tensor = .zeros([])
    private let settings: Settings

    /// With these settings.
    public init(_ settings: Settings) { self.settings = settings }

    /// weight · interval · mean (length − running mean)², where length is that of the product of
    /// a random picture with the derivatives of the drawn picture by its styles.
    public func generatorTerm(_ turn: GeneratorTurn) -> Tensor? {
        guard turn.turn.isMultiple(of: settings.interval),
            let generator = turn.generator.styled
        else { return nil }
        let count = max(turn.latents.size(0) / settings.shrink, 1)
        let latents = turn.latents.sliced(0..<count, along: 0)
        let labels = turn.fake.labels?.sliced(0..<count, along: 0)
        let width = generator.mapped(latents, labels: labels)
        let styles = width.unsqueezed(1)
            .expanded([count, generator.styleCount, width.size(1)])
        let pictures = turn.autocast { generator.synthesized(styles) }.inFloat32()
        let noise = Tensor.normal(
            pictures.shape,
            dtype: pictures.dtype,
            device: pictures.device,
            using: turn.source
        )
        let lengths = PathLength.lengths(of: pictures, by: styles, along: noise)
        let next =
            mean
            + (lengths.detached().mean().overAllProcesses().converted(to: mean.dtype) - mean)
            * settings.decay
        mean = next.detached()
        return (lengths - next.detached().converted(to: lengths.dtype)).squared().mean()
            * (settings.weight.value(at: turn.images) * Double(settings.interval))
    }

    /// √ of the mean over layers of the squared derivatives of Σ pictures · noise / √pixels.
    ///
    /// Shape: N×C×H×W by N×layers×width → N.
    public static func lengths(
        of pictures: Tensor,
        by styles: Tensor,
        along noise: Tensor
    ) -> Tensor {
        let pixels = Double(pictures.size(2) * pictures.size(3))
        let slope = gradients(
            of: (pictures * noise).sum() / pixels.squareRoot(),
            for: [styles],
            createsGraph: true
        )[0]
        return (slope.squared().sum(over: [2]).mean(over: [1]) + 1e-12).squareRoot()
    }
}
