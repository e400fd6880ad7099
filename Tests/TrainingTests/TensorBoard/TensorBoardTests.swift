import Foundation
import TestSupport
import Testing
import Training

/// What TensorBoard itself shows of the files written here.
///
/// Skipped, with this sentence, where `scripts/check-tensorboard` cannot install TensorBoard.
@Suite(
    "TensorBoard reads all five kinds through both of its loaders",
    .enabled(if: TensorBoardCheck.isAvailable, "TensorBoard cannot be installed on this machine")
)
struct TensorBoardTests {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    /// A picture of one white pixel.
    static let png = Data(
        base64Encoded:
            "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAsTj2FAAAAABJRU5E"
            + "rkJggg=="
    )

    @Test("a run that was stopped after step 4, and went on from step 2")
    func allKinds() throws {
        let png = try #require(Self.png)
        let run = folder.url.appending(path: "00000-test")
        try FileManager.default.createDirectory(at: run, withIntermediateDirectories: true)
        let metrics = ["Evaluation/test_acc"]
        try write(to: run, resumeStep: nil, steps: 0..<5) { writer in
            writer.hyperparameters(
                ["learning-rate": 1e-4, "family": "dcgan", "conditional": true],
                metrics: metrics,
                group: "00000-test"
            )
            writer.text("Run/recipe", "**name**: seed-dcgan")
            writer.text("Run/notes", rows: ["one", "two"])
        }
        try write(to: run, resumeStep: 2, steps: 3..<6) { writer in
            writer.images("Samples/fakes", [png, png], width: 1, height: 1, step: 5)
            writer.histogram("Weights/G", [-1, -1, 0, 2], step: 5)
            writer.histogram("Weights/constant", [3, 3], step: 5)
            writer.scalars(["Evaluation/test_acc": 0.75], step: 5)
            writer.endSession(.success)
        }
        let report = try TensorBoardCheck.report(on: folder.url)
        for (loader, board) in report {
            let loss = try #require(board.scalars.first { $0.tag == "Loss/G/loss" })
            #expect(loss.run == "00000-test")
            // What the first file says of steps after the second's start is dropped.
            #expect(loss.steps == [0, 1, 2, 3, 4, 5], "\(loader)")
            #expect(loss.values == ["0.0", "1.0", "2.0", "103.0", "104.0", "105.0"], "\(loader)")
            #expect(board.images.map(\.tag) == ["Samples/fakes", "Samples/fakes"])
            #expect(board.images.map(\.sample) == [0, 1])
            #expect(
                board.images.allSatisfy { $0.step == 5 && $0.sha256.hasPrefix("d44c0303173ecdb8") }
            )
            let weights = try #require(board.histograms.first { $0.tag == "Weights/G" })
            #expect(weights.buckets.count == 30)
            #expect(weights.buckets.first == [-1, -0.9, 2])
            #expect(weights.buckets.last?.last == 1)
            let constant = try #require(board.histograms.first { $0.tag == "Weights/constant" })
            #expect(constant.buckets.last == [3, 3, 2])
            let recipe = try #require(board.text.first { $0.tag == "Run/recipe" })
            #expect(recipe.html.contains("<strong>name</strong>: seed-dcgan"))
            let notes = try #require(board.text.first { $0.tag == "Run/notes" })
            #expect(notes.html.contains("<td><p>two</p></td>"))
            let row = try #require(board.hparams.first)
            #expect(row.hparams["learning-rate"] == .number(1e-4))
            #expect(row.hparams["family"] == .text("dcgan"))
            #expect(row.hparams["conditional"] == .flag(true))
            #expect(row.metrics == ["Evaluation/test_acc": 0.75])
            #expect(row.sessions.map(\.status) == ["STATUS_SUCCESS"])
        }
        #expect(report.keys.sorted() == ["fast", "python"])
    }

    /// Writes one file; losses of a run that went on are greater by 100.
    private func write(
        to run: URL,
        resumeStep: Int?,
        steps: Range<Int>,
        more: (EventWriter) -> Void
    ) throws {
        let writer = try EventWriter(folder: run, resumeStep: resumeStep)
        more(writer)
        for step in steps {
            writer.scalars(
                ["Loss/G/loss": Double(step + (resumeStep == nil ? 0 : 100))],
                step: step
            )
        }
        try writer.synchronize()
    }
}
