import Foundation
import Generation
import Imaging
import Prompts
import Requests
import TestSupport
import Testing
import Torch
import Weights

/// A published BigGAN-deep as a model among others: what it draws when it is asked, and what it refuses.
@Suite("BigGAN-deep as a model")
struct BigGANModelTests {
    static let older = BigGANTests.folder.appending(path: "older")

    init() { GeneratorModel.setThreads(1) }

    private static func asked(_ text: String) throws -> Prompt {
        try #require(try Prompt.all(of: text).first)
    }

    private static func drawn(
        _ model: GeneratorModel,
        _ text: String,
        _ indices: [Int] = [0]
    ) throws -> [Drawing] {
        try model.imagine(asked(text), by: PromptRules(), seed: 3, indices: indices)
    }

    @Test("a folder that was added draws classes by name and by number, and stays")
    func addedFolder() throws {
        let scratch = try ScratchFolder()
        let models = InstalledModels(in: scratch.url.appending(path: "models"))
        let added = try models.add(Self.older, as: "biggan")
        #expect(added[0].family == "biggan" && added[0].network == "class to picture")
        #expect(added[0].bytes > 200_000)
        let model = try GeneratorModel(contentsOf: try #require(models.place(of: "biggan")))
        #expect(model.size == (16, 16) && model.description.recipe == "biggan")
        #expect(model.description.classNames.count == 1000)
        #expect(Set(model.description.classNames).count == 1000)
        #expect(model.description.classNames[207] == "golden retriever")
        #expect(!model.summary.takesText && model.explores)
        let named = try Self.drawn(model, "golden retriever")[0]
        #expect(named.record.className == "golden retriever")
        #expect(named.record.sampling.truncation == 0.4)
        for text in ["207", "Golden Retriever"] {
            #expect(try Self.drawn(model, text)[0].picture == named.picture, "\(text)")
        }
        #expect(try Self.drawn(model, "tench")[0].picture != named.picture)
        // What words are a kind of changes no name of a class.
        try SmallWordNet.write(to: scratch.url.appending(path: "words"))
        model.knowledge = try WordNet(contentsOf: scratch.url.appending(path: "words"))
        let read = try Self.drawn(model, "golden retriever")[0]
        #expect(read.picture == named.picture && read.record.readings == nil)
        #expect(try models.remove("biggan") == 0)
        #expect(PublishedFolder.isOne(Self.older))
    }

    @Test("a picture is the same alone, among others, and in another process's place")
    func company() throws {
        let all = try Self.drawn(GeneratorModel(contentsOf: Self.older), "tabby", [0, 1, 4])
        #expect(Set(all.map(\.picture.samples)).count == 3)
        let model = try GeneratorModel(contentsOf: Self.older)
        #expect(try Self.drawn(model, "tabby", [4])[0].picture == all[2].picture)
        // Where nothing is asked for, one class comes after the other.
        let open = try model.draw(model.request(seed: 3, indices: [0, 207]))
        #expect(open.map(\.record.className) == ["tench", "golden retriever"])
    }

    @Test("classes count by their weights, and styles by the truncation")
    func shares() throws {
        let model = try GeneratorModel(contentsOf: Self.older)
        let one = try Self.drawn(model, "tabby::2")[0]
        let both = try Self.drawn(model, "tabby::3 golden retriever::1")[0]
        let more = try Self.drawn(model, "tabby::6 golden retriever::2")[0]
        #expect(both.picture == more.picture && both.picture != one.picture)
        #expect(both.record.className == nil && one.record.className == "tabby")
        func truncation(_ text: String) throws -> Double {
            try model.request(Self.asked("tabby \(text)"), seed: 1, indices: [0]).sampling
                .truncation
        }
        #expect(try truncation("--stylize 0") == 1 && truncation("--raw") == 1)
        #expect(try abs(truncation("--stylize 100") - 0.4) < 1e-9)
        #expect(try abs(truncation("--stylize 1000") - 0.2) < 1e-9)
    }

    @Test("the ways of models that draw in one step lead through it, too")
    func ways() throws {
        let model = try GeneratorModel(contentsOf: Self.older)
        let request = try model.request(Self.asked("tabby"), seed: 3, indices: [0])
        let own = try model.draw(request)[0]
        let middle = try model.explored(Exploration(), request)
        #expect(middle.picture == own.picture)
        var between = request
        between.indices = [0, 1]
        let walk = try model.walked(.spherical, steps: 3, between)
        #expect(walk.count == 3 && walk[0] == own.picture)
        var near = request
        near.indices = [0, 1]
        let varied = try model.variations(of: own.picture, name: "own.png", .subtle, near)
        #expect(varied.count == 2 && varied[0].picture != varied[1].picture)
        let layers = try model.layers(request, channels: 1).layers.map(\.view.name)
        #expect(layers.first == "gen_z" && layers.last == "rgb" && layers.contains("layers.1"))
    }

    @Test("what it cannot do it says, with the reason")
    func reasons() throws {
        let model = try GeneratorModel(contentsOf: Self.older)
        #expect(model.missing[.infilling] == "it draws whole pictures alone")
        for wrong in ["tabby --no fur", "tabby --stop 50", "tabby --ar 2:1", "tabby --weird 100"] {
            #expect(throws: PromptError.self, "\(wrong)") { try Self.drawn(model, wrong) }
        }
        func said(_ text: String) -> String {
            do { _ = try Self.drawn(model, text) } catch { return "\(error)" }
            return "nothing"
        }
        #expect(said("golden retreiver").contains("is 'golden retriever' meant?"))
        let other = said("a bowl of soup on the moon")
        #expect(other.contains("its 1000") && other.contains("0 to 999") && other.count < 250)
        #expect(said("1000").contains("0 to 999"))
        #expect(said("tabby::1 unicorn::1").contains("'unicorn'"))
        #expect(said("tabby::1 tench::-0.5").contains("avoids nothing"))
    }

    @Test("what is missing, other or hostile is refused before memory is taken")
    func refusals() throws {
        func said(_ old: String, _ new: String) throws -> String {
            let scratch = try ScratchFolder()
            let copy = scratch.url.appending(path: "model")
            try FileManager.default.copyItem(at: Self.older, to: copy)
            let file = copy.appending(path: "config.json")
            let text = try String(contentsOf: file, encoding: .utf8)
            #expect(text.contains(old), "\(old)")
            try text.replacingOccurrences(of: old, with: new)
                .write(to: file, atomically: true, encoding: .utf8)
            do {
                _ = try InstalledModels(in: scratch.url).add(copy, as: "x")
            } catch {
                return "\(error)"
            }
            return "nothing"
        }
        for (old, new, wanted) in [
            ("\"n_stats\": 51", "\"n_stat\": 51", "has no n_stats"),
            ("\"n_stats\": 51", "\"n_stats\": 1000000000000", "n_stats 1000000000000"),
            ("\"n_stats\": 51", "\"n_stats\": 1e400", "config.json"),
            ("\"n_stats\": 51", "\"n_stats\": 50", "running_means: expected"),
            ("\"z_dim\": 3", "\"z_dim\": -3", "z_dim -3, expected 1 to 4096"),
            ("\"channel_width\": 4", "\"channel_width\": 4096", "channel_width 4096"),
            ("\"channel_width\": 4", "\"channel_width\": \"4\"", "channel_width"),
            ("\"eps\": 0.0001", "\"eps\": -1", "eps -1"),
            ("\"attention_layer_position\": 1", "\"attention_layer_position\": -1", "0 to 64"),
            ("\"attention_layer_position\": 1", "\"attention_layer_position\": 2", "missing"),
            ("\"attention_layer_position\"", "\"model_type\": \"vit\", \"x\"", "'vit'"),
            ("\"layers\": [", "\"layers\": [[true, 16, 16], ", "does not fit the model"),
            ("\"layers\": [", "\"layers\": [[true, 9, 9], ", "layer 0 9, expected 16 to 16"),
            ("\"layers\": [", "\"layers\": [[true, 16], ", "config.json"),
            ("8,\n      4", "4922337203685477587,\n      4", "expected 8 to 8"),
            ("{", "[", "none"),
        ] {
            let found = try said(old, new)
            #expect(found.contains(wanted), "\(new): \(found)")
        }
    }

    @Test("weights of another network, and numbers that are none, are refused by name")
    func badNumbers() throws {
        let published = try PublishedFolder(Self.older)
        func said(_ change: (inout [String: Tensor]) -> Void) throws -> String {
            let scratch = try ScratchFolder()
            var tensors: [String: Tensor] = [:]
            for name in published.shapes.keys { tensors[name] = try published.tensor(name) }
            change(&tensors)
            try Safetensors.write(
                tensors.map { (name: $0, tensor: $1) },
                to: scratch.url.appending(path: "model.safetensors")
            )
            try published.configuration.write(to: scratch.url.appending(path: "config.json"))
            do {
                _ = try GeneratorModel(contentsOf: scratch.url)
            } catch {
                return "\(error)"
            }
            return "nothing"
        }
        let norm = "generator.layers.0.bn_1"
        #expect(try said { _ in } == "nothing")
        let missing = try said { $0["\(norm).running_vars"] = nil }
        #expect(missing.contains("missing    \(norm).running_vars"))
        let shape = try said { $0["\(norm).running_means"] = .zeros([51, 3]) }
        #expect(shape.contains("\(norm).running_means") && shape.contains("found"))
        let below = try said { $0["\(norm).running_vars"] = .full([51, 16], -1) }
        #expect(below.contains("\(norm).running_vars has variances below zero"))
        #expect(
            try said { $0["generator.gen_z.weight_u"] = .zeros([1024]) }.contains(
                "the norm of generator.gen_z.weight_orig is 0"
            )
        )
        let other = try said { $0 = ["conv1.weight": .zeros([3])] }
        #expect(other.contains("gen_z.weight_orig is expected") && other.contains("conv1.weight"))
    }
    @Test("numbers that are none are found in the program's own form, too")
    func notNumbers() throws {
        let scratch = try ScratchFolder()
        let copy = scratch.url.appending(path: "model")
        try FileManager.default.copyItem(at: Self.older, to: copy)
        let name = "generator.bn.weight"
        let row: [Float] = try PublishedFolder(copy).tensor(name).elements()
        let file = copy.appending(path: "pytorch_model.bin")
        var data = try Data(contentsOf: file)
        let place = try #require(data.range(of: row.withUnsafeBytes { Data($0) }))
        let none: [Float] = [.nan]
        let first = place.lowerBound..<place.lowerBound + 4
        none.withUnsafeBytes { data.replaceSubrange(first, with: $0) }
        try data.write(to: file)
        do {
            _ = try GeneratorModel(contentsOf: copy)
            Issue.record("it was taken")
        } catch {
            #expect("\(error)".contains("\(name) has numbers that are infinite or none"))
        }
    }
}
