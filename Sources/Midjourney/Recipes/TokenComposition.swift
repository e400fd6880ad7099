import Adversarial
import Runs

/// What fits together in a recipe of codes or of repairs, and why other things do not.
enum TokenComposition {
    /// Reasons against a recipe that is right part by part.
    static func problems(_ recipe: Recipe) -> [SettingProblem] {
        let family = recipe.model.family
        guard family == TokenFamily.name || family == RepairFamily.name else { return [] }
        var problems = SettingProblems()
        problems.expect(
            recipe.objective.step == .simultaneous,
            "objective.step",
            "simultaneous with \(family): both players learn from the same restored pictures",
            found: recipe.objective.step.rawValue
        )
        problems.expect(
            recipe.objective.augmentations.isEmpty,
            "objective.augmentations",
            "none with \(family): features of a picture and of its restoration are compared",
            found: recipe.objective.augmentations.keys.sorted().joined(separator: ", ")
        )
        problems.expect(
            recipe.refiner == nil,
            "refiner",
            "none with \(family)",
            found: "a refiner"
        )
        problems.expect(
            recipe.start?.keepsClasses != true,
            "start.keeps-classes",
            "false with \(family)",
            found: "true"
        )
        problems.expect(
            recipe.model.conditional || TokenFamily.texts(recipe) == nil,
            "model.text.pieces",
            "0 without model.conditional: texts take the place of classes",
            found: "texts"
        )
        problems.expect(
            recipe.model.distribution == .normal,
            "model.distribution",
            "normal with \(family)",
            found: recipe.model.distribution.rawValue
        )
        return problems.all
    }
}
