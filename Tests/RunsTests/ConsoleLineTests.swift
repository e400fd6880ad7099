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
            generatorLoss: 0.81234,
            discriminatorLoss: 1.2,
            testLoss: 1.3,
            testAccuracy: 0.75
        )
        #expect(
            line.text == "epoch 10 gen_loss 0.8123 disc_loss 1.2000 test_loss 1.3000 "
                + "test_acc 0.7500"
        )
        line.testLoss = .nan
        line.generatorLoss = .infinity
        #expect(line.text.contains("gen_loss inf"))
        #expect(line.text.contains("test_loss nan"))
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
