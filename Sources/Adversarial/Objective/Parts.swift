import Neural
import Runs
import Settings
import Torch

/// A term that keeps the game stable: a penalty on either player's turn, or a rule on weights.
public protocol Regulariser: Module {
    /// The name in recipes and journals.
    static var name: String { get }

    /// Whether the discriminator's turn needs derivatives by its real and by its drawn pictures.
    func needs(turn: Int) -> (real: Bool, fake: Bool)

    /// What is added to the discriminator's loss, its weight included.
    func discriminatorTerm(_ turn: DiscriminatorTurn) -> Tensor?

    /// What is added to the generator's loss, its weight included.
    func generatorTerm(_ turn: GeneratorTurn) -> Tensor?

    /// What is done to the discriminator after each of its steps.
    func settle(_ discriminator: any Discriminator)
}

extension Regulariser {
    /// By default, no derivatives by pictures are needed.
    public func needs(turn: Int) -> (real: Bool, fake: Bool) { (false, false) }

    /// By default, nothing is added to the discriminator's loss.
    public func discriminatorTerm(_ turn: DiscriminatorTurn) -> Tensor? { nil }

    /// By default, nothing is added to the generator's loss.
    public func generatorTerm(_ turn: GeneratorTurn) -> Tensor? { nil }

    /// By default, the discriminator stays as it is.
    public func settle(_ discriminator: any Discriminator) {}
}

/// A term that recipes can name.
public protocol RegulariserPart: Regulariser {
    /// What a recipe can say.
    associatedtype Settings: PartSettings

    /// What it is, in one sentence.
    static var summary: String { get }
    /// The paper that it follows.
    static var source: String { get }

    /// A term with these settings.
    init(_ settings: Settings)
}

extension RegulariserPart {
    /// What a recipe may say of it.
    static var schema: PartSchema {
        PartSchema(name: name, summary: summary, source: source, settings: Settings.self)
    }
}

/// Something that the discriminator learns beside telling real from drawn: a head on its trunk.
public protocol DiscriminatorTask: Module {
    /// What a recipe can say.
    associatedtype Settings: PartSettings

    /// The name in recipes.
    static var name: String { get }
    /// What it is, in one sentence.
    static var summary: String { get }
    /// The paper that it follows.
    static var source: String { get }

    /// The weight of the task's loss on the discriminator's turn.
    var weight: Scheduled { get }
    /// The weight of its loss on the generator's turn.
    var generatorWeight: Scheduled { get }

    /// A head with these settings on a trunk that gives such features.
    init(_ settings: Settings, on trunk: TrunkShape, for spec: ImageSpec, using: NetworkStreams)

    /// The task's loss on the discriminator's turn, and figures to report.
    func discriminatorLoss(_ turn: DiscriminatorTurn) -> TaskLoss

    /// The task's loss on the generator's turn, if it has one.
    func generatorLoss(_ turn: GeneratorTurn) -> TaskLoss?
}

extension DiscriminatorTask {
    /// By default, the generator does not learn from the task.
    public func generatorLoss(_ turn: GeneratorTurn) -> TaskLoss? { nil }

    /// What a recipe may say of it.
    static var schema: PartSchema {
        PartSchema(name: name, summary: summary, source: source, settings: Settings.self)
    }
}

/// A task's loss, without its weight.
public struct TaskLoss {
    /// One number.
    public let loss: Tensor
    /// Figures beside it, one number each.
    public let figures: [(name: String, value: Tensor)]

    /// A loss with figures.
    public init(_ loss: Tensor, figures: [(name: String, value: Tensor)] = []) {
        (self.loss, self.figures) = (loss, figures)
    }
}

/// The shapes of what a trunk sees in one picture.
public struct TrunkShape: Sendable, Equatable {
    /// Channels, rows and columns of the maps, from fine to coarse.
    public let maps: [[Int]]
    /// Numbers in the vector.
    public let vector: Int

    /// The shapes of the maps and the length of the vector.
    public init(maps: [[Int]], vector: Int) {
        (self.maps, self.vector) = (maps, vector)
    }

    /// The shapes of a discriminator's features, found by letting it look at black pictures.
    public init(_ discriminator: any Discriminator, for spec: ImageSpec) {
        let black = Tensor.zeros([4, spec.channels, spec.height, spec.width])
        let features = withoutGradients {
            discriminator.evaluating { discriminator.features(black, labels: nil) }
        }
        maps = features.maps.map { Array($0.shape.dropFirst()) }
        vector = features.vector.size(1)
    }
}

/// A change to all pictures, real and drawn, on their way to the discriminator.
public protocol PlayerAugmentation: Module {
    /// What a recipe can say.
    associatedtype Settings: PartSettings

    /// The name in recipes.
    static var name: String { get }
    /// What it is, in one sentence.
    static var summary: String { get }
    /// The paper that it follows.
    static var source: String { get }

    /// A change with these settings to such pictures.
    init(_ settings: Settings, for spec: ImageSpec)

    /// The pictures changed, each by random numbers of its own; derivatives pass through.
    ///
    /// Shape: N×C×H×W → the same.
    func callAsFunction(
        _ pictures: Tensor,
        seenBy discriminator: any Discriminator,
        images: Int,
        using source: RandomSource
    ) -> Tensor

    /// What the discriminator is shown as real: the real pictures, or others among them.
    func shownAsReal(
        _ real: LabelledPictures,
        among drawn: LabelledPictures,
        using source: RandomSource
    ) -> LabelledPictures

    /// Learns from the logits of a turn's real pictures; tells how many there were.
    func observe(real logits: Tensor, count: Int)

    /// Figures to report.
    var figures: [(name: String, value: Double)] { get }
}

extension PlayerAugmentation {
    /// The real ones.
    public func shownAsReal(
        _ real: LabelledPictures,
        among drawn: LabelledPictures,
        using source: RandomSource
    ) -> LabelledPictures { real }

    /// By default, logits change nothing.
    public func observe(real logits: Tensor, count: Int) {}

    /// By default, there are no figures.
    public var figures: [(name: String, value: Double)] { [] }

    /// What a recipe may say of it.
    static var schema: PartSchema {
        PartSchema(name: name, summary: summary, source: source, settings: Settings.self)
    }
}
