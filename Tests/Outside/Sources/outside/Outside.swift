import Adversarial
import Datasets
import Evaluation
import Foundation
import Generation
import Midjourney
import Runs
import Torch
import Training

/// A metric of somebody else's: how bright drawings are beside real pictures.
struct Brightness: Metric {
    let name = "brightness"
    let summary = "the mean of all pixels, of drawings less that of real pictures"

    func outcome(_ comparison: Comparison) throws -> MetricOutcome {
        func mean(_ sample: PictureSample) -> Double {
            sample.pictures(Array(0..<sample.count)).mean().item()
        }
        let difference = mean(comparison.drawn) - mean(comparison.training)
        return .measured([Measurement(name, difference, drawings: comparison.drawn.count)])
    }
}

/// Adds a family, a loss, a metric and a data format, trains with them, draws and measures: what a package can do that
/// imports Atelier and changes nothing in it.
@main
enum Outside {
    /// −e^a for real and e^−a for drawn pictures, each bounded: a loss of somebody else's.
    static let bounded = AdversarialLoss(
        "bounded",
        discriminator: { real, fake, _ in (-real.tanh()).mean() + fake.tanh().mean() },
        generator: { fake, _ in -(fake.tanh().mean()) }
    )

    static func main() async throws {
        ModelFamily.registry.add(ModelFamily(Discs.self))
        AdversarialLoss.registry.add(bounded)
        Metrics.registry.add(Brightness())
        DatasetFormat.registry.add(RawPictures.format)

        let folder = FileManager.default.temporaryDirectory
            .appending(path: "atelier-outside-\(getpid())", directoryHint: .isDirectory)
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let data = folder.appending(path: "discs.grey")
        try discs(400).write(to: data)

        let recipe = folder.appending(path: "discs.yaml")
        try Data(
            """
            name: discs
            data: {set: folder, size: [8, 8], channels: 1}
            model: {family: discs, latent: 8, width: 32}
            objective: {loss: bounded}
            optimizers:
              generator: {kind: adam, learning-rate: 5e-3}
              discriminator: {kind: adam, learning-rate: 2e-3}
            training: {epochs: 4, batch: 20}
            evaluation: {samples: 20, batch: 20}
            """.utf8
        ).write(to: recipe)
        var options = TrainerOptions()
        options.root = folder.appending(path: "runs", directoryHint: .isDirectory)
        options.dataPath = data.path
        options.cache = folder.appending(path: "cache", directoryHint: .isDirectory)
        options.threads = 1
        let trainer = try Trainer(
            Recipe.load(recipe.path),
            options: options,
            stop: StopRequest()
        )
        _ = try await trainer.run()

        let model = try GeneratorModel(contentsOf: trainer.folder.url)
        let drawings = try model.draw(model.request(seed: 1, indices: [0, 1, 2, 3]))
        print("\(model.description.family) drew \(drawings.count) pictures")
        let form = RealPictures.Form(width: 8, height: 8, channels: 1)
        let real = try RealPictures(data.path, as: form, notice: { _ in })
        let session = try EvaluationSession(
            of: .model(model, samples: 40, seed: 1),
            against: real,
            epochs: 1,
            keptIn: folder.appending(path: "judges", directoryHint: .isDirectory),
            watch: { _ in }
        )
        let found = try session.evaluation(
            ["fid", "brightness"].compactMap { Metrics.registry[$0] }
        )
        print(found.table)
        guard drawings.count == 4, found.measurements.map(\.name).contains("brightness") else {
            print("outside: a part that was added was not used")
            exit(1)
        }
    }

    /// Pictures of discs of several sizes.
    private static func discs(_ count: Int) -> Data {
        Data(
            (0..<count).flatMap { number in
                (0..<64).map { pixel -> UInt8 in
                    let (x, y) = (Double(pixel % 8) - 3.5, Double(pixel / 8) - 3.5)
                    return x * x + y * y < Double(2 + number % 9) ? 255 : 0
                }
            }
        )
    }
}
