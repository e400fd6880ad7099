import Adversarial
import Runs
import Settings

/// What fits together in a recipe with a refiner, and why other things do not.
enum RefinerComposition {
    /// Reasons against a recipe that is right part by part.
    static func problems(_ recipe: Recipe) -> [SettingProblem] {
        var problems: [SettingProblem] = []
        func against(_ path: String, _ expected: String, _ found: String) {
            problems.append(SettingProblem(path, expected: expected, found: found))
        }
        guard let refiner = recipe.refiner else {
            guard recipe.optimizers.autoregressive != nil,
                let family = ModelFamily.registry[recipe.model.family],
                !family.traits(recipe.model.settings).drawsPieces
            else { return [] }
            against(
                "optimizers.autoregressive",
                "nothing without a refiner or a family that draws piece by piece",
                "an optimizer"
            )
            return problems
        }
        guard PixelNetworkFamily.registry[recipe.model.family] == nil else { return [] }
        let found = PixelNetworkFamily.registry[refiner.family]?.problems(
            refiner.settings,
            rows: recipe.data.height,
            columns: recipe.data.width
        )
        for var problem in found ?? [] {
            problem.path.insert("refiner", at: 0)
            problems.append(problem)
        }
        if let loss = AdversarialLoss.registry[recipe.objective.loss], loss.comparesWithReal {
            against(
                "refiner",
                "a loss that looks at each picture by itself: with a refiner there are twice as"
                    + " many drawn pictures as real ones",
                loss.name
            )
        }
        if recipe.model.wraps != .none {
            against(
                "model.wraps",
                "none with a refiner, which draws its pixels from left to right and ends there",
                recipe.model.wraps.rawValue
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
        return problems
    }
}
