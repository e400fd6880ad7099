import Adversarial
import Runs

extension PartCatalog {
    /// All that this library can train.
    public static let midjourney = {
        var catalog = PartCatalog.adversarial
        catalog.pixelModels = PixelNetworkFamily.all.map(\.schema)
        catalog.conflicts = { recipe in
            PartCatalog.adversarial.conflicts(recipe) + PixelComposition.problems(recipe)
        }
        return catalog
    }()
}
