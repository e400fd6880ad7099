import Adversarial
import Runs
import Testing

/// Recipes whose parts do not fit each other are refused, with the reason.
@Suite struct CompositionTests {
    private static let base = """
        name: base
        data: {set: cifar10, size: [32, 32], channels: 3}
        model:
          family: dcgan
          generator: {widths: [16, 8, 4], keeps-first: false}
          discriminator: {widths: [4, 8]}
        objective: {step: alternating}
        optimizers:
          generator: {learning-rate: 1e-4}
          discriminator: {learning-rate: 1e-4}
        training: {epochs: 1, batch: 16}
        """

    private func problems(_ overrides: [String]) throws -> [RecipeProblem] {
        do {
            _ = try Recipe(
                parsing: Self.base,
                source: "base",
                overrides: overrides,
                catalog: .adversarial
            )
            return []
        } catch {
            guard case .invalid(_, let problems) = error else { throw error }
            return problems
        }
    }

    @Test(
        arguments: [
            (
                ["model.discriminator.norm=batch", "objective.regularisers.gradient-penalty={}"],
                "objective.regularisers.gradient-penalty", "without batch normalisation"
            ),
            (
                ["model.discriminator.norm=batch", "objective.regularisers.r1={}"],
                "objective.regularisers.r1", "each picture's own"
            ),
            (["objective.loss=wasserstein"], "objective.loss", "no bound of their own"),
            (
                [
                    "objective={loss: wasserstein, regularisers: {clipping: {}}}",
                    "model.discriminator.norm=spectral",
                ],
                "objective.regularisers.clipping", "not both"
            ),
            (["objective.loss=mmd"], "objective.loss", "several outputs"),
            (["model.discriminator.outputs=16"], "objective.loss", "mmd"),
            (
                ["objective.regularisers.path-length={}"], "objective.regularisers.path-length",
                "stylegan2"
            ),
            (
                ["objective={tasks: {rotation: {}}, augmentations: {ada: {}}}"],
                "objective.tasks.rotation", "quarter-turns"
            ),
            (
                ["objective.tasks.rotation={}", "data.augmentation.rotate=90"],
                "objective.tasks.rotation", "45"
            ),
            (
                ["objective.regularisers.consistency={}"], "objective.regularisers.consistency",
                "an augmentation"
            ),
            (
                ["objective={regularisers: {consistency: {}}, augmentations: {apa: {}}}"],
                "objective.regularisers.consistency", "an augmentation"
            ),
            (
                ["objective.augmentations={ada: {}, apa: {}}"], "objective.augmentations.apa",
                "not both"
            ),
            (
                ["objective.augmentations={ada: {}, diff-augment: {}}"],
                "objective.augmentations.diff-augment", "not both"
            ),
            (
                ["objective.tasks.classification={}"], "objective.tasks.classification",
                "model.conditional: true"
            ),
            (["objective.balance=gradients"], "objective.balance", "tasks to balance"),
            (["training.batch=1", "objective.loss=relativistic"], "training.batch", "2 or more"),
            (
                ["model={family: r3gan}", "training.standing-statistics=4"],
                "training.standing-statistics", "no batch normalisation"
            ),
            (
                ["model={family: progan}", "objective.step=simultaneous"], "objective.step",
                "alternating"
            ),
            (["model={family: r3gan, groups: [1]}"], "model.groups", "one for each width"),
            (["data.size=[30, 32]"], "model.generator.widths", "a height of 30"),
            (["model={family: stylegan2}", "data.size=[24, 24]"], "model", "power of two"),
            (
                ["model={family: resnet, labels: projection}", "model.conditional=false"],
                "model.conditional", "nothing to project on"
            ),
        ] as [([String], String, String)]
    )
    func contradictionsAreRefused(
        _ overrides: [String],
        _ path: String,
        _ reason: String
    ) throws {
        let found = try problems(overrides)
        #expect(found.contains { $0.path == path && $0.expected.contains(reason) }, "\(found)")
    }

    @Test(
        arguments: [
            ["objective={loss: wasserstein, regularisers: {gradient-penalty: {}}}"],
            [
                "objective={tasks: {rotation: {}}, augmentations: {ada: {quarter-turns: false}}}"
            ],
            [
                "objective.regularisers={consistency: {}, lecam: {}, drift: {}, feature-matching: {}}",
                "objective.augmentations={diff-augment: {policy: [color]}, instance-noise: {}}",
            ],
            ["model.conditional=true", "objective={tasks: {classification: {}, restoration: {}}}"],
            ["objective.loss=mmd", "model.discriminator.outputs=16"],
            ["objective.loss=relativistic", "objective.regularisers={r1: {}, r2: {}}"],
        ]
    )
    func whatFitsIsTaken(_ overrides: [String]) throws {
        #expect(try problems(overrides).isEmpty)
    }
}
