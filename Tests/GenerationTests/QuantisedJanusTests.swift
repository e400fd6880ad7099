import Autoregressive
import Foundation
import Generation
import TestSupport
import Testing
import Torch
import Weights

/// Smaller forms of the small random Janus beside the one that they are made of.
@Suite("quantised Janus")
struct QuantisedJanusTests {
    /// Steps this small are not worth a second thread.
    init() { GeneratorModel.setThreads(1) }

    private static func models(_ scratch: ScratchFolder) throws -> InstalledModels {
        let models = InstalledModels(in: scratch.url.appending(path: "models"))
        _ = try models.add(JanusTests.folder, as: "small")
        return models
    }

    private static func transformer(_ place: URL) throws -> JanusTransformer {
        let published = try PublishedFolder(place)
        return try JanusWeights(
            configuration: published.configuration,
            shapes: published.shapes,
            origin: place.path
        ).transformer(on: .cpu, table: published.table, read: published.tensor)
    }

    /// Of each place of the library's codes, whether the most likely code after those before is the same.
    private static func sameCodes(
        _ transformer: JanusTransformer,
        _ wanted: JanusTests.Expected
    ) -> Double {
        let count = wanted.codes.count
        let codes = Tensor((0..<count).flatMap { _ in wanted.codes }, shape: [count, count])
        let isKnown = Tensor.range(to: count).oneHot(classes: count) .== Tensor(0)
        var sampling = TokenSampling()
        sampling.temperature = 0
        let found: [Int] = transformer.drawn(
            JanusTests.guided(wanted),
            sampling,
            known: (codes, isKnown),
            by: .zeros([count, count])
        ).codes.elements()
        let same = (0..<count).filter { found[$0 * count + $0] == wanted.codes[$0] }
        return Double(same.count) / Double(count)
    }

    @Test(
        "most likely codes are those of the published form",
        arguments: [(InstalledModels.SmallForm.int8, 0.9), (.int4, 0.3)]
    )
    func codes(form: InstalledModels.SmallForm, least: Double) throws {
        let scratch = try ScratchFolder()
        let models = try Self.models(scratch)
        let made = try models.quantise("small", to: form)
        #expect(made.name == "small-\(form.rawValue)" && made.family == "janus")
        #expect(made.network == "text to picture, \(form.rawValue)")
        let place = try #require(models.place(of: made.name))
        let transformer = try Self.transformer(place)
        for wanted in try JanusTests.expected() {
            let share = Self.sameCodes(transformer, wanted)
            print("\(form.rawValue): \(share) of the codes of '\(wanted.prompt)' are the same")
            #expect(share >= least)
        }
        let published = try Self.transformer(JanusTests.folder)
        #expect(Self.sameCodes(published, try JanusTests.expected()[0]) == 1)
    }

    @Test("a smaller form draws, stands beside the published one, and stays without it")
    func adding() throws {
        let scratch = try ScratchFolder()
        let models = try Self.models(scratch)
        var steps = 0
        let made = try models.quantise("small", to: .int4, as: "tiny") { done, all in
            steps += 1
            #expect(done == steps && all >= done)
        }
        #expect(try models.all().map(\.name) == ["small", "tiny"])
        // The same again is there already; another of that name is not replaced.
        #expect(try models.quantise("small", to: .int4, as: "tiny") == made)
        #expect(throws: GenerationError.self) {
            try models.quantise("small", to: .int8, as: "tiny")
        }
        _ = try models.quantise("small", to: .int8, as: "tiny", replaces: true)
        _ = try models.quantise("small", to: .int4, as: "tiny", replaces: true)
        // A form is made of what was published, and of nothing else.
        #expect(throws: (any Error).self) { try models.quantise("tiny", to: .int8) }
        #expect(throws: GenerationError.self) { try models.quantise("other", to: .int8) }
        _ = try models.remove("small")
        let model = try GeneratorModel(contentsOf: try #require(models.place(of: "tiny")))
        let request = DrawingRequest(
            seed: 1,
            count: 2,
            of: "a red cat",
            sampling: SamplingOptions()
        )
        let both = try model.draw(request)
        var second = request
        second.indices = [1]
        #expect(try model.draw(second)[0].picture == both[1].picture)
        #expect(try models.remove("tiny") == made.bytes)
        #expect(try models.all().isEmpty)
    }

    @Test("damage and what was begun are noticed")
    func damage() throws {
        let scratch = try ScratchFolder()
        let models = try Self.models(scratch)
        let left = models.folder.appending(path: ".small-int8.123-456.tmp")
        try FileManager.default.createDirectory(at: left, withIntermediateDirectories: true)
        try Data("{}".utf8).write(to: left.appending(path: "model.safetensors"))
        #expect(try models.all().map(\.name) == ["small"])
        _ = try models.quantise("small", to: .int8)
        #expect(!FileManager.default.fileExists(atPath: left.path))
        let place = try #require(models.place(of: "small-int8"))
        let file = place.appending(path: "model.safetensors")
        let whole = try Data(contentsOf: file)
        func said() -> String {
            do {
                _ = try GeneratorModel(contentsOf: place)
                return "nothing"
            } catch {
                return "\(error)"
            }
        }
        #expect(said() == "nothing")
        var damaged = whole
        damaged[whole.count - 100] ^= 1
        try damaged.write(to: file)
        #expect(said().contains("not as they were written"))
        try whole.prefix(whole.count - 100).write(to: file)
        #expect(said().contains("bytes"))
        try whole.write(to: file)
        #expect(said() == "nothing")
    }

    @Test("weights that have no place in few bits are refused, and nothing is left")
    func otherNumbers() throws {
        let scratch = try ScratchFolder()
        let models = try Self.models(scratch)
        let folder = scratch.url.appending(path: "wrong")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for name in ["config.json", "tokenizer.json"] {
            try FileManager.default.copyItem(
                at: JanusTests.folder.appending(path: name),
                to: folder.appending(path: name)
            )
        }
        let published = try PublishedFolder(JanusTests.folder)
        let tensors = try published.shapes.keys.map { name in
            let own = try published.tensor(name)
            return (name, name.hasSuffix("layers.1.mlp.down_proj.weight") ? own * 1e38 : own)
        }
        try Safetensors.write(tensors, to: folder.appending(path: "model.safetensors"))
        _ = try models.add(folder, as: "wrong")
        #expect(throws: OtherWeightsError.self) { try models.quantise("wrong", to: .int4) }
        let names = try FileManager.default.contentsOfDirectory(atPath: models.folder.path)
        #expect(names.sorted() == ["small", "wrong"])
    }

    @Test("memory is told for each form, and less for fewer bits")
    func memory() throws {
        let scratch = try ScratchFolder()
        let models = try Self.models(scratch)
        let needs = try #require(try models.memory(of: "small"))
        #expect(needs.map(\.precision) == ["bf16", "int8", "int4"])
        #expect(needs.allSatisfy { $0.four > $0.one })
        #expect(needs[0].one > needs[1].one && needs[1].one > needs[2].one)
        _ = try models.quantise("small", to: .int8)
        #expect(try models.memory(of: "small-int8")?.map(\.precision) == ["int8"])
        #expect(Machine.availableMemory.map { $0 > 0 } ?? true)
    }
}
