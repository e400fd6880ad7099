import Settings

extension Recipe {
    /// The losses and how the two players take turns.
    public struct Objective: Codable, Sendable, Equatable {
        /// How the players take turns.
        public enum Step: String, Codable, Sendable, CaseIterable {
            /// Both learn from one batch of drawn pictures.
            case simultaneous
            /// The discriminator first, then the generator on fresh latent numbers.
            case alternating
            /// Both look at what a step would lead to, and then step from where they were as they would from there.
            case extragradient
        }

        /// How the weights of the discriminator's tasks are found.
        public enum Balance: String, Codable, Sendable, CaseIterable {
            /// As given.
            case fixed
            /// So that the tasks' gradients at the trunk are as long as that of the adversarial
            /// loss, times the given weight.
            case gradients
        }

        /// Name of the adversarial loss.
        public var loss: String
        /// How the players take turns.
        public var step: Step
        /// The discriminator's turns for each turn of the generator.
        public var criticUpdates: Int
        /// What the generator's adversarial loss is multiplied with.
        public var generatorWeight: Scheduled
        /// The share of the drawings that the generator's adversarial loss counts: those that look most real.
        public var topShare: Scheduled
        /// How far the target of real pictures lies below one.
        public var labelSmoothing: Double
        /// Terms that keep the game stable, by name, with their settings.
        public var regularisers: [String: SettingValue]
        /// What else the discriminator learns, by name, with the settings.
        public var tasks: [String: SettingValue]
        /// How the tasks' weights are found.
        public var balance: Balance
        /// Images over which the tasks' weights rise from zero.
        public var taskRampImages: Int
        /// What the generator pays for what it must not draw; nothing where it may draw all.
        public var penalties: Penalties?
        /// What a trained model that draws codes is taught further by; nothing where it learns from pictures.
        public var reward: Reward?
        /// Changes to all pictures on their way to the discriminator, by name, with settings.
        public var augmentations: [String: SettingValue]

        enum CodingKeys: String, CodingKey, CaseIterable {
            case loss
            case step
            case criticUpdates = "critic-updates"
            case generatorWeight = "generator-weight"
            case topShare = "top-share"
            case labelSmoothing = "label-smoothing"
            case regularisers
            case tasks
            case balance
            case taskRampImages = "task-ramp-images"
            case penalties
            case reward
            case augmentations
        }
    }
}

extension Recipe.Objective: RecipeSection {
    init(reading section: SectionReader<CodingKeys>) {
        let catalog = section.collector.catalog
        loss = section.name(.loss, default: "binary-cross-entropy", among: catalog.losses)
        step = section.choice(.step, default: .simultaneous)
        criticUpdates = section.integer(.criticUpdates, default: 1, in: 1...100)
        generatorWeight = section.scheduled(.generatorWeight, default: 1, in: .nonNegative)
        topShare = section.scheduled(.topShare, default: 1, in: .fractionAboveZero)
        labelSmoothing = section.number(.labelSmoothing, default: 0, in: .fractionBelowOne)
        regularisers = section.parts(.regularisers, among: catalog.regularisers)
        tasks = section.parts(.tasks, among: catalog.tasks)
        balance = section.choice(.balance, default: .fixed)
        taskRampImages = section.integer(.taskRampImages, default: 0, in: 0...1_000_000_000)
        penalties = section.optionalSection(.penalties)
        reward = section.optionalSection(.reward)
        augmentations = section.parts(.augmentations, among: catalog.augmentations)
        if step != .alternating, criticUpdates != 1 {
            section.problem(
                .criticUpdates,
                expected: "1 with step: \(step.rawValue) (or step: alternating)",
                found: "\(criticUpdates)"
            )
        }
        if loss != "binary-cross-entropy", labelSmoothing != 0 {
            section.problem(
                .labelSmoothing,
                expected: "0 with loss: \(loss) (only binary-cross-entropy is smoothed)",
                found: "\(labelSmoothing)"
            )
        }
    }
}
