import Foundation
import Settings

extension Recipe {
    /// The recipe that a run's folder has, whatever version wrote it: keys that it did not know are as usual.
    ///
    /// - Parameter options: The file `training_options.json`.
    /// - Throws: `DecodingError` for what is no recipe.
    public init(recorded options: Data) throws {
        /// Numbers of trees are not exact beyond 2⁵³.
        struct Exact: Decodable { var seed: UInt64? }
        let decoder = JSONDecoder()
        let tree = try decoder.decode(SettingValue.self, from: options).removing(["seed"])
        let whole = try JSONEncoder().encode(tree.completed(by: Self.usual(beside: tree)))
        self = try decoder.decode(Recipe.self, from: whole)
        seed = try decoder.decode(Exact.self, from: options).seed ?? seed
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
