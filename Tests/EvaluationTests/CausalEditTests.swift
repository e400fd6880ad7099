import Evaluation
import Generation
import TestSupport
import Testing

/// What moves when one thing in a prompt does.
@Suite struct CausalEditTests {
    @Test func onlyWhatIsAskedForOtherwiseMoves() throws {
        let scratch = try ScratchFolder()
        let data = scratch.url.appending(path: "mnist")
        try ToyData.write(to: data)
        let model = try GeneratorModel(
            contentsOf: WordsModel.write(in: scratch, channels: 1, set: "mnist")
        )
        func edit(_ from: String, _ to: String) throws -> (edit: CausalEdit, drawings: [Drawing]) {
            try CausalEdit.measured(
                of: model,
                (from, to),
                pairs: 6,
                seed: 3,
                data: data.path,
                epochs: 1,
                keptIn: scratch.url.appending(path: "kept"),
                watch: { _ in }
            )
        }
        let same = try edit("red apple", "red apple")
        #expect(same.edit.pixels == 0 && same.edit.moved == 0)
        #expect(same.edit.heads.map(\.name) == ["concept", "skin tone", "group"])
        #expect(same.edit.heads.allSatisfy { $0.kept == 1 && $0.before == $0.after })
        let other = try edit("red apple", "green pear")
        #expect(other.edit.pixels > 0 && other.edit.moved > 0)
        #expect(other.drawings.count == 12 && other.drawings[0].picture == same.drawings[0].picture)
        let styles = try GeneratorModel(contentsOf: StylesModel.write(in: scratch.url))
        #expect(throws: GenerationError.noWords(model: "styles")) {
            try CausalEdit.measured(
                of: styles,
                ("a", "b"),
                pairs: 2,
                seed: 0,
                data: nil,
                keptIn: scratch.url,
                watch: { _ in }
            )
        }
    }
}
