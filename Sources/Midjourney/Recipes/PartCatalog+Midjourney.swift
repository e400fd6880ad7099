import Adversarial
import Runs

extension PartCatalog {
    /// All that this library can train, and what was added to its registries.
    public static var midjourney: PartCatalog {
        var catalog = PartCatalog.adversarial { ModelFamily.registry.all }
        catalog.pixelModels = PixelNetworkFamily.registry.all.map(\.schema)
        let names = Set(catalog.pixelModels.map(\.name))
        catalog.families.removeAll { names.contains($0.name) }
        let others = catalog.conflicts
        catalog.conflicts = { others($0) + RefinerComposition.problems($0) }
        return catalog
    }
}
