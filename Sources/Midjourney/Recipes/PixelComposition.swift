import Adversarial
import Runs

/// What fits together in a recipe with a pixel model, and why other things do not.
enum PixelComposition {
    /// Reasons against a recipe that is right part by part.
    static func problems(_ recipe: Recipe) -> [SettingProblem] {
        var problems: [SettingProblem] = []
        func against(_ path: String, _ expected: String, _ found: String) {
            problems.append(SettingProblem(path, expected: expected, found: found))
        }
        func check(_ family: String, _ settings: SettingValue, at path: String) {
            let found = PixelNetworkFamily.named(family)?.problems(
                settings,
                rows: recipe.data.height,
                columns: recipe.data.width
            )
            for var problem in found ?? [] {
                problem.path.insert(path, at: 0)
                problems.append(problem)
            }
        }
        if PixelNetworkFamily.named(recipe.model.family) != nil {
            check(recipe.model.family, recipe.model.settings, at: "model")
            let objective = recipe.objective
            if let part =
                (objective.regularisers.keys.sorted() + objective.tasks.keys.sorted()
                + objective.augmentations.keys.sorted()).first
            {
                against(
                    "objective",
                    "no parts with \(recipe.model.family): it learns by likelihood alone, there is no"
                        + " discriminator",
                    part
                )
            }
            if recipe.refiner != nil {
                against("refiner", "none beside a pixel model: it would refine itself", "a refiner")
            }
            if recipe.start != nil {
                against("start", "nothing: pixel models begin with random weights", "a start")
            }
        } else if let refiner = recipe.refiner {
            check(refiner.family, refiner.settings, at: "refiner")
            if let loss = AdversarialLoss(rawValue: recipe.objective.loss), loss.comparesWithReal {
                against(
                    "refiner",
                    "a loss that looks at each picture by itself: with a refiner there are twice as"
                        + " many drawn pictures as real ones",
                    loss.rawValue
                )
            }
            if recipe.objective.regularisers["gradient-penalty"] != nil {
                against(
                    "refiner",
                    "r1 or r2 in place of gradient-penalty: with a refiner there are twice as many"
                        + " drawn pictures as real ones, and none to go between",
                    "gradient-penalty"
                )
            }
        } else if recipe.optimizers.autoregressive != nil,
            recipe.model.family != TokenFamily.name
        {
            against(
                "optimizers.autoregressive",
                "nothing without a refiner or a family that draws piece by piece",
                "an optimizer"
            )
        }
        return problems
    }
}
