import Adversarial
import Checks
import Registries
import Runs

extension ModelFamily {
    /// All families: those that come with the product, and those that were added.
    public static let registry = Registry<ModelFamily>(
        "family",
        ModelFamily.adversarial
            + [
                ModelFamily(TokenFamily.self), ModelFamily(RepairFamily.self),
                ModelFamily(Translation.self),
            ]
            + PixelNetworkFamily.bundled.map(\.whole)
    ) { $0.name }

    /// The family of a recipe.
    ///
    /// - Precondition: the recipe was checked.
    public static func family(of recipe: Recipe) -> ModelFamily {
        guard let family = registry[recipe.model.family] else {
            preconditionFailure("a recipe of the unknown family '\(recipe.model.family)'")
        }
        return family
    }
}

extension Recipe {
    /// What other parts must know of the networks.
    ///
    /// - Precondition: the recipe was checked.
    public var traits: FamilyTraits { ModelFamily.family(of: self).traits(model.settings) }
}
