import ImageMetrics
import TestSupport
import Testing
import Torch

/// The figures that torch-fidelity, torchmetrics and prdc give for the same features.
@Suite struct PeerTests {
    @Test(arguments: try FixtureCase.all(in: "metrics").filter { $0.operation == "features" })
    func distances(of fixture: FixtureCase) {
        let (fake, real) = (fixture.tensor("fake"), fixture.tensor("real"))
        let count = fake.size(0)
        let scores = ManifoldScores(fake, beside: real, k: fixture.integer("k"))
        let kernel = KernelDistance(
            fake,
            real,
            subsets: 1,
            size: count,
            using: RandomSource(seed: 0)
        )
        for (name, found) in [
            ("fid", frechetDistance(fake, real)), ("kid", kernel.mean),
            ("precision", scores.precision), ("recall", scores.recall),
            ("density", scores.density), ("coverage", scores.coverage),
        ] {
            let expected = fixture.tensor(name).item()
            #expect(abs(found - expected) <= 1e-4 * abs(expected), "\(name): \(found)")
        }
    }

    @Test(arguments: try FixtureCase.all(in: "metrics").filter { $0.operation != "features" })
    func scores(of fixture: FixtureCase) {
        let found = InceptionScore(
            logits: fixture.tensor("logits"),
            splits: fixture.integer("splits")
        )
        #expect(abs(found.mean / fixture.tensor("mean").item() - 1) < 1e-4)
        #expect(abs(found.deviation / fixture.tensor("deviation").item() - 1) < 1e-4)
    }
}
