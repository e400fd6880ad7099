import Adversarial
import Runs
import Settings

extension JudgedFamily {
    /// What does not fit together in a recipe whose drawings are pictures made anew.
    public static func conflicts(_ recipe: Recipe) -> [SettingProblem] {
        let family = recipe.model.family
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
            recipe.objective.penalties == nil,
            "objective.penalties",
            "none with \(family): both players look at restored pictures, not at drawn ones",
            found: "penalties"
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
            recipe.model.conditional || texts(recipe.model.settings) == nil,
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
