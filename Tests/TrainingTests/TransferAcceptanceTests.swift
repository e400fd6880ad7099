import Datasets
import Foundation
import ImageMetrics
import Imaging
import Runs
import TestSupport
import Testing
import Torch
import Training

/// What beginning with trained networks is worth, on MNIST: a hundred pictures of a digit never
/// seen, and five digits more.
///
/// Takes about ten minutes on two cores, so it runs where ATELIER_ACCEPT_TASKS is set: `make
/// accept-tasks` does. Otherwise it is skipped.
@Suite(
    .serialized,
    .enabled(
        if: ProcessInfo.processInfo.environment["ATELIER_ACCEPT_TASKS"] != nil,
        "set ATELIER_ACCEPT_TASKS, or call make accept-tasks"
    )
)
struct TransferAcceptanceTests {
    private let scratch: ScratchFolder
    private let classifier = DigitsClassifier(using: RandomSource(seed: 1))
    private let training: Batch

    init() throws {
        scratch = try ScratchFolder()
        #expect(try classifier.train() > 0.96)
        training = try DigitsClassifier.open(.train).batch(0..<20_000)
    }

    /// A folder of pictures of these digits, so many of each.
    private func pictures(of digits: [Int], _ count: Int, named name: String) throws -> String {
        let folder = scratch.url.appending(path: name)
        let pixels = ((training.tensor() + 1) * 127.5).rounded().converted(to: .uint8)
        for digit in digits {
            let place = folder.appending(path: "digit-\(digit)")
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            let chosen = training.labels.indices.filter { training.labels[$0] == digit }
            for index in chosen.prefix(count) {
                let picture = Picture(
                    width: 28,
                    height: 28,
                    channels: 1,
                    samples: pixels.selected(index).contiguous().bytes()
                )
                try picture.write(to: place.appending(path: "\(index).png"))
            }
        }
        return folder.path
    }

    /// The last snapshot of a run on such a folder.
    private func train(
        _ data: String,
        conditional: Bool,
        epochs: Int,
        batch: Int,
        _ changes: [String] = []
    ) async throws -> RunFolder {
        let rate = "learning-rate=1e-3"
        let recipe = try Recipe.load(
            "seed-dcgan",
            overrides: [
                "model.conditional=\(conditional)",
                "data.set=folder", "data.augmentation.flip=0", "model.latent=32",
                "model.generator.widths=[64, 32, 16]", "model.generator.momentum=0.9",
                "model.discriminator.widths=[32, 64]", "training.batch=\(batch)",
                "training.epochs=\(epochs)", "training.precision=auto",
                "training.average-half-lives=[2000]", "training.standing-statistics=20",
                "optimizers.generator.\(rate)", "optimizers.discriminator.learning-rate=5e-4",
                "optimizers.generator.beta1=0.5", "optimizers.discriminator.beta1=0.5",
                "evaluation.every-epochs=\(epochs)", "snapshots.every-epochs=0",
            ] + changes
        )
        var options = TrainerOptions()
        options.root = scratch.url.appending(path: "runs")
        options.dataPath = data
        options.cache = scratch.url.appending(path: "cache")
        let outcome = try await Trainer(recipe, options: options, stop: StopRequest()).run()
        return try RunFolder(opening: outcome.folder)
    }

    /// Drawings of a run's last snapshot, and the labels asked for.
    private func drawings(_ run: RunFolder, labels: Int) throws -> (Tensor, [Int]) {
        let names = try FileManager.default.contentsOfDirectory(atPath: run.url.path)
        let last = try #require(
            names.filter { $0.hasPrefix("network-snapshot-") && !$0.contains("average") }.max()
        )
        let network = try generator(ofSnapshot: run.url.appending(path: last)).network
        let source = RandomSource(seed: 7)
        let asked = (0..<2000).map { $0 % max(labels, 1) }
        let pictures = withoutGradients {
            network(
                .normal([2000, network.latentSize], using: source),
                labels: labels > 0 ? Tensor(asked) : nil
            )
        }
        return (pictures, asked)
    }

    private func seen(_ pictures: Tensor) -> [Int] {
        withoutGradients { classifier(pictures).argmax(along: 1).elements(as: Int.self) }
    }

    /// A hundred nines, learned from nothing and from networks that drew the other digits.
    @Test func aHundredPicturesAreEnoughForTrainedNetworks() async throws {
        let others = try pictures(of: Array(0..<9), 1000, named: "others")
        let few = try pictures(of: [9], 100, named: "nines")
        let first = try await train(others, conditional: false, epochs: 15, batch: 128)
        let test = try DigitsClassifier.open(.test).batch(0..<10_000)
        let nines = test.labels.indices.filter { test.labels[$0] == 9 }
        let real = withoutGradients {
            classifier.features(test.tensor().selected(at: Tensor(nines)))
        }
        let augmented = "objective.augmentations={diff-augment: {policy: [translation, cutout]}}"
        var distances: [String: Double] = [:]
        var shares: [String: Double] = [:]
        for (name, start) in [
            ("from nothing", []),
            ("from others", ["start={from: \(first.url.path), freeze-discriminator: 1}"]),
        ] {
            let run = try await train(
                few,
                conditional: false,
                epochs: 400,
                batch: 50,
                start + [augmented, "objective.step=alternating"]
            )
            let drawn = try drawings(run, labels: 0).0
            let fake = withoutGradients { classifier.features(drawn) }
            distances[name] = frechetDistance(fake, real)
            shares[name] = Double(seen(drawn).count { $0 == 9 }) / 2000
            print("\(name): FID-local \(distances[name] ?? 0), seen as nines \(shares[name] ?? 0)")
        }
        let (nothing, trained) = (
            try #require(distances["from nothing"]), try #require(distances["from others"])
        )
        #expect(trained < nothing)
        #expect(try #require(shares["from others"]) > 0.7)
    }

    /// Five digits, then the other five: with what keeps the old ones, and without.
    @Test func oldClassesAreKeptWhileNewOnesAreLearned() async throws {
        let old = try pictures(of: Array(0..<5), 1000, named: "old")
        let new = try pictures(of: Array(5..<10), 1000, named: "new")
        let first = try await train(old, conditional: true, epochs: 25, batch: 128)
        func right(_ run: RunFolder, _ labels: Int, _ digits: Range<Int>) throws -> Double {
            let (pictures, asked) = try drawings(run, labels: labels)
            let found = seen(pictures)
            let places = asked.indices.filter { digits.contains(asked[$0]) }
            return Double(places.count { found[$0] == asked[$0] }) / Double(places.count)
        }
        let before = try right(first, 5, 0..<5)
        var after: [String: (old: Double, new: Double)] = [:]
        for (name, keeping) in [("kept", ""), ("not kept", ", replay: 0, distillation: 0")] {
            let run = try await train(
                new,
                conditional: true,
                epochs: 25,
                batch: 128,
                ["start={from: \(first.url.path), keeps-classes: true\(keeping)}"]
            )
            let found = (old: try right(run, 10, 0..<5), new: try right(run, 10, 5..<10))
            after[name] = found
            print("\(name): old digits \(before) before, \(found.old) after, new \(found.new)")
        }
        let (kept, lost) = (try #require(after["kept"]), try #require(after["not kept"]))
        #expect(before > 0.8)
        #expect(kept.old > before - 0.15)
        #expect(kept.new > 0.7)
        #expect(kept.old > lost.old + 0.2)
    }
}
