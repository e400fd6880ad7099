import Adversarial
import Autoregressive
import Checks
import Runs
import Settings
import Torch

extension PixelNetworkFamily {
    /// The kind as a family by itself: it learns by likelihood alone.
    public var whole: ModelFamily {
        var traits = FamilyTraits()
        (traits.training, traits.drawsPieces) = (.likelihood, false)
        return ModelFamily(
            schema: schema,
            problems: { problems($0, rows: $1.height, columns: $1.width) },
            traits: { [traits] _ in traits },
            conflicts: { PixelNetworkFamily.conflicts($0) },
            generator: { settings, spec, distribution, streams in
                PixelGenerator(
                    model(
                        settings,
                        for: PixelSpec(spec, hasDraft: false),
                        using: streams.weights
                    ),
                    for: spec,
                    distribution: distribution
                )
            },
            discriminator: { _, _, _ in
                preconditionFailure("a pixel model learns without a discriminator")
            }
        )
    }

    /// What does not fit together in a recipe of a pixel model alone.
    private static func conflicts(_ recipe: Recipe) -> [SettingProblem] {
        var problems: [SettingProblem] = []
        let objective = recipe.objective
        if let part =
            (objective.regularisers.keys.sorted() + objective.tasks.keys.sorted()
            + objective.augmentations.keys.sorted()).first
        {
            problems.append(
                SettingProblem(
                    "objective",
                    expected:
                        "no parts with \(recipe.model.family): it learns by likelihood alone, there"
                        + " is no discriminator",
                    found: part
                )
            )
        }
        if recipe.refiner != nil {
            problems.append(
                SettingProblem(
                    "refiner",
                    expected: "none beside a pixel model: it would refine itself",
                    found: "a refiner"
                )
            )
        }
        if recipe.start != nil {
            problems.append(
                SettingProblem(
                    "start",
                    expected: "nothing: pixel models begin with random weights",
                    found: "a start"
                )
            )
        }
        return problems
    }
}
