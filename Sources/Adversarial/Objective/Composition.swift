import Runs
import Settings
import Torch

/// What fits together in a recipe, and why other things do not.
enum Composition {
    /// Reasons against a recipe that is right part by part.
    static func problems(_ recipe: Recipe, _ families: [ModelFamily]) -> [SettingProblem] {
        guard let family = families.first(where: { $0.name == recipe.model.family }),
            let loss = AdversarialLoss.registry[recipe.objective.loss]
        else { return [] }
        let parts = Parts(recipe: recipe, loss: loss, traits: family.traits(recipe.model.settings))
        let isGame = parts.traits.training == .adversarial
        var own: [SettingProblem] = []
        if let start = recipe.start, start.replay != 0, !start.keepsClasses,
            !parts.traits.replays
        {
            own.append(
                SettingProblem(
                    "start.replay",
                    expected:
                        "0 or nothing without keeps-classes: true, or texts to ask with and a tokenizer that"
                        + " settles (model.settles-at)",
                    found: "\(start.replay)"
                )
            )
        }
        if recipe.start?.lowRank != nil, !parts.traits.drawsPieces {
            own.append(
                SettingProblem(
                    "start.low-rank",
                    expected: "nothing without a family that draws piece by piece",
                    found: "updates of few numbers"
                )
            )
        }
        if let reward = recipe.objective.reward {
            if !parts.traits.drawsPieces || recipe.start == nil {
                own.append(
                    SettingProblem(
                        "objective.reward",
                        expected:
                            "a trained model that draws piece by piece (model.family: tokens, and start.from)",
                        found: recipe.start == nil ? "no start" : recipe.model.family
                    )
                )
            }
            if !recipe.training.batch.isMultiple(of: reward.group) {
                own.append(
                    SettingProblem(
                        "training.batch",
                        expected: "groups of \(reward.group) drawings (objective.reward.group)",
                        found: "\(recipe.training.batch)"
                    )
                )
            }
        }
        if recipe.objective.penalties != nil, !isGame {
            own.append(
                SettingProblem(
                    "objective.penalties",
                    expected: "none without two players",
                    found: "penalties"
                )
            )
        }
        if recipe.evaluation.dualityGap > 0, !isGame {
            own.append(
                SettingProblem(
                    "evaluation.duality-gap",
                    expected: "0 without two players",
                    found: "\(recipe.evaluation.dualityGap)"
                )
            )
        }
        own += dataProblems(recipe, parts.traits)
        return own + (isGame ? rules.compactMap { $0(parts) } : [])
            + family.problems(recipe.model.settings, for: ImageSpec(recipe, labels: parts.labels))
            .map {
                var problem = $0
                problem.path.insert("model", at: 0)
                return problem
            } + family.conflicts(recipe)
    }

    /// What rules look at.
    private struct Parts {
        let recipe: Recipe
        let loss: AdversarialLoss
        let traits: FamilyTraits

        var objective: Recipe.Objective { recipe.objective }
        /// How many labels there are is known only when the data is opened.
        var labels: Int { recipe.model.conditional ? 2 : 0 }

        func has(_ name: String) -> Bool {
            objective.regularisers[name] != nil || objective.tasks[name] != nil
                || objective.augmentations[name] != nil
        }

        func first(of names: [String]) -> String? { names.first(where: has) }
    }

    private typealias Rule = @Sendable (Parts) -> SettingProblem?

    private static let slopes = ["gradient-penalty", "dragan", "r1", "r2"]
    /// Tasks that learn labels.
    private static let labelled = [
        Classification.name, NegativeClassification.name, Contrastive.name,
    ]

