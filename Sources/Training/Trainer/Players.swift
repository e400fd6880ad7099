import Adversarial
import Neural
import Optimizers
import Runs
import Torch

/// Both networks of a run with everything that trains them: what a checkpoint holds.
final class Players {
    let subject: Subject
    let generator: any Generator
    let discriminator: any Discriminator
    let objective: Objective
    let generatorOptimizer: Optimizer
    let discriminatorOptimizer: Optimizer
    /// The averaged generators; the first is the one to draw with.
    let averages: [WeightAverage]
    let latents: LatentSource
    /// The networks whose classes must not be forgotten.
    let teacher: Teacher?
    /// What was taken from trained networks.
    let transferred: [TransferReport]
    /// What the objective's parts leave to chance.
    let chance: RandomSource
    private let dropout: RandomSource
    private let generatorChance: RandomSource
    private let standingStatistics: Int
    private let seed: UInt64

    /// New players: every random number comes from a stream of the recipe's seed.
    ///
    /// - Throws: `SettingProblem` for settings that were not checked.
    init(
        _ recipe: Recipe,
        subject: Subject,
        device: Device,
        transfer: Transfer? = nil,
        keptClasses: Int = 0
    ) throws {
        self.subject = subject
        seed = recipe.seed
        standingStatistics = recipe.training.standingStatistics
        func stream(_ purpose: String) -> RandomSource {
            RandomSource(seed: recipe.seed, purpose: purpose)
        }
        dropout = stream("dropout")
        generatorChance = stream("generator-chance")
        chance = stream("objective")
        let family = RecipeNetworks.family(recipe)
        generator = family.generator(
            recipe.model.settings,
            for: subject,
            using: NetworkStreams(weights: stream("generator"), chance: generatorChance)
        )
        discriminator = family.discriminator(
            recipe.model.settings,
            for: subject,
            using: NetworkStreams(weights: stream("discriminator"), chance: dropout)
        )
        transferred = try transfer?.apply(to: generator, discriminator) ?? []
        let start = recipe.start.flatMap { $0.keepsClasses ? $0 : nil }
        teacher = start.map { Teacher(recipe, start: $0, classes: keptClasses) }
        if let transfer, let start { try teacher?.learn(transfer.source, from: start.from) }
        objective = try Objective(
            recipe.objective,
            judging: discriminator,
            subject: subject,
            using: NetworkStreams(weights: stream("tasks"), chance: chance),
            beside: teacher.map { [$0] } ?? []
        )
        generator.move(to: device)
        discriminator.move(to: device)
        for (_, module) in objective.modules { module.move(to: device) }
        let trained = Transfer.trained(
            discriminator,
            freezing: recipe.start?.freezeDiscriminator ?? 0
        )
        generatorOptimizer = Players.optimizer(
            recipe.optimizers.generator,
            generator.members.parameters
        )
        discriminatorOptimizer = Players.optimizer(
            recipe.optimizers.discriminator,
            discriminator.members.parameters.filter { trained.contains($0.name) }
                + objective.parameters
        )
        averages = recipe.training.averageHalfLives.map { [generator] in
            WeightAverage(of: generator, decay: .halfLife(images: Double($0), rampUp: 0.05))
        }
        latents = LatentSource(
            size: generator.latentSize,
            distribution: RecipeNetworks.distribution(recipe),
            using: stream("latents")
        )
    }

    /// Where the streams that training draws from stand.
    var streams: [String: RandomSource.State] {
        get { named.mapValues(\.state) }
        set { for (name, source) in named { source.state = newValue[name] ?? source.state } }
    }

    /// Leaves the present course of all streams, so that what comes is not what came before.
    func turnStreams(by turns: Int) {
        for source in named.values { source.state.stream ^= UInt64(turns) &* 0x9E37_79B9_7F4A_7C15 }
    }

    private var named: [String: RandomSource] {
        [
            "dropout": dropout, "latents": latents.source, "objective": chance,
            "generator-chance": generatorChance,
        ]
    }

