import Runs
import Testing

@Suite("Values of a recipe must fit together")
struct RecipeArithmeticTests {
    @Test(
        "what does not fit is refused at the key that is to be changed",
        arguments: [
            (["data.size=[30, 28]"], "data.size[0]"),
            (["model.generator.widths=[64, 64, 64, 64]"], "data.size[0]"),
            (["objective.critic-updates=5"], "objective.critic-updates"),
            (["objective={loss: hinge, label-smoothing: 0.1}"], "objective.label-smoothing"),
            (["optimizers.generator.momentum=0.9"], "optimizers.generator.momentum"),
            (
                ["optimizers.generator={kind: sgd, learning-rate: 1, beta2: 0.9}"],
                "optimizers.generator.beta2"
            ),
            (
                ["optimizers.generator.beta2={from: 0.9, to: 1, over-images: 10}"],
                "optimizers.generator.beta2"
            ),
            (
                ["optimizers.generator.beta2={from: 0.9, to: 0.99}"],
                "optimizers.generator.beta2"
            ),
            (
                [
                    "optimizers.generator={kind: rmsprop, learning-rate: 1, epsilon-placement: uncorrected}"
                ],
                "optimizers.generator.epsilon-placement"
            ),
            (
                ["optimizers.generator={kind: adafactor, learning-rate: 1, epsilon: 1e-8}"],
                "optimizers.generator.epsilon"
            ),
            (
                [
                    "optimizers.generator.schedule={kind: linear, total-images: 10, warmup-images: 10}"
                ],
                "optimizers.generator.schedule.warmup-images"
            ),
            (
                [
                    "optimizers.generator.schedule={kind: linear, total-images: 10, start-images: 10}"
                ],
                "optimizers.generator.schedule.start-images"
            ),
            (
                ["optimizers.generator.schedule={total-images: 10}"],
                "optimizers.generator.schedule.total-images"
            ),
            (
                ["optimizers.generator.schedule={kind: exponential, final: 0}"],
                "optimizers.generator.schedule.final"
            ),
            (
                ["optimizers.generator.schedule={kind: step, factor: 0.5}"],
                "optimizers.generator.schedule.step-images"
            ),
            (
                ["optimizers.generator.schedule={kind: cosine, factor: 0.5}"],
                "optimizers.generator.schedule.factor"
            ),
            (
                ["evaluation.every-epochs=0", "snapshots.monitor=Evaluation/test_loss"],
                "snapshots.monitor"
            ),
            (
                ["evaluation.every-epochs=0", "early-stopping.monitor=Evaluation/test_acc"],
                "early-stopping.monitor"
            ),
            (["recovery.rate-factor=0"], "recovery.rate-factor"),
            (["training.average-half-lives=5"], "training.average-half-lives"),
        ]
    )
    func refused(_ overrides: [String], _ path: String) {
        #expect {
            try Recipe.load("seed-dcgan", overrides: overrides)
        } throws: { error in
            guard case .invalid(_, let problems) = error as? RecipeError else { return false }
            return problems.first?.path == path
        }
    }

    @Test(
        "what fits is taken",
        arguments: [
            ["data.size=[32, 64]", "model.generator.widths=[64, 64, 64, 64]"],
            ["objective={step: alternating, critic-updates: 5, loss: wasserstein}"],
            ["optimizers.generator={kind: sgd, learning-rate: 0.1, momentum: 0.9}"],
            ["optimizers.generator={kind: adafactor, learning-rate: 0.1, clip-norm: 1}"],
            ["optimizers.generator.schedule={kind: step, step-images: 1000, factor: 0.5}"],
            ["optimizers.generator.schedule={kind: cosine, warmup-images: 100}"],
            ["early-stopping={monitor: Evaluation/test_acc, mode: max}"],
        ]
    )
    func taken(_ overrides: [String]) throws {
        let recipe = try Recipe.load("seed-dcgan", overrides: overrides)
        #expect(try recipe != Recipe.load("seed-dcgan"))
        #expect(try Recipe(parsing: recipe.yaml, source: "yaml") == recipe)
    }
}
