import Adversarial
import Datasets
import Neural
import Optimizers
import Runs
import Settings
import Torch

/// What a run teaches: its networks, what moves them, one step, and how they are judged.
///
/// Everything around it, from data to checkpoints, is the trainer's.
protocol TrainingProgram: AnyObject {
    /// The network that draws, as it is meant to be used.
    var artist: AveragedGenerator { get }
    /// Everything that a checkpoint keeps.
    var kept: CheckpointContents { get }
    /// Networks whose weights' spread is worth a look, by a letter.
    var watched: [(name: String, module: Module)] { get }
    /// Real batches that a step takes.
    var batchesPerStep: Int { get }
    /// What tells good drawings from bad ones, where something learned to.
    var critic: Critic? { get }
    /// What was taken from trained networks.
    var transferred: [TransferReport] { get }

    /// Takes one step.
    ///
    /// - Parameters:
    ///   - real: As many batches as a step takes, −1 … 1.
    ///   - images: Real pictures shown before.
    /// - Returns: What the step showed.
    func step(_ real: [LabelledPictures], images: Int) -> StepFigures

    /// Pictures, what is left of them with a part hidden, and how that part is restored: a row
    /// each; nothing where nothing learns to restore.
    func restorations(of real: LabelledPictures) -> [Tensor]

    /// The figure that tells the best checkpoint after so many images; nothing for what the recipe monitors.
    func monitor(images: Int) -> (figure: String, mode: Recipe.Mode)?

    /// Has the networks that a new run begins with draw what they know, so that it is not forgotten.
    ///
    /// - Parameters:
    ///   - words: Those that they know.
    ///   - rows: How texts become rows of pieces.
    /// - Returns: What was done, in a sentence; nil for nothing.
    func recall(_ words: [String], _ rows: TextRows) -> String?

    /// Judges the networks on held-out pictures.
    func judged(on batches: HeldOutBatches) -> EvaluationResult
}

extension TrainingProgram {
    /// Numbers that all players learn.
    var weights: Int {
        kept.optimizers.flatMap(\.optimizer.weights).reduce(0) { $0 + $1.count }
    }

    /// What the recipe monitors.
    func monitor(images: Int) -> (figure: String, mode: Recipe.Mode)? { nil }
    /// By default, nothing has to be remembered.
    func recall(_ words: [String], _ rows: TextRows) -> String? { nil }
    /// By default, nothing learned to tell drawings apart.
    var critic: Critic? { nil }
    /// By default, nothing was taken from other networks.
    var transferred: [TransferReport] { [] }
    /// By default, nothing learns to restore.
    func restorations(of real: LabelledPictures) -> [Tensor] { [] }
}

/// What an evaluation found.
struct EvaluationResult {
    /// Figures by the names that they have in the journal.
    var figures: [String: Double] = [:]
    /// What people should know beside them.
    var notes: [String] = []
}

/// Held-out pictures, batch by batch.
struct HeldOutBatches {
    /// How many pictures there are to look at.
    let count: Int
    /// How many to look at together.
    let batch: Int
    /// The device that they come on.
    let device: Device
    /// Pictures of a range, with their labels.
    let pictures: (Range<Int>) -> LabelledPictures

    /// A generator's own figures, means over all pictures.
    func validationMetrics(of generator: any Generator) -> [String: Double] {
        var sums: [String: Double] = [:]
        for real in batches {
            for (name, value) in generator.validationMetrics(real) {
                sums[name, default: 0] += value * Double(real.pictures.size(0)) / Double(count)
            }
        }
        return sums
    }

    /// All batches, one after the other.
    var batches: some Sequence<LabelledPictures> {
        stride(from: 0, to: count, by: batch).lazy.map { pictures($0..<min($0 + batch, count)) }
    }
}

/// Everything of a program that a checkpoint keeps and the trainer sets.
struct CheckpointContents {
    /// Networks and all with buffers, by the names that they have in checkpoints.
    var modules: [(name: String, module: Module)]
    /// Optimizers by name, with what the recipe says of them.
    var optimizers: [(name: String, optimizer: Optimizer, recipe: OptimizerSettings)]
    /// Averaged weights; the first are those to draw with.
    var averages: [WeightAverage]
    /// Streams of random numbers by name.
    var sources: [String: RandomSource]

    /// Where the streams stand.
    var streams: [String: RandomSource.State] {
        get { sources.mapValues(\.state) }
        nonmutating set {
            for (name, source) in sources { source.state = newValue[name] ?? source.state }
        }
    }

    /// Leaves the present course of all streams, so that what comes is not what came before.
    func turnStreams(by turns: Int) {
        for source in sources.values {
            source.state.stream ^= UInt64(turns) &* 0x9E37_79B9_7F4A_7C15
        }
    }

    /// Sets what schedules say after so many images.
    func setRates(images: Int, totalImages: Int, scale: Double) {
        for (_, optimizer, recipe) in optimizers {
            optimizer.learningRate =
                recipe.learningRate * scale
                * recipe.schedule.factor(at: images, of: totalImages)
            optimizer.squareShare = recipe.beta2.value(at: images)
        }
    }

    /// All tensors under their names in a checkpoint; none is changed by later steps.
    func state() -> [(String, Tensor)] {
        var all: [(String, Tensor)] = []
        func add(_ prefix: String, _ tensors: [(String, Tensor)]) {
            for (name, tensor) in tensors { all.append(("\(prefix).\(name)", tensor)) }
        }
        for (name, module) in modules { add(name, module.state().map { ($0.name, $0.tensor) }) }
        for (name, optimizer, _) in optimizers { add("optimizer.\(name)", optimizer.state()) }
        for (index, average) in averages.enumerated() { add("average.\(index)", average.state()) }
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
        for (name, module) in modules { try module.load(state: part(name), origin: origin) }
        for (name, optimizer, _) in optimizers {
            try optimizer.load(state: list("optimizer.\(name)"))
        }
        for (index, average) in averages.enumerated() {
            try average.load(state: list("average.\(index)"))
        }
    }
}
