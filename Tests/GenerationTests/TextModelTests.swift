import Foundation
import Generation
import Prompts
import Runs
import TestSupport
import Testing
import Torch

/// Models that are asked with words.
@Suite struct TextModelTests {
    private let scratch: ScratchFolder
    private let file: URL

    init() throws {
        scratch = try ScratchFolder()
        file = try WordsModel.write(in: scratch)
    }

    @Test func wordsDecide() throws {
        let model = try GeneratorModel(contentsOf: file)
        func draw(_ text: String?) throws -> [Drawing] {
            try model.draw(DrawingRequest(seed: 3, count: 3, of: text))
        }
        let apples = try draw("red apple")
        #expect(apples.map(\.record.parts) == Array(repeating: parts(("red apple", 1)), count: 3))
        #expect(apples[0].record.className == nil)
        #expect(try draw("Red APPLE").map(\.picture) == apples.map(\.picture))
        #expect(try draw("green pear").map(\.picture) != apples.map(\.picture))
        #expect(try draw(nil).map(\.picture) != apples.map(\.picture))
        #expect(try draw("").map(\.picture) == draw(nil).map(\.picture))
        let alone = try model.draw(
            DrawingRequest(seed: 3, indices: [2], parts: parts(("red apple", 1)))
        )
        #expect(alone[0].picture == apples[2].picture)
    }

    /// Four pieces of a text count.
    @Test func longTextsAreNamed() throws {
        let model = try GeneratorModel(contentsOf: file)
        let prompt = try #require(try Prompt.all(of: "red:: green pear with a red apple").first)
        #expect(model.longTexts(in: prompt) == ["green pear with a red apple"])
    }

    private func parts(_ parts: (String, Double)...) -> [Prompt.Part] {
        parts.map { Prompt.Part(text: $0.0, weight: $0.1) }
    }

    /// Picture 3 of 8 is picture 3 alone, whatever is asked for and however.
    @Test(arguments: [
        "red apple", "red:: apple::2", "red apple --no green pear", "red --quality 2 --weird 250",
        "red --chaos 70 --stop 50 --stylize 0", "red --raw", "red --sameseed",
    ])
    func aPictureIsTheSameInAnyCompany(_ text: String) throws {
        let model = try model(withCritic: true)
        let prompt = try #require(try Prompt.all(of: text).first)
        func draw(_ indices: [Int]) throws -> [Drawing] {
            try model.draw(model.request(prompt, seed: 7, indices: indices))
        }
        let all = try draw(Array(0..<8))
        #expect(try draw([3])[0].picture == all[3].picture)
        #expect(try draw([5, 3])[1].picture == all[3].picture)
        let again = try model.draw(again: all[3].record, name: "3")
        #expect(again.picture == all[3].picture)
    }

    /// With the discriminator beside the network.
    private func model(withCritic: Bool) throws -> GeneratorModel {
        let model = try GeneratorModel(contentsOf: file)
        try WordsModel.writeCritic(of: model.description, beside: file)
        return model
    }

    @Test func parametersHaveMeaning() throws {
        let model = try GeneratorModel(contentsOf: file)
        func sampling(_ text: String) throws -> SamplingOptions {
            let prompt = try #require(try Prompt.all(of: "red \(text)").first)
            return try model.request(prompt, seed: 1, indices: [0]).sampling
        }
        let usual = try sampling("")
        #expect(try sampling("--stylize 0").guidance > usual.guidance)
        #expect(abs(try sampling("--stylize 1000").guidance - 1) < 1e-9)
        #expect(try sampling("--chaos 100").topP == 1)
        #expect(try sampling("--chaos 100").temperature ?? 1 > usual.temperature ?? 1)
        #expect(try sampling("--weird 3000").unlikeliestOf == 13)
        #expect(try sampling("--quality 4").quality == 4)
        #expect(try sampling("--stop 10").sampledFraction == 0.1)
        #expect(try sampling("--raw").guidance == 1)
        #expect(throws: PromptError.self) { try sampling("--quality 0.5") }
        #expect(throws: PromptError.self) { try sampling("--niji") }
    }

    @Test func unknownWordsAreTold() throws {
        let model = try GeneratorModel(contentsOf: file)
        let prompt = try #require(try Prompt.all(of: "a Red aple and qqqqqqqq").first)
        let unknown = model.unknownWords(in: prompt)
        #expect(unknown.map(\.word) == ["aple", "qqqqqqqq"])
        #expect(unknown.map(\.nearest) == ["apple", nil])
    }

    /// However long a text is, it is looked at in no time: each word once, few compared with all known ones.
    @Test func longTextsOfUnknownWordsAreTold() throws {
        let model = try GeneratorModel(contentsOf: file)
        let words = (0..<2000).map { "aplx\($0 % 1000)" } + [String(repeating: "w", count: 9000)]
        let prompts = try Prompt.all(of: words.joined(separator: " ") + " {one, two, three}")
        let unknown = model.unknownWords(in: prompts)
        #expect(Set(unknown.map(\.word)).count == unknown.count)
        #expect((1001...1004).contains(unknown.count))
        #expect(unknown.filter { $0.nearest != nil }.count <= 50)
        #expect(unknown.first { $0.word.hasPrefix("ww") }?.nearest == nil)
    }

    /// In fewer bits weights draw nearly the same, and can be written in other types again.
    @Test(arguments: [WeightsExport.Precision.bfloat16, .float16, .int8])
    func weightsArePassedOnInFewerBits(_ precision: WeightsExport.Precision) throws {
        let model = try model(withCritic: true)
        let target = scratch.url.appending(path: "passed-on.safetensors")
        let export = try WeightsExport(of: file, to: target, as: precision)
        #expect(export.discriminator == RunFolder.critic(beside: target))
        let size = { (file: URL) in try Data(contentsOf: file).count }
        #expect(try size(target) < size(file))
        let types = try Safetensors.readHeader(of: target).outlines.values.map(\.dtype)
        #expect(types.contains(.uint8) == (precision == .int8))
        let short = try GeneratorModel(contentsOf: target)
        #expect(short.digest != model.digest && short.description == model.description)
        var request = DrawingRequest(seed: 1, count: 2, of: "red apple")
        request.sampling.quality = 2
        let drawn = try short.draw(request).map(\.picture)
        #expect(drawn.count == 2)
        let back = scratch.url.appending(path: "back.safetensors")
        _ = try WeightsExport(of: target, to: back, as: .float32)
        #expect(try GeneratorModel(contentsOf: back).draw(request).map(\.picture) == drawn)
    }
}
