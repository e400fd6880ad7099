import Neural
import Torch

/// A network that draws pictures from latent numbers.
public protocol Generator: Module {
    /// How many latent numbers make one picture.
    var latentSize: Int { get }

    /// How many classes, properties or numbers a label has; 0 when the network takes no label.
    var labelCount: Int { get }

    /// Draws pictures, −1 … 1.
    ///
    /// Shape: N×latent, and labels (N classes, or N×labels) where there are any → N×C×H×W.
    func callAsFunction(_ latents: Tensor, labels: Tensor?) -> Tensor

    /// The network for drawing alone.
    func sampler(dtype: DType) -> any Sampler

    /// What the discriminator sees of the network in training.
    ///
    /// - Parameters:
    ///   - latents: One row a picture.
    ///   - labels: What is asked for.
    ///   - real: The step's real pictures, as many.
    /// - Returns: One picture a row, or several, and what is learned beside the game.
    func fakes(_ latents: Tensor, labels: Tensor?, beside real: LabelledPictures) -> Fakes

    /// Quick drawings, by which a run is watched; nothing where there is no quick way.
    func fastSample(_ latents: Tensor, labels: Tensor?) -> Tensor?

    /// Pictures by which people see how far a run is, for fixed inputs.
    ///
    /// - Parameters:
    ///   - latents: One row a picture.
    ///   - labels: What is asked for.
    ///   - real: As many real pictures.
    /// - Returns: As many.
    func examples(_ latents: Tensor, labels: Tensor?, beside real: LabelledPictures) -> Tensor

    /// Parts that learn at rates of their own: the first at the generator's.
    var parameterGroups: [Module] { get }

    /// Whether the network looks at each step's real pictures with its averaged weights, first.
    var needsAveragedTargets: Bool { get }

    /// Looks at a step's real pictures; the weights are the averaged ones.
    func prepareTargets(_ real: LabelledPictures)

    /// The network, where it draws what pictures hide.
    var restorer: (any Restorer)? { get }

    /// The network, where its layers take styles.
    var styled: (any StyleGenerator)? { get }

    /// The network, where it tells of its layers.
    var layered: (any LayeredGenerator)? { get }

    /// The network, where its pictures can be moved and turned.
    var placed: (any PlacedGenerator)? { get }

    /// The network, where one part of it settles before another learns on.
    var staged: (any StagedGenerator)? { get }

    /// The network, where it grows while it learns.
    var growing: (any Growing)? { get }

    /// The network, where it tells how likely pictures are.
    var likely: (any LikelyGenerator)? { get }

    /// The network, where it can learn from pictures made from codes.
    var codeLearner: (any CodeLearner)? { get }

    /// Figures of held-out pictures, means over the batch.
    func validationMetrics(_ real: LabelledPictures) -> [(name: String, value: Double)]
}

extension Generator {
    /// The drawings themselves.
    public func fakes(
        _ latents: Tensor,
        labels: Tensor?,
        beside real: LabelledPictures
    ) -> Fakes {
        Fakes((self(latents, labels: labels), labels))
    }

    /// The drawings themselves.
    public func fastSample(_ latents: Tensor, labels: Tensor?) -> Tensor? {
        self(latents, labels: labels)
    }

    /// The drawings themselves.
    public func examples(
        _ latents: Tensor,
        labels: Tensor?,
        beside real: LabelledPictures
    ) -> Tensor {
        self(latents, labels: labels)
    }

    /// The network as a whole.
    public var parameterGroups: [Module] { [self] }

    /// By default, no targets are needed.
    public var needsAveragedTargets: Bool { false }

    /// By default, there is nothing to prepare.
    public func prepareTargets(_ real: LabelledPictures) {}

    /// By default, it restores nothing.
    public var restorer: (any Restorer)? { nil }

    /// By default, it has no styles.
    public var styled: (any StyleGenerator)? { nil }

    /// By default, it has no layers to look into.
    public var layered: (any LayeredGenerator)? { nil }

    /// By default, drawings cannot be moved.
    public var placed: (any PlacedGenerator)? { nil }

    /// By default, it learns in one stage.
    public var staged: (any StagedGenerator)? { nil }

    /// By default, it does not grow.
    public var growing: (any Growing)? { nil }

    /// By default, drawings have no likelihood.
    public var likely: (any LikelyGenerator)? { nil }

    /// By default, it learns from no codes.
    public var codeLearner: (any CodeLearner)? { nil }

    /// By default, there are no metrics of its own.
    public func validationMetrics(_ real: LabelledPictures) -> [(name: String, value: Double)] {
        []
    }

    /// The network for drawing alone, with the weights it has now: all that depends on them alone
    /// is done in advance where the family knows how.
    ///
    /// - Parameter dtype: The type of the heavy operations, float32 or bfloat16.
    /// - Returns: What draws.
    /// - Precondition: the network is in use, not in training.
    public func sampler(dtype: DType = .float32) -> any Sampler {
        AutocastSampler(generator: self, dtype: dtype == .float32 ? nil : dtype)
    }
}

