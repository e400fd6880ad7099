import Runs
import Settings

extension Translation {
    /// What does not fit together in a recipe that translates pictures.
    public static func conflicts(_ recipe: Recipe) -> [SettingProblem] {
        var problems = SettingProblems()
        problems.expect(
            recipe.data.pairs != nil,
            "data.pairs",
            "a section that says what is translated into what (from, to) with \(name)",
            found: "nothing"
        )
        let mode = (try? SettingCoding.value(Settings.self, of: recipe.model.settings))?.mode
        problems.expect(
            mode != .paired || recipe.data.pairs?.matched != false,
            "data.pairs.matched",
            "true with model.mode: paired (or model.mode: cycle)",
            found: "false"
        )
        let changes = recipe.data.augmentation
        for (name, strength) in [
            ("rotate", changes.rotate), ("scale", changes.scale), ("crop", changes.crop),
            ("translate", changes.translate),
        ] {
            problems.expect(
                strength == 0,
                "data.augmentation.\(name)",
                "0 with pairs, whose pictures only a flip changes alike",
                found: "\(strength)"
            )
        }
        problems.expect(
            !recipe.model.conditional,
            "model.conditional",
            "false with \(name), which is asked with a picture alone",
            found: "true"
        )
        problems.expect(
            recipe.data.balance == 0,
            "data.balance",
            "0 with \(name): pairs have no class",
            found: "\(recipe.data.balance)"
        )
        game(recipe, &problems)
        return problems.all
    }

    /// What does not fit into the game of the networks.
    private static func game(_ recipe: Recipe, _ problems: inout SettingProblems) {
        let objective = recipe.objective
        let losses = ["binary-cross-entropy", "least-squares", "hinge"]
        problems.expect(
            losses.contains(objective.loss),
            "objective.loss",
            "one of \(losses.joined(separator: ", ")) with \(name)",
            found: objective.loss
        )
        let parts =
            objective.regularisers.keys.sorted() + objective.tasks.keys.sorted()
            + objective.augmentations.keys.sorted()
        problems.expect(
            parts.isEmpty,
            "objective",
            "no parts with \(name), whose judges look at patches",
            found: parts.first ?? ""
        )
        problems.expect(
            objective.step == .simultaneous && recipe.training.accumulate == 1,
            "objective.step",
            "simultaneous, without training.accumulate, with \(name), which has a step of its own",
            found: objective.step == .simultaneous
                ? "training.accumulate: \(recipe.training.accumulate)" : objective.step.rawValue
        )
        problems.expect(
            objective.topShare == 1,
            "objective.top-share",
            "1 with \(name)",
            found: "another share"
        )
        problems.expect(
            objective.reward == nil,
            "objective.reward",
            "nothing with \(name)",
            found: "a reward"
        )
        problems.expect(recipe.refiner == nil, "refiner", "none with \(name)", found: "a refiner")
        problems.expect(
            recipe.start == nil,
            "start",
            "nothing with \(name), whose networks begin with random weights",
            found: "a start"
        )
    }
}
