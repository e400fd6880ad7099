/// Everything that decides a training run: pictures, model, losses, optimizers, schedule and outputs.
///
/// A recipe is written in YAML with keys in kebab-case and is checked as a whole before anything
/// is built: see `init(parsing:source:overrides:)`.
public struct Recipe: Encodable, Sendable, Equatable {
    /// Short name; it becomes part of the run folder's name.
    public var name: String
    /// One sentence for people; may be empty.
    public var description: String
    /// What a person should know before choosing it.
    public var about: About
    /// Key of every random stream of the run.
    public var seed: UInt64
    /// Where the run computes.
    public var device: Device
    /// The pictures.
    public var data: Dataset
    /// The networks.
    public var model: Model
    /// What draws the generator's drafts again; `nil`: nothing does.
    public var refiner: Refiner?
    /// The losses and how the two players take turns.
    public var objective: Objective
    /// How each player learns.
    public var optimizers: Optimizers
    /// Length, batch and arithmetic.
    public var training: Training
    /// How often and on how much held-out data the run is judged.
    public var evaluation: Evaluation
    /// What the run begins with; `nil`: random weights.
    public var start: Start?
    /// What is done when a run goes wrong.
    public var recovery: Recovery
    /// What the run keeps.
    public var snapshots: Snapshots
    /// When to stop before the last epoch; `nil`: never.
    public var earlyStopping: EarlyStopping?

    enum CodingKeys: String, CodingKey, CaseIterable {
        case name
        case description
        case about
        case seed
        case device
        case data
        case model
        case refiner
        case objective
        case optimizers
        case training
        case evaluation
        case start
        case recovery
        case snapshots
        case earlyStopping = "early-stopping"
    }
}

extension Recipe: RecipeSection {
    init(reading section: SectionReader<CodingKeys>) {
        name = section.identifier(.name)
        description = section.text(.description, default: "")
        about = section.section(.about)
        seed = section.natural(.seed, default: 0)
        device = section.device(.device, default: .cpu)
        data = section.section(.data)
        model = Model(section.node(.model), path: "model", collector: section.collector)
        refiner = section.node(.refiner).flatMap {
            // `refiner: off` takes it out of a recipe that has one.
            $0.text == "off"
                ? nil : Refiner($0, path: "refiner", collector: section.collector)
        }
        objective = section.section(.objective)
        optimizers = section.section(.optimizers)
        training = section.section(.training)
        evaluation = section.section(.evaluation)
        start = section.optionalSection(.start)
        recovery = section.section(.recovery)
        snapshots = section.section(.snapshots)
        earlyStopping = section.optionalSection(.earlyStopping)
        checkMonitors(section)
        if !data.holdsOut, evaluation.everyEpochs > 0 || data.split == .test {
            section.problem(
                path: ["data", "hold-out"],
                expected: "true, or evaluation.every-epochs: 0 and split: train",
                found: "false"
            )
        }
    }

    /// A figure of the evaluation needs an evaluation.
    private func checkMonitors(_ section: SectionReader<CodingKeys>) {
        let monitors = [
            ("snapshots", snapshots.monitor as Figure?), ("early-stopping", earlyStopping?.monitor),
        ]
        for case (let name, let figure?) in monitors
        where figure.needsEvaluation && evaluation.everyEpochs == 0 {
            section.problem(
                path: [name, "monitor"],
                expected: "a figure of training, because evaluation.every-epochs is 0",
                found: figure.rawValue
            )
        }
    }
}
