import Foundation
import Settings

extension Recipe: Decodable {
    /// Reads the recipe of a run or a checkpoint, whatever version wrote it: keys that it did not know are as usual.
    public init(from decoder: any Decoder) throws {
        // Numbers of trees are not exact beyond 2⁵³, which a seed may be.
        let top = try decoder.container(keyedBy: CodingKeys.self)
        let seed = try top.decodeIfPresent(UInt64.self, forKey: .seed)
        _ = try top.decode(String.self, forKey: .name)
        let tree = try SettingValue(from: decoder).removing([CodingKeys.seed.rawValue])
        let whole = try JSONEncoder().encode(tree.completed(by: Self.usual(beside: tree)))
        self = try JSONDecoder().decode(Sections.self, from: whole).recipe
        self.seed = seed ?? self.seed
    }

    /// All sections, each of them there.
    private struct Sections: Decodable {
        let recipe: Recipe

        init(from decoder: any Decoder) throws {
            let sections = try decoder.container(keyedBy: CodingKeys.self)
            func section<Section: Decodable>(_ key: CodingKeys) throws -> Section {
                try sections.decode(Section.self, forKey: key)
            }
            recipe = Recipe(
                name: try section(.name),
                description: try section(.description),
                about: try section(.about),
                seed: try section(.seed),
                device: try section(.device),
                data: try section(.data),
                model: try section(.model),
                refiner: try sections.decodeIfPresent(Refiner.self, forKey: .refiner),
                objective: try section(.objective),
                optimizers: try section(.optimizers),
                training: try section(.training),
                evaluation: try section(.evaluation),
                start: try sections.decodeIfPresent(Start.self, forKey: .start),
                recovery: try section(.recovery),
                snapshots: try section(.snapshots),
                earlyStopping: try sections.decodeIfPresent(
                    EarlyStopping.self,
                    forKey: .earlyStopping
                )
            )
        }
    }

    /// What each key is where it is left out; sections that may be absent are there where another recipe has them.
    private static func usual(beside tree: SettingValue) throws -> SettingValue {
        let collector = ProblemCollector()
        var usual = Recipe(
            reading: SectionReader<CodingKeys>(nil, path: [], collector: collector)
        )
        func section<Section: RecipeSection>(_ key: CodingKeys) -> Section? {
            guard case .section? = tree[key.rawValue] else { return nil }
            return Section(reading: SectionReader(nil, path: [], collector: collector))
        }
        usual.start = section(.start)
        usual.earlyStopping = section(.earlyStopping)
        if case .section? = tree[CodingKeys.refiner.rawValue] {
            usual.refiner = Refiner(
                RecipeNode(value: .section([])),
                path: "",
                collector: collector
            )
        }
        if case .section? = tree["optimizers"]?["autoregressive"] {
            usual.optimizers.autoregressive = usual.optimizers.generator
        }
        return try JSONDecoder().decode(SettingValue.self, from: JSONEncoder().encode(usual))
    }
}