    /// The generator as it is meant to be used: with its averaged weights where there are any, and
    /// statistics of its own drawings where that is asked for.
    func withBestGenerator<Result, Failure: Error>(
        _ body: (any Generator) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withoutGradients { () throws(Failure) -> Result in
            guard let average = averages.first else {
                return try generator.evaluating { () throws(Failure) -> Result in
                    try body(generator)
                }
            }
            return try withGenerator(of: average, body)
        }
    }

    /// The generator with the weights of one of the averages.
    func withGenerator<Result, Failure: Error>(
        of average: WeightAverage,
        _ body: (any Generator) throws(Failure) -> Result
    ) throws(Failure) -> Result {
        try withoutGradients { () throws(Failure) -> Result in
            try average.applying { () throws(Failure) -> Result in
                standStatistics()
                return try generator.evaluating { () throws(Failure) -> Result in
                    try body(generator)
                }
            }
        }
    }

    /// Takes batch normalisation's running statistics anew, from drawings of the present weights.
    ///
    /// Source: Brock, Donahue and Simonyan, "Large scale GAN training", ICLR 2019, appendix C.1, with
    /// batches of growing size for labels and latents of a stream of their own.
    private func standStatistics() {
        guard standingStatistics > 0 else { return }
        let source = RandomSource(seed: seed, purpose: "standing-statistics")
        let latents = LatentSource(
            size: generator.latentSize,
            distribution: latents.distribution,
            using: source
        )
        let device = generator.parameters[0].wrappedValue.device
        generator.restartStatistics {
            for _ in 0..<standingStatistics {
                let count = 32 + source.next(below: 33)
                let labels = subject.randomLabels(count, device: device, using: source)
                _ = generator(latents.latents(count, device: device), labels: labels)
            }
        }
    }

    /// All tensors of the run under their names in a checkpoint; none is changed by later steps.
    func state() -> [(String, Tensor)] {
        var all: [(String, Tensor)] = []
        func add(_ prefix: String, _ tensors: [(String, Tensor)]) {
            for (name, tensor) in tensors { all.append(("\(prefix).\(name)", tensor)) }
        }
        add("generator", generator.state().map { ($0.name, $0.tensor) })
        add("discriminator", discriminator.state().map { ($0.name, $0.tensor) })
        add("optimizer.generator", generatorOptimizer.state())
        add("optimizer.discriminator", discriminatorOptimizer.state())
        for (index, average) in averages.enumerated() {
            add("average.\(index)", average.state())
        }
        for (name, module) in objective.modules {
            add("objective.\(name)", module.state().map { ($0.name, $0.tensor) })
        }
        return all
    }

    /// Takes on all tensors of a checkpoint.
    func load(_ state: [String: Tensor], origin: String) throws {
        func part(_ prefix: String) -> [String: Tensor] {
            let start = prefix + "."
            return Dictionary(
                uniqueKeysWithValues: state.compactMap { name, tensor in
                    name.hasPrefix(start) ? (String(name.dropFirst(start.count)), tensor) : nil
                }
            )
        }
        func list(_ prefix: String) -> [(String, Tensor)] {
            part(prefix).map { ($0.key, $0.value) }
        }
        try generator.load(state: part("generator"), origin: origin)
        try discriminator.load(state: part("discriminator"), origin: origin)
        try generatorOptimizer.load(state: list("optimizer.generator"))
        try discriminatorOptimizer.load(state: list("optimizer.discriminator"))
        for (index, average) in averages.enumerated() {
            try average.load(state: list("average.\(index)"))
        }
        for (name, module) in objective.modules {
            try module.load(state: part("objective.\(name)"), origin: origin)
        }
    }

    private static func optimizer(
        _ recipe: Recipe.Optimizer,
        _ parameters: [(name: String, parameter: Parameter)]
    ) -> Optimizer {
        let optimizer = Optimizer(RecipeNetworks.optimizer(recipe), for: parameters) {
            recipe.kind == .adamw
                ? .decayingWeightsOnly($0, $1) : ParameterOptions()
        }
        optimizer.gradientLimit = recipe.clipNorm > 0 ? recipe.clipNorm : nil
        return optimizer
    }
}
