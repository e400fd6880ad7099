import Neural
import Runs
import Settings
import Torch

/// What both players are trained for: the adversarial loss and everything that is added to it.
public final class Objective {
    /// What the players want.
    public let loss: AdversarialLoss
    /// How far cross-entropy's target of real pictures lies below one.
    public let smoothing: Double
    /// What the generator's adversarial loss is multiplied with.
    public let generatorWeight: Scheduled
    /// The share of the drawings that the generator's adversarial loss counts.
    public let topShare: Scheduled
    /// Terms that keep the game stable.
    public let regularisers: [any Regulariser]
    /// What else the discriminator learns.
    public let tasks: [any DiscriminatorTask]
    /// Changes to all pictures on their way to the discriminator, in order.
    public let augmentations: [any PlayerAugmentation]
    /// What brings the tasks' gradients into balance; nothing for weights as given.
    public let balance: TaskBalance?
    /// Images over which the tasks' weights rise from zero.
    public let rampImages: Int

    /// An objective of these parts.
    public init(
        loss: AdversarialLoss,
        smoothing: Double = 0,
        generatorWeight: Scheduled = 1,
        topShare: Scheduled = 1,
        regularisers: [any Regulariser] = [],
        tasks: [any DiscriminatorTask] = [],
        augmentations: [any PlayerAugmentation] = [],
        isBalanced: Bool = false,
        rampImages: Int = 0
    ) {
        self.loss = loss
        self.smoothing = smoothing
        self.generatorWeight = generatorWeight
        self.topShare = topShare
        self.regularisers = regularisers
        self.tasks = tasks
        self.augmentations = augmentations
        balance = isBalanced && !tasks.isEmpty ? TaskBalance(tasks: tasks.count) : nil
        self.rampImages = rampImages
    }

    /// The objective that a recipe describes, for a discriminator.
    ///
    /// - Parameters:
    ///   - recipe: What is described.
    ///   - discriminator: The network whose trunk the tasks use.
    ///   - spec: The pictures.
    ///   - streams: For the tasks' first weights and for what they leave to chance.
    ///   - others: Terms that no recipe names.
    /// - Throws: `SettingProblem` for settings that were not checked.
    public convenience init(
        _ recipe: Recipe.Objective,
        judging discriminator: any Discriminator,
        spec: ImageSpec,
        using streams: NetworkStreams,
        beside others: [any Regulariser] = []
    ) throws(SettingProblem) {
        guard let loss = AdversarialLoss.registry[recipe.loss] else {
            throw SettingProblem("loss", expected: "a known loss", found: recipe.loss)
        }
        var regularisers = others
        for kind in Regularisers.registry.all {
            if let tree = recipe.regularisers[kind.name] {
                regularisers.append(try kind.made(tree))
            }
        }
        var tasks: [any DiscriminatorTask] = []
        if !recipe.tasks.isEmpty {
            let trunk = TrunkShape(discriminator, for: spec)
            for kind in DiscriminatorTasks.registry.all {
                guard let tree = recipe.tasks[kind.name] else { continue }
                tasks.append(try kind.made(tree, on: trunk, for: spec, using: streams))
            }
        }
        var augmentations: [any PlayerAugmentation] = []
        for kind in PlayerAugmentations.registry.all {
            guard let tree = recipe.augmentations[kind.name] else { continue }
            augmentations.append(try kind.made(tree, for: spec))
        }
        self.init(
            loss: loss,
            smoothing: recipe.labelSmoothing,
            generatorWeight: recipe.generatorWeight,
            topShare: recipe.topShare,
            regularisers: regularisers,
            tasks: tasks,
            augmentations: augmentations,
            isBalanced: recipe.balance == .gradients,
            rampImages: recipe.taskRampImages
        )
    }

    /// Whether there is nothing but the adversarial loss.
    public var isPlain: Bool {
        regularisers.isEmpty && tasks.isEmpty && augmentations.isEmpty && generatorWeight == 1
            && topShare == 1
    }

    /// The task of that type, if the discriminator learns it.
    public func task<Task: DiscriminatorTask>(_ type: Task.Type) -> Task? {
        tasks.lazy.compactMap { $0 as? Task }.first
    }

    /// All modules with their names: what a checkpoint keeps beside the networks.
    public var modules: [(name: String, module: Module)] {
        regularisers.map { ("regularisers.\(type(of: $0).name)", $0 as Module) }
            + tasks.map { ("tasks.\(type(of: $0).name)", $0 as Module) }
            + augmentations.map { ("augmentations.\(type(of: $0).name)", $0 as Module) }
            + (balance.map { [("balance", $0 as Module)] } ?? [])
    }

