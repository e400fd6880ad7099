import Runs
import Settings

extension Composition {
    /// What a recipe says of its data and its family has no use for, or needs and is not said.
    static func dataProblems(_ recipe: Recipe, _ traits: FamilyTraits) -> [SettingProblem] {
        let family = recipe.model.family
        var problems = SettingProblems()
        problems.expect(
            recipe.data.pairs == nil || traits.training == .translation,
            "data.pairs",
            "nothing with the family '\(family)' (or model.family: \(Translation.name))",
            found: "pairs"
        )
        problems.expect(
            recipe.data.remadeBy == nil || traits.learnsFromCodes,
            "data.remade-by",
            "nothing where no pictures are made from codes (or model.family: repair, model.damage.codes above 0)",
            found: recipe.data.remadeBy ?? ""
        )
        problems.expect(
            recipe.data.remadeBy != nil || !traits.learnsFromCodes,
            "data.remade-by",
            "a model whose codes make pictures, for model.damage.codes above 0",
            found: "nothing"
        )
        problems.expect(
            recipe.data.aloneFrom == nil || recipe.data.set == "scenes",
            "data.alone-from",
            "nothing with the set '\(recipe.data.set)' (or data.set: scenes)",
            found: recipe.data.aloneFrom.map(String.init) ?? ""
        )
        return problems.all
    }
}
