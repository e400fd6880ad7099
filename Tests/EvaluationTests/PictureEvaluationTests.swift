import Evaluation
import Generation
import TestSupport
import Testing

/// Figures of drawings and of folders of pictures.
@Suite struct PictureEvaluationTests {
    private let form = RealPictures.Form(width: 16, height: 16, channels: 1)

    private func session(
        _ subject: EvaluationSession.Subject,
        _ real: RealPictures,
        in scratch: ScratchFolder
    ) throws -> EvaluationSession {
        try EvaluationSession(
            of: subject,
            against: real,
            epochs: 1,
            keptIn: scratch.url.appending(path: "kept"),
            watch: { _ in }
        )
    }

    private func evaluate(
        _ subject: EvaluationSession.Subject,
        _ real: RealPictures,
        _ metrics: [any Metric],
        in scratch: ScratchFolder
    ) throws -> PictureEvaluation {
        try session(subject, real, in: scratch).evaluation(metrics)
    }

    @Test func aModelIsMeasuredTheSameTwice() throws {
        let scratch = try ScratchFolder()
        let data = scratch.url.appending(path: "mnist")
        try ToyData.write(to: data)
        let real = try RealPictures("mnist", path: data.path, as: form, notice: { _ in })
        let model = try GeneratorModel(
            contentsOf: WordsModel.write(in: scratch, channels: 1, set: "mnist")
        )
        let metrics = Metrics.registry.all
        let first = try evaluate(.model(model, samples: 24, seed: 1), real, metrics, in: scratch)
        var second = try evaluate(.model(model, samples: 24, seed: 1), real, metrics, in: scratch)
        second.seconds = first.seconds
        #expect(first == second)
        #expect(first.drawings == 24 && first.realCounts[0] == real.trainingCount)
        let names = first.measurements.map(\.name)
        for name in ["fid_local", "kid_local", "precision", "coverage", "rfid_local", "psnr"] {
            #expect(names.contains(name), "\(name)")
        }
        #expect(first.measurements.allSatisfy { $0.value.isFinite })
        // Too few drawings for a line through distances.
        #expect(first.omissions.contains { $0.measure == "fid-limit" && $0.reason.contains("24") })
        #expect(first.table.contains("fid_local ↓"))
    }

    @Test func detailsAreKeptForReports() throws {
        let scratch = try ScratchFolder()
        let data = scratch.url.appending(path: "mnist")
        try ToyData.write(to: data)
        let real = try RealPictures("mnist", path: data.path, as: form, notice: { _ in })
        let model = try GeneratorModel(
            contentsOf: WordsModel.write(in: scratch, channels: 1, set: "mnist")
        )
        let (details, sheets) = try session(
            .model(model, samples: 8, seed: 1),
            real,
            in: scratch
        ).details(sweep: 8)
        #expect(details.spectra.map(\.up.count) == [8, 8])
        #expect(details.boldness.map(\.name) == ["precision", "recall"])
        #expect(details.boldness.allSatisfy { $0.up.allSatisfy { (0...1).contains($0) } })
        #expect(sheets.map(\.name) == details.sheets.map(\.file))
        #expect(sheets.count == 3 && sheets.allSatisfy { $0.1.width > 16 })
        // Ten classes, of which four are in the pictures.
        #expect(details.balance.count == 10)
        #expect(abs(details.balance.reduce(0) { $0 + $1.drawings } - 1) < 1e-9)
        #expect(details.balance[0].real == 0.25)
    }

    @Test func picturesAreNearThemselvesAndFarFromOthers() throws {
        let scratch = try ScratchFolder()
        let data = scratch.url.appending(path: "mnist")
        try ToyData.write(to: data)
        let real = try RealPictures("mnist", path: data.path, as: form, notice: { _ in })
        let own = try evaluate(
            .pictures(real),
            real,
            ["fid", "pr", "memory"].compactMap { Metrics.registry[$0] },
            in: scratch
        )
        func figure(_ name: String, _ evaluation: PictureEvaluation) throws -> Double {
            try #require(evaluation.measurements.first { $0.name == name }).value
        }
        #expect(try figure("nearest_training", own) < 1e-3)
        #expect(try figure("precision", own) > 0.9)
        let folder = scratch.url.appending(path: "others")
        try ToyData.writeNoise(6, to: folder)
        let others = try RealPictures(folder.path, as: form, notice: { _ in })
        #expect(others.count == 12)
        let far = try evaluate(
            .pictures(others),
            real,
            ["fid", "ifid", "rfid"].compactMap { Metrics.registry[$0] },
            in: scratch
        )
        #expect(try figure("fid_local", far) > figure("fid_local", own) + 1)
        #expect(far.omissions.map(\.measure) == ["ifid", "rfid"])
    }

    /// A metric of one's own.
    private struct Brightness: Metric {
        let name = "brightness"
        let summary = "the mean of all numbers of the drawings"

        func outcome(_ comparison: Comparison) throws -> MetricOutcome {
            let drawn = comparison.drawn
            let mean = drawn.pictures(Array(0..<drawn.count)).mean().item()
            return .measured([Measurement(name, mean, drawings: drawn.count)])
        }
    }

    @Test func aMetricOfOnesOwnIsTakenByName() throws {
        Metrics.registry.add(Brightness())
        #expect(Set(Metrics.registry.all.map(\.name)).count == Metrics.registry.all.count)
        let scratch = try ScratchFolder()
        let data = scratch.url.appending(path: "mnist")
        try ToyData.write(to: data)
        let real = try RealPictures("mnist", path: data.path, as: form, notice: { _ in })
        let metric = try #require(Metrics.registry["brightness"])
        let found = try evaluate(.pictures(real), real, [metric], in: scratch)
        #expect(found.measurements.map(\.name) == ["brightness"])
        #expect((-1...1).contains(found.measurements[0].value))
    }
}