    /// One reason each.
    private static let rules: [Rule] = [
        { parts in
            guard parts.traits.hasBatchNorm, let slope = parts.first(of: slopes) else { return nil }
            return SettingProblem(
                "objective.regularisers.\(slope)",
                expected: "a discriminator without batch normalisation, or no \(slope): the penalty"
                    + " is each picture's own, and the norm makes logits depend on the whole batch",
                found: "batch normalisation in the discriminator"
            )
        },
        { parts in
            let tames = ["clipping"] + slopes
            guard parts.loss == .wasserstein, parts.first(of: tames) == nil,
                !parts.traits.hasSpectralNorm
            else { return nil }
            return SettingProblem(
                "objective.loss",
                expected:
                    "clipping, gradient-penalty, dragan, r1, r2 or spectral norm beside wasserstein:"
                    + " its logits have no bound of their own",
                found: "nothing that keeps the discriminator smooth"
            )
        },
        { parts in
            guard parts.has("clipping"), parts.traits.hasSpectralNorm else { return nil }
            return SettingProblem(
                "objective.regularisers.clipping",
                expected: "clipping or spectral norm, not both: each bounds the same weights",
                found: "both"
            )
        },
        { parts in
            guard (parts.traits.outputs > 1) != (parts.loss == .meanDiscrepancy) else { return nil }
            return SettingProblem(
                "objective.loss",
                expected: parts.loss == .meanDiscrepancy
                    ? "a discriminator with several outputs for mmd (model.discriminator.outputs,"
                        + " 16 in the paper)"
                    : "mmd for a discriminator with several outputs",
                found: "\(parts.loss.name) with \(parts.traits.outputs)"
            )
        },
        { parts in
            guard parts.has("path-length"), !parts.traits.hasStyles else { return nil }
            return SettingProblem(
                "objective.regularisers.path-length",
                expected: "a family with styles (stylegan2): the path runs through them",
                found: parts.recipe.model.family
            )
        },
        { parts in
            guard parts.has("rotation"), let ada = parts.objective.augmentations["ada"],
                ada["quarter-turns"] != .flag(false)
            else { return nil }
            return SettingProblem(
                "objective.tasks.rotation",
                expected: "ada without quarter turns (objective.augmentations.ada.quarter-turns:"
                    + " false): what it turns at random nobody can tell",
                found: "augmentation by quarter turns"
            )
        },
        { parts in
            guard parts.has("rotation"), parts.recipe.data.augmentation.rotate > 45 else {
                return nil
            }
            return SettingProblem(
                "objective.tasks.rotation",
                expected: "data.augmentation.rotate of 45 degrees at most",
                found: "\(parts.recipe.data.augmentation.rotate)"
            )
        },
        { parts in
            let changing = parts.objective.augmentations.keys.filter {
                $0 != PseudoAugmentation.name
            }
            guard parts.has("consistency"), changing.isEmpty else {
                return nil
            }
            return SettingProblem(
                "objective.regularisers.consistency",
                expected: "an augmentation: without one both logits are the same",
                found: "none"
            )
        },
        { parts in
            guard parts.has("ada"), parts.has("diff-augment") else { return nil }
            return SettingProblem(
                "objective.augmentations.diff-augment",
                expected: "ada or diff-augment, not both: ada measures what it does itself",
                found: "both"
            )
        },
        { parts in
            guard parts.has("apa"), parts.has("ada") else { return nil }
            return SettingProblem(
                "objective.augmentations.apa",
                expected: "ada or apa, not both: each follows the signs that the other changes",
                found: "both"
            )
        },
        { parts in
            guard let task = parts.first(of: labelled), !parts.recipe.model.conditional else {
                return nil
            }
            return SettingProblem(
                "objective.tasks.\(task)",
                expected: "model.conditional: true, so that labels are read and asked for",
                found: "model.conditional: false"
            )
        },
        { parts in
            guard parts.traits.needsLabels, !parts.recipe.model.conditional else { return nil }
            return SettingProblem(
                "model.conditional",
                expected: "true with projection: without labels there is nothing to project on",
                found: "false"
            )
        },
        { parts in
            guard parts.objective.balance == .gradients, parts.objective.tasks.isEmpty else {
                return nil
            }
            return SettingProblem(
                "objective.balance",
                expected: "tasks to balance, or fixed",
                found: "no tasks"
            )
        },
        { parts in
            guard parts.loss.comparesWithReal, parts.recipe.training.batch < 2 else { return nil }
            return SettingProblem(
                "training.batch",
                expected: "2 or more with \(parts.loss.name)",
                found: "\(parts.recipe.training.batch)"
            )
        },
        { parts in
            guard parts.recipe.training.standingStatistics > 0,
                !parts.traits.generatorHasBatchNorm
            else { return nil }
            return SettingProblem(
                "training.standing-statistics",
                expected: "0: the generator has no batch normalisation",
                found: "\(parts.recipe.training.standingStatistics)"
            )
        },
        { parts in
            guard parts.traits.isGrowing, parts.objective.step != .alternating else { return nil }
            return SettingProblem(
                "objective.step",
                expected: "alternating for networks that grow",
                found: parts.objective.step.rawValue
            )
        },
        { parts in
            guard parts.objective.step != .alternating, parts.recipe.training.accumulate > 1 else {
                return nil
            }
            return SettingProblem(
                "training.accumulate",
                expected: "1 with step: \(parts.objective.step.rawValue) (or step: alternating)",
                found: "\(parts.recipe.training.accumulate)"
            )
        },
        { parts in
            guard parts.objective.topShare != 1, parts.loss.comparesWithReal else { return nil }
            return SettingProblem(
                "objective.top-share",
                expected:
                    "1 with \(parts.loss.name), which compares drawings with as many real pictures",
                found: "less"
            )
        },
        { parts in
            guard parts.recipe.recovery.dualityGap > 0, parts.recipe.evaluation.dualityGap == 0
            else { return nil }
            return SettingProblem(
                "recovery.duality-gap",
                expected: "0 where evaluation.duality-gap is 0: nobody measures it",
                found: "\(parts.recipe.recovery.dualityGap)"
            )
        },
    ]
}

extension ImageSpec {
    /// The pictures of a recipe, with so many labels.
    public init(_ recipe: Recipe, labels: Int, kind: LabelKind = .classes) {
        self.init(
            height: recipe.data.height,
            width: recipe.data.width,
            channels: recipe.data.channels,
            labels: labels,
            labelKind: kind,
            wraps: recipe.model.wraps == .horizontally
        )
    }
}

extension ImageSpec {
    /// The pictures that a file's description is for; nothing for one of another version.
    public init?(_ description: ModelDescription) {
        guard description.size.count == 2,
            let kind = LabelKind(rawValue: description.labelKind)
        else { return nil }
        self.init(
            height: description.size[0],
            width: description.size[1],
            channels: description.channels,
            labels: description.labels,
            labelKind: kind,
            wraps: description.wraps == .horizontally
        )
    }
}

extension PartCatalog {
    /// All that this library can train.
    public static let adversarial = adversarial(families: { ModelFamily.adversarial })

    /// All that this library can train with these families.
    public static func adversarial(
        families: @escaping @Sendable () -> [ModelFamily]
    ) -> PartCatalog {
        PartCatalog(
            families: families().map(\.schema),
            losses: AdversarialLoss.registry.all.map(\.name),
            regularisers: Regularisers.registry.all.map { $0.schema },
            tasks: DiscriminatorTasks.registry.all.map { $0.schema },
            augmentations: PlayerAugmentations.registry.all.map { $0.schema },
            conflicts: { Composition.problems($0, families()) }
        )
    }
}
