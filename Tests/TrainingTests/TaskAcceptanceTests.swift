import Adversarial
import Foundation
import ImageMetrics
import TestSupport
import Testing
import Torch

/// What a discriminator that also classifies and restores is worth, on MNIST.
///
/// Takes about half an hour on two cores, so it runs where ATELIER_ACCEPT_TASKS is set: `make
/// accept-tasks` does. Otherwise it is skipped. The distance is that of the features of a small
/// classifier of digits: FID-local.
@Suite(
    .serialized,
    .enabled(
        if: ProcessInfo.processInfo.environment["ATELIER_ACCEPT_TASKS"] != nil,
        "set ATELIER_ACCEPT_TASKS, or call make accept-tasks"
    )
)
struct TaskAcceptanceTests {
    private static let steps = 1200
    private let classifier = DigitsClassifier(using: RandomSource(seed: 1))
    private let test: LabelledPictures

    init() throws {
        #expect(try classifier.train() > 0.96)
        let batch = try DigitsClassifier.open(.test).batch(0..<10_000)
        test = (batch.tensor(), Tensor(batch.labels))
    }

    /// How often digits asked for are seen, and how much those seen as one digit differ.
    private func judged(generatorWeight: Double) throws -> (accuracy: Double, spread: Double) {
        let game = try DigitsGame(
            seed: 1,
            objective: "tasks: {classification: {generator-weight: \(generatorWeight)}}",
            isConditional: true
        )
        try game.train(steps: Self.steps, seed: 1)
        let drawn = game.drawings(5000, seed: 7)
        let (features, seen) = withoutGradients {
            (classifier.features(drawn.pictures), classifier(drawn.pictures).argmax(along: 1))
        }
        let labels = try #require(drawn.labels)
        let accuracy = (seen .== labels).converted(to: .float32).mean().item()
        let names = seen.elements(as: Int.self)
        let spreads = (0..<10).compactMap { digit -> Double? in
            let places = names.indices.filter { names[$0] == digit }
            guard places.count > 20 else { return nil }
            let rows = features.selected(at: Tensor(places))
            return (rows - rows.mean(over: [0])).squared().sum().item() / Double(places.count)
        }
        let spread = spreads.reduce(0, +) / Double(spreads.count)
        print("generator-weight \(generatorWeight): accuracy \(accuracy), spread \(spread)")
        return (accuracy, spread)
    }

    @Test func classesAreDrawnAsFarAsTheGeneratorIsPaidForIt() throws {
        let unpaid = try judged(generatorWeight: 0)
        let paid = try judged(generatorWeight: 0.1)
        let wellPaid = try judged(generatorWeight: 1)
        #expect(abs(unpaid.accuracy - 0.1) < 0.05)
        #expect(paid.accuracy > 0.5)
        #expect(wellPaid.accuracy > paid.accuracy)
        #expect(paid.spread > 0.8 * unpaid.spread)
    }

    /// One game for each head and each of three seeds, the same generator in all.
    @Test func headsMakeDrawingsNoWorse() throws {
        let heads = [
            ("plain", "tasks: {}"),
            ("classification", "tasks: {classification: {}}"),
            ("restoration", "tasks: {restoration: {}}"),
            ("both", "tasks: {classification: {}, restoration: {}}, balance: gradients"),
        ]
        let real = withoutGradients { classifier.features(test.pictures) }
        var distances: [String: [Double]] = [:]
        for seed in 1...3 {
            for (name, objective) in heads {
                let game = try DigitsGame(
                    seed: UInt64(seed),
                    objective: objective,
                    isConditional: false
                )
                try game.train(steps: Self.steps, seed: UInt64(seed))
                let fake = withoutGradients {
                    classifier.features(game.drawings(10_000, seed: 7).pictures)
                }
                let distance = frechetDistance(fake, real)
                distances[name, default: []].append(distance)
                print("\(name), seed \(seed): FID-local \(distance)")
            }
        }
        let plain = try #require(distances["plain"])
        for (name, found) in distances.sorted(by: { $0.key < $1.key }) where name != "plain" {
            let ratios = zip(found, plain).map { $0 / $1 }
            let mean = ratios.reduce(0, +) / 3
            let deviation =
                (ratios.map { ($0 - mean) * ($0 - mean) }.reduce(0, +) / 2).squareRoot()
            // Student's t for two degrees of freedom, 95 per cent.
            let interval = 4.303 * deviation / 3.0.squareRoot()
            print("\(name) / plain: \(mean) ± \(interval) (95 %)")
            #expect(mean - interval <= 1.05, "\(name) makes drawings worse")
        }
    }

    @Test func headsKnowPicturesThatTheyHaveNotSeen() throws {
        let game = try DigitsGame(
            seed: 1,
            objective: "tasks: {classification: {}, restoration: {}}, balance: gradients",
            isConditional: false
        )
        try game.train(steps: Self.steps, seed: 1)
        let part: LabelledPictures = (
            test.pictures.sliced(0..<2000, along: 0), test.labels?.sliced(0..<2000, along: 0)
        )
        for task in game.objective.tasks {
            let figures = withoutGradients {
                Dictionary(
                    uniqueKeysWithValues: task.discriminatorLoss(game.look(at: part)).figures
                        .map { ($0.name, $0.value.item()) }
                )
            }
            print("of pictures unseen: \(figures)")
            if task is Classification { #expect(try #require(figures["accuracy"]) > 0.9) }
            if task is Restoration {
                let error = try #require(figures["hidden_error"])
                #expect(error < 0.8 * (try #require(figures["mean_fill_error"])))
            }
        }
    }
}
