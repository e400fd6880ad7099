import Evaluation
import Foundation
import Generation
import TestSupport
import Testing

/// The card's tables hold what was measured.
@Suite struct ModelCardTests {
    /// Trains a judge on digits, and has a network with random weights draw for it.
    @Test func aModelIsMeasured() throws {
        let scratch = try ScratchFolder()
        let data = scratch.url.appending(path: "mnist")
        try ToyData.write(to: data)
        let model = try GeneratorModel(
            contentsOf: WordsModel.write(in: scratch, channels: 1, set: "mnist")
        )
        var effort = ModelCard.Effort()
        (effort.prompts, effort.curvePrompts, effort.judgeEpochs) = (3, 2, 1)
        func measured() throws -> ModelCard {
            try ModelCard(
                of: model,
                effort: effort,
                data: data.path,
                keptIn: scratch.url.appending(path: "judges"),
                notice: { _ in }
            )
        }
        let card = try measured()
        #expect(card.digest == model.digest)
        #expect(card.rows[0].prompts.drawings == 12)
        #expect(card.rows[0].distances?.frechet.isFinite == true)
        #expect(card.rows.map(\.name).contains("*real pictures, seen, made from their codes*"))
        #expect(card.guidance.map(\.name) == ["1.0", "1.5", "2.0", "3.0", "4.0"])
        // The judge is kept, and chance is the seeds'; digits have no Chinese names.
        #expect(card.rows[1].prompts.drawings == 0)
        #expect(try measured() == card)
    }

    /// Damaged pictures and repaired ones are compared with real ones.
    @Test func repairsAreMeasured() throws {
        let scratch = try ScratchFolder()
        let data = scratch.url.appending(path: "mnist")
        try ToyData.write(to: data)
        for (factor, damages) in [(1, 5), (2, 1)] {
            let model = try GeneratorModel(
                contentsOf: RepairModel.write(
                    in: scratch,
                    factor: factor,
                    channels: 3,
                    set: "mnist"
                )
            )
            let card = try RepairCard(
                of: model,
                pictures: 4,
                judgeEpochs: 1,
                data: data.path,
                keptIn: scratch.url.appending(path: "judges"),
                notice: { _ in }
            )
            #expect(card.rows.count == 2 * damages)
            #expect(card.rows.allSatisfy { $0.pictures > 0 && $0.psnr > 0 && $0.psnr < 100 })
            #expect(card.rows.allSatisfy { $0.frechet > 0 })
            #expect(card.markdown.contains("| \(card.rows[0].name) | \(card.rows[0].pictures) |"))
        }
    }

    @Test func tablesHoldTheFigures() throws {
        let json = """
            {"digest": "a", "guidance": [], "temperature": [], "rows": [{"name": "seen", "prompts":
            {"drawings": 8, "group": 0.5, "concept": 0.25, "conceptInFive": 0.375, "role": 1,
            "tone": 0}, "distances": {"frechet": 12.34, "precision": 0.5, "recall": 0.25,
            "copies": 0.125, "distance": 0.031}}]}
            """
        let card = try JSONDecoder().decode(ModelCard.self, from: Data(json.utf8))
        #expect(
            card.markdown.contains("| seen | 8 | 50.0 % | 25.0 % | 37.5 % | 100.0 % | 0.0 % |")
        )
        #expect(card.markdown.contains("| seen | 12.3 | 0.500 | 0.250 | 12.5 % | 0.031 |"))
    }
}
