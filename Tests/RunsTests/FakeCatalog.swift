import Runs
import Settings

/// Parts that exist for these tests alone: a recipe is read without any network.
enum FakeCatalog {
    struct Networks: PartSettings {
        struct Generator: Codable, Sendable, Equatable {
            var widths = [256, 128, 64]
            var kernel = 5
            var slope = 0.3
            var momentum = 0.99
            var epsilon = 1e-3
        }

        struct Discriminator: Codable, Sendable, Equatable {
            var widths = [64, 128]
            var kernel = 5
            var slope = 0.3
            var dropout = 0.3
        }

        var latent = 100
        var initializer = "glorot-uniform"
        var generator = Generator()
        var discriminator = Discriminator()

        var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(latent, in: 1...4096, "latent")
            return problems.all
        }
    }

    struct Penalty: PartSettings {
        enum Side: String, SettingChoice {
            case one
            case two
        }

        var weight: Scheduled = 10
        var sides = Side.two
        var exact = false
        var lengths = [1, 2]
        var name = "none"
    }

    static let catalog = PartCatalog(
        families: [
            PartSchema(name: "dcgan", summary: "", source: "", settings: Networks.self)
        ],
        losses: ["binary-cross-entropy", "hinge", "wasserstein"],
        regularisers: [
            PartSchema(name: "penalty", summary: "", source: "", settings: Penalty.self)
        ],
        conflicts: { recipe in
            let factor = 1 << ((recipe.model.settings["generator"]?["widths"]?.count ?? 1) - 1)
            return recipe.data.size.enumerated().filter { $1 % factor != 0 }.map { index, side in
                SettingProblem(
                    "data.size.[\(index)]",
                    expected: "a multiple of \(factor)",
                    found: "\(side)"
                )
            }
        }
    )
}

extension SettingValue {
    fileprivate var count: Int? {
        if case .list(let items) = self { items.count } else { nil }
    }
}

extension Recipe {
    static func load(
        _ name: String,
        overrides: [String] = []
    ) throws(RecipeError) -> Recipe {
        try load(name, overrides: overrides, catalog: FakeCatalog.catalog)
    }

    init(
        parsing text: String,
        source: String,
        overrides: [String] = []
    ) throws(RecipeError) {
        try self.init(
            parsing: text,
            source: source,
            overrides: overrides,
            catalog: FakeCatalog.catalog
        )
    }
}
