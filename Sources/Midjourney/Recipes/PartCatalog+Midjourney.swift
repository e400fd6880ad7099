import Adversarial
import Runs

extension PartCatalog {
    /// All that this library can train.
    public static let midjourney = {
        var catalog = PartCatalog.adversarial(families: NetworkFamily.everywhere)
        catalog.pixelModels = PixelNetworkFamily.all.map(\.schema)
        let others = catalog.conflicts
        catalog.conflicts = { recipe in
            others(recipe) + PixelComposition.problems(recipe) + TokenComposition.problems(recipe)
        }
        return catalog
    }()
}
