import Adversarial
import Neural
import Optimizers
import Runs
import Torch

/// Both networks of a run with everything that trains them: what a checkpoint holds.
final class Players {
    let configuration: DCGANConfiguration
    let generator: any Generator
    let discriminator: any Discriminator
    let generatorOptimizer: Optimizer
    let discriminatorOptimizer: Optimizer
    let average: WeightAverage?
    let latents: LatentSource
    private let dropout: RandomSource

    /// New players: every random number comes from a stream of the recipe's seed.
    init(_ recipe: Recipe, classes: Int, device: Device) {
        configuration = RecipeNetworks.configuration(recipe, classes: classes)
        dropout = RandomSource(seed: recipe.seed, purpose: "dropout")
        let generator = DCGANGenerator(
            configuration,
            using: RandomSource(seed: recipe.seed, purpose: "generator")
        )
        let discriminator = DCGANDiscriminator(
            configuration,
            using: RandomSource(seed: recipe.seed, purpose: "discriminator"),
            dropout: dropout
        )
        generator.move(to: device)
        discriminator.move(to: device)
        generatorOptimizer = Players.optimizer(recipe.optimizers.generator, generator)
        discriminatorOptimizer = Players.optimizer(recipe.optimizers.discriminator, discriminator)
        let halfLife = recipe.training.averageHalfLife
        average =
            halfLife > 0
            ? WeightAverage(
                of: generator,
                decay: .halfLife(images: Double(halfLife), rampUp: 0.05)
            ) : nil
        latents = LatentSource(
            size: generator.latentSize,
            classes: generator.classCount,
            distribution: recipe.model.distribution == .normal ? .normal : .uniform,
            using: RandomSource(seed: recipe.seed, purpose: "latents")
        )
        self.generator = generator
        self.discriminator = discriminator
    }

    /// Where the streams that training draws from stand.
    var streams: [String: RandomSource.State] {
        get { ["dropout": dropout.state, "latents": latents.source.state] }
        set {
            dropout.state = newValue["dropout"] ?? dropout.state
            latents.source.state = newValue["latents"] ?? latents.source.state
        }
    }

    /// The generator as it is meant to be used: with its averaged weights where there are any.
    func withBestGenerator<Result>(_ body: (any Generator) -> Result) -> Result {
        withoutGradients {
            guard let average else { return generator.evaluating { body(generator) } }
            return average.applying { generator.evaluating { body(generator) } }
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
        if let average { add("average", average.state()) }
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
        try average?.load(state: list("average"))
    }

    private static func optimizer(_ recipe: Recipe.Optimizer, _ module: Module) -> Optimizer {
        let optimizer = Optimizer(RecipeNetworks.optimizer(recipe), for: module) {
            recipe.kind == .adamw
                ? .decayingWeightsOnly($0, $1) : ParameterOptions()
        }
        optimizer.gradientLimit = recipe.clipNorm > 0 ? recipe.clipNorm : nil
        return optimizer
    }
}
