import Runs
import Testing

@Suite("The lines a run prints")
struct ConsoleLineTests {
    @Test("a tick, with and without an accelerator")
    func tick() {
        var tick = ConsoleLine.Tick(
            tick: 0,
            images: 4096,
            total: 12.4,
            seconds: 7.5,
            tickImages: 2000,
            maintenance: 5.44,
            memory: 3.8
        )
        #expect(
            tick.text == "tick 0     kimg 4.1      time 12s          sec/tick 7.5     "
                + "sec/kimg 3.75    maintenance 5.4    cpumem 3.80"
        )
        tick.acceleratorMemory = 10.25
        tick.augmentation = 0.1234
        #expect(tick.text.hasSuffix("cpumem 3.80   gpumem 10.25  augment 0.123"))
        tick.tickImages = 0
        #expect(tick.text.contains("sec/kimg - "))
    }

    @Test("an evaluation, with a loss that is no number")
    func evaluation() {
        var line = ConsoleLine.Evaluation(
            epoch: 10,
            figures: [
                "Loss/G/loss": 0.81234, "Loss/D/loss": 1.2, "Loss/R/bits": 2,
                "Evaluation/test_loss": 1.3, "Evaluation/test_acc": 0.75,
            ]
        )
        #expect(
            line.text == "epoch 10 gen_loss 0.8123 disc_loss 1.2000 test_loss 1.3000 "
                + "test_acc 0.7500"
        )
        line.figures["Evaluation/test_loss"] = .nan
        line.figures["Loss/G/loss"] = .infinity
        #expect(line.text.contains("gen_loss inf"))
        #expect(line.text.contains("test_loss nan"))
    }

    @Test("an evaluation of what has no discriminator")
    func evaluationWithoutGame() {
        let line = ConsoleLine.Evaluation(
            epoch: 2,
            figures: ["Evaluation/test_loss": 0.745, "Evaluation/bits_per_dimension": 1.0748]
        )
        #expect(line.text == "epoch 2 test_loss 0.7450 bits_per_dimension 1.0748")
    }

    @Test(
        "lengths of time",
        arguments: [
            (0.4, "0s"), (59.4, "59s"), (59.6, "1m 00s"), (65, "1m 05s"), (3600, "1h 00m 00s"),
            (7384, "2h 03m 04s"), (100_000, "1d 03h 46m"), (-1, "?"), (.infinity, "?"), (.nan, "?"),
        ]
    )
    func durations(_ seconds: Double, _ text: String) {
        #expect(PlainDuration.text(seconds) == text)
    }
}