    /// The parameters that the discriminator's optimizer trains beside the network's.
    public var parameters: [(name: String, parameter: Parameter)] {
        tasks.flatMap { task in
            task.members.parameters.map {
                ("tasks.\(type(of: task).name).\($0.name)", $0.parameter)
            }
        }
    }

    /// All augmentations one after the other.
    public func augmented(
        _ pictures: Tensor,
        seenBy discriminator: any Discriminator,
        images: Int,
        using source: RandomSource
    ) -> Tensor {
        augmentations.reduce(pictures) {
            let augmentation = $1
            return augmentation($0, seenBy: discriminator, images: images, using: source)
        }
    }

    /// What the discriminator is shown as real in a turn.
    package func shownAsReal(
        _ real: LabelledPictures,
        among drawn: LabelledPictures,
        using source: RandomSource
    ) -> LabelledPictures {
        augmentations.reduce(real) { $1.shownAsReal($0, among: drawn, using: source) }
    }

    /// The logits of the drawings that the generator's adversarial loss counts: those that look most real.
    ///
    /// Source: Sinha et al., "Top-k training of GANs", NeurIPS 2020.
    ///
    /// Shape: N → k.
    package func counted(_ logits: Tensor, images: Int) -> Tensor {
        let share = topShare.value(at: images)
        guard share < 1 else { return logits }
        let count = max(Int((share * Double(logits.size(0))).rounded()), 1)
        return logits.reshaped([-1]).largest(count, along: 0).values
    }

    /// The share of the tasks' weights that counts after so many images.
    func ramp(at images: Int) -> Double {
        rampImages == 0 ? 1 : min(Double(images) / Double(rampImages), 1)
    }

    /// The discriminator's whole loss, and figures of its parts.
    public func discriminatorLoss(_ turn: DiscriminatorTurn) -> TaskLoss {
        var total = loss.discriminator(
            real: turn.realLogits,
            fake: turn.fakeLogits,
            smoothing: smoothing
        )
        var figures: [(name: String, value: Tensor)] = []
        let ramp = ramp(at: turn.images)
        let found = tasks.map { $0.discriminatorLoss(turn) }
        let shared = turn.discriminator.sharedWeight
        balance?.observe(loss: total, tasks: found.map(\.loss), at: shared)
        for (index, task) in tasks.enumerated() {
            let name = type(of: task).name
            let factor = balance?.factors[index] ?? 1
            let weight = task.weight.value(at: turn.images) * ramp * factor
            total = total + found[index].loss * weight
            figures.append(("Loss/D/\(name)", found[index].loss))
            figures += found[index].figures.map { ("Loss/D/\(name)_\($0.name)", $0.value) }
        }
        var turn = turn
        turn.naming = task(Classification.self)
        for regulariser in regularisers {
            guard let term = regulariser.discriminatorTerm(turn) else { continue }
            total = total + term
            figures.append(("Loss/D/\(type(of: regulariser).name)", term))
        }
        return TaskLoss(total, figures: figures)
    }

    /// The generator's whole loss, and figures of its parts.
    public func generatorLoss(_ adversarial: Tensor, _ turn: GeneratorTurn) -> TaskLoss {
        var total = adversarial * generatorWeight.value(at: turn.images)
        var figures: [(name: String, value: Tensor)] = []
        let ramp = ramp(at: turn.images)
        for task in tasks {
            guard let found = task.generatorLoss(turn) else { continue }
            let name = type(of: task).name
            total = total + found.loss * (task.generatorWeight.value(at: turn.images) * ramp)
            figures.append(("Loss/G/\(name)", found.loss))
            figures += found.figures.map { ("Loss/G/\(name)_\($0.name)", $0.value) }
        }
        for regulariser in regularisers {
            guard let term = regulariser.generatorTerm(turn) else { continue }
            total = total + term
            figures.append(("Loss/G/\(type(of: regulariser).name)", term))
        }
        return TaskLoss(total, figures: figures)
    }

    /// Figures that augmentations and the balance report, beside the losses.
    public var figures: [(name: String, value: Double)] {
        augmentations.flatMap { augmentation in
            augmentation.figures.map {
                ("Progress/augment/\(type(of: augmentation).name)_\($0.name)", $0.value)
            }
        }
            + zip(tasks, balance?.factors ?? []).map {
                ("Loss/balance/\(type(of: $0).name)", $1)
            }
    }
}
