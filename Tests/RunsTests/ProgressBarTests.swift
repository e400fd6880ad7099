import Runs
import Testing

@Suite("A progress bar is a function of its state")
struct ProgressBarTests {
    @Test("rate and time left count this sitting only")
    func rate() {
        let bar = ProgressBar(unit: "img", total: 1000, initial: 500, done: 600, elapsed: 2)
        #expect(bar.fraction == 0.6)
        #expect(bar.rate == 50)
        #expect(bar.remaining == 8)
        #expect(ProgressBar(unit: "img", total: 10, elapsed: 2).rate == nil)
        #expect(ProgressBar(unit: "img", total: 10, done: 5).remaining == nil)
        #expect(ProgressBar(unit: "img", total: 0).fraction == 1)
        #expect(ProgressBar(unit: "img", total: 10, done: 20, elapsed: 1).remaining == 0)
        #expect(ProgressBar(unit: "img", total: 10, done: 20).fraction == 1)
    }

    @Test("a line at several widths")
    func line() {
        let bar = ProgressBar(
            unit: "img",
            total: 1000,
            initial: 500,
            done: 600,
            elapsed: 2,
            label: "epoch 3/50",
            note: "G 0.71"
        )
        #expect(
            bar.text(width: 80, isPlain: true)
                == "epoch 3/50 ###############-----------  60% 600/1000 img 50.0 img/s ETA 8s G 0.71"
        )
        #expect(bar.text(width: 80).contains("━━━╌╌╌"))
        for width in [0, 5, 20, 60, 80, 200] {
            #expect(bar.text(width: width).count <= width)
        }
        #expect(bar.text(width: 50).hasPrefix("epoch 3/50   60% 600/1000"))
    }
}