/// Drawn pictures for the discriminator, and what their generator learns beside the game.
public struct Fakes {
    /// The pictures, with what was asked for.
    public let pictures: LabelledPictures
    /// A loss of the generator's own on its turn, its weight included; nothing for the game alone.
    public let auxiliaryLosses: ((GeneratorTurn) -> TaskLoss)?

    /// Drawn pictures.
    public init(_ pictures: LabelledPictures, auxiliaryLosses: ((GeneratorTurn) -> TaskLoss)? = nil)
    {
        (self.pictures, self.auxiliaryLosses) = (pictures, auxiliaryLosses)
    }
}

/// A network that tells real pictures from drawn ones: a trunk that finds features, and a last
/// layer that makes a logit of them.
public protocol Discriminator: Module {
    /// The network, where it grows while it learns.
    var growing: (any Growing)? { get }

    /// Whether a picture's logit depends on the other pictures of its batch.
    ///
    /// When it does not, real and drawn pictures may share a batch, and one backward pass can
    /// serve both players.
    var mixesSamples: Bool { get }

    /// The last weights that all tasks on the trunk share.
    var sharedWeight: Tensor { get }

    /// Lists of layers that go from the finest size to the coarsest: between networks for pictures
    /// of different sizes their ends belong together.
    var finestFirst: [String] { get }

    /// The trunk: what the network sees in pictures.
    ///
    /// Shape: N×C×H×W, and labels for networks that take them with the pictures (zeros stand for
    /// none) → see `Features`.
    func features(_ pictures: Tensor, labels: Tensor?) -> Features

    /// Logits: above zero for pictures taken to be real.
    ///
    /// Shape: features, and labels where there are any → N; N×outputs for networks that give more
    /// than one number.
    func logits(_ features: Features, labels: Tensor?) -> Tensor
}

extension Discriminator {
    /// By default, it does not grow.
    public var growing: (any Growing)? { nil }

    /// By default, layers of networks for different sizes belong together from their beginnings.
    public var finestFirst: [String] { [] }

    /// Logits of pictures.
    ///
    /// Shape: N×C×H×W, and labels where there are any → N.
    public func callAsFunction(_ pictures: Tensor, labels: Tensor? = nil) -> Tensor {
        logits(features(pictures, labels: labels), labels: labels)
    }
}

/// What a discriminator's trunk sees in pictures.
public struct Features {
    /// Maps of each picture, from fine to coarse.
    ///
    /// Shape: N×C×H×W each.
    public let maps: [Tensor]
    /// The numbers that the last layer takes.
    ///
    /// Shape: N×features.
    public let vector: Tensor

    /// What a trunk saw.
    public init(maps: [Tensor], vector: Tensor) {
        (self.maps, self.vector) = (maps, vector)
    }
}

/// A generator that turns latents into styles, and styles into pictures.
public protocol StyleGenerator: Generator {
    /// Layers that each take a style of their own.
    var styleCount: Int { get }
    /// The mean of all styles.
    ///
    /// Shape: width.
    var averageStyle: Tensor { get }
    /// What each layer makes of its style: the weights of its dense layer, layer after layer.
    ///
    /// Shape: numbers×width each.
    var styleWeights: [Tensor] { get }

    /// Styles of latents.
    ///
    /// Shape: N×latent → N×width.
    func mapped(_ latents: Tensor, labels: Tensor?) -> Tensor

    /// Pictures in styles.
    ///
    /// Shape: N×styleCount×width → N×C×H×W.
    func synthesized(_ styles: Tensor) -> Tensor

    /// Gives details the noise of a key; nothing for the network's own.
    func useNoise(_ seed: UInt64?)
}

extension StyleGenerator {
    /// The network itself.
    public var styled: (any StyleGenerator)? { self }
}

/// A network that starts small and grows as images are seen.
public protocol Growing: Module {
    /// How far it has grown: the whole part counts the doublings that are done, the fraction is
    /// the share of the next one.
    var growth: Double { get set }

    /// How far it is to have grown after so many images.
    func growth(at images: Int) -> Double

    /// Real pictures as the network shows drawn ones now.
    ///
    /// Shape: N×C×H×W → the same.
    func faded(_ pictures: Tensor) -> Tensor
}

extension Generator where Self: Growing {
    /// The network itself.
    public var growing: (any Growing)? { self }
}

extension Discriminator where Self: Growing {
    /// The network itself.
    public var growing: (any Growing)? { self }
}

extension StyleGenerator {
    /// Styles for all layers, those of the first ones moved towards the mean style.
    ///
    /// Shape: N×width → N×styleCount×width.
    ///
    /// Source: Karras et al., "A style-based generator architecture", 2019, appendix B.
    ///
    /// - Parameters:
    ///   - styles: One style a picture.
    ///   - share: What remains of the distance to the mean; 1 leaves all, 0.7 is usual.
    ///   - layers: How many layers, from the first; all where absent.
    /// - Returns: A style for each layer.
    public func truncated(_ styles: Tensor, by share: Double, layers: Int? = nil) -> Tensor {
        let mean = averageStyle.converted(to: styles.dtype).unsqueezed(0)
        let near = mean + (styles - mean) * share
        let count = min(layers ?? styleCount, styleCount)
        return Tensor.stacked(
            (0..<styleCount).map { $0 < count ? near : styles },
            along: 1
        )
    }
}
