import Autoregressive
import Foundation
import Neural
import TestSupport
import Testing
import Torch

/// Networks with weights of other programs, against what those programs give.
@Suite struct OtherWeightsTests {
    private static let key = OtherWeights.key

    private static func cases(_ operation: String) throws -> [FixtureCase] {
        try FixtureCase.all(in: "other-networks").filter { $0.operation == operation }
    }

    /// The tensors that a case lists, made as `scripts/fixtures/other_networks.py` makes them.
    private static func tensors(_ found: FixtureCase) throws -> [String: Tensor] {
        guard case .list(let lines) = found.options["state"] else { return [:] }
        var state: [String: Tensor] = [:]
        for case .text(let line) in lines {
            let parts = line.split(separator: " ").map(String.init)
            let shape = parts[1].split(separator: "x").compactMap { Int($0) }
            let scale = try #require(Double(parts[2]))
            let shift = try #require(Double(parts[3]))
            state[parts[0]] = NamedNumbers.tensor(parts[0], shape, scale: scale, shift: shift)
        }
        return state
    }

    private static func weights(_ found: FixtureCase) throws -> OtherWeights {
        try OtherWeights(tensors: tensors(found), metadata: [key: found.text("metadata")])
    }

    @Test(arguments: try OtherWeightsTests.cases("tokenizer"))
    func tokenizersGiveWhatTheirProgramsGive(_ found: FixtureCase) throws {
        let network = try Self.weights(found).tokenizer()
        let wanted = found.tensor("codes")
        let rows = found.integer("rows")
        for (dtype, tolerance) in [(DType.float32, 2e-5), (.float64, 1e-9)] {
            network.convert(to: dtype)
            let pictures = found.tensor("images", as: dtype)
            let vectors = network.vectors(of: pictures)
            #expect(mismatch(vectors, found.tensor("vectors"), tolerance: tolerance) == nil)
            let codes = network.codes(of: pictures)
            #expect(codes.elements(as: Int.self) == wanted.elements(as: Int.self))
            #expect(codes.shape == wanted.shape)
            let restored = found.tensor("restored")
            let both = network(pictures)
            #expect(both.codes.flattened(from: 1).shape == wanted.shape)
            #expect(mismatch(both.restored, restored, tolerance: tolerance) == nil)
            let drawn = network.pictures(of: wanted, rows: rows, columns: codes.size(1) / rows)
            #expect(mismatch(drawn, restored, tolerance: tolerance) == nil)
        }
    }

    @Test(arguments: try OtherWeightsTests.cases("transformer"))
    func transformersGiveWhatTheirProgramGives(_ found: FixtureCase) throws {
        let network = try Self.weights(found).transformer()
        let (labels, known) = (found.tensor("labels"), found.tensor("known"))
        for (dtype, tolerance) in [(DType.float32, 2e-5), (.float64, 1e-6)] {
            network.convert(to: dtype)
            let logits = network(labels, known)
            #expect(mismatch(logits, found.tensor("logits"), tolerance: tolerance) == nil)
            let walk = network.walk(labels, dtype: dtype)
            for place in 0..<known.size(1) {
                let wanted = found.tensor("cached").selected(place, along: 1)
                #expect(mismatch(walk.logits, wanted, tolerance: tolerance) == nil)
                guard place < known.size(1) - 1 else { break }
                walk.append(known.sliced(place..<place + 1, along: 1))
            }
        }
        var sampling = TokenSampling()
        sampling.temperature = 0
        let chances = Tensor.zeros(known.shape)
        for (guidance, name) in [(1, "unguided"), (found.number("guidance"), "guided")] {
            let drawn = network.draw(
                labels,
                guidance: guidance,
                sampling,
                by: chances,
                dtype: .float64
            )
            #expect(drawn.elements(as: Int.self) == found.tensor(name).elements(as: Int.self))
        }
    }

    @Test func settingsAreThoseOfThePublishedNetworks() throws {
        func network(_ json: String) throws -> OtherWeights.Network {
            try OtherWeights(tensors: [:], metadata: [Self.key: json]).network
        }
        // Arguments left out have the program's defaults.
        let tokenizer = try network(
            #"{"family": "llamagen-vq", "network": "VQModel", "arguments": {}}"#
        )
        #expect(tokenizer == .tokenizer(.llamaGen(factor: 16), .llamaGen))
        let smallest = try network(
            #"""
            {"family": "llamagen-gpt", "network": "Transformer",
             "arguments": {"dim": 768, "n_layer": 12, "n_head": 12}}
            """#
        )
        #expect(smallest == .transformer(.init()))
        let taming = try network(
            #"""
            {"family": "taming-vqgan", "network": "VQModel", "arguments":
             {"ch": 128, "ch_mult": [1, 1, 2, 2, 4], "num_res_blocks": 2, "resolution": 256,
              "attn_resolutions": [16], "in_channels": 3, "out_ch": 3, "z_channels": 256,
              "double_z": false, "dropout": 0.0, "n_embed": 1024, "embed_dim": 256}}
            """#
        )
        #expect(taming == .tokenizer(.init(), .taming))
        var widths = LlamaGenTransformer.Settings()
        for (width, hidden) in [(768, 2048), (1024, 2816), (1280, 3584), (1536, 4096)] {
            widths.width = width
            #expect(widths.hidden == hidden)
        }
        for other in [VQGAN.Settings.llamaGen(factor: 8), .llamaGen(factor: 16), .init()] {
            let written = try JSONEncoder().encode(other)
            #expect(try JSONDecoder().decode(VQGAN.Settings.self, from: written) == other)
        }
    }

    /// Everything that differs is said at once, under the names of the original.
    @Test(arguments: ["taming", "llamagen-tokenizer", "llamagen-transformer"])
    func otherTensorsAreRefused(_ name: String) throws {
        let found = try FixtureCase.named(name, in: "other-networks")
        func refused(_ change: (inout [String: Tensor]) -> Void) throws -> StateMismatch {
            var tensors = try Self.tensors(found)
            change(&tensors)
            let weights = try OtherWeights(
                tensors: tensors,
                metadata: [Self.key: found.text("metadata")],
                origin: "some.safetensors"
            )
            return try #require(throws: StateMismatch.self) {
                if name.hasSuffix("transformer") {
                    _ = try weights.transformer()
                } else {
                    _ = try weights.tokenizer()
                }
            }
        }
        let names = try Self.tensors(found).keys.sorted()
        for name in names {
            #expect(try refused { $0[name] = nil }.missing == [name])
        }
        let all = try refused {
            $0[names[0]] = nil
            $0["strange.weight"] = .zeros([1])
            $0[names[1]] = .zeros([7, 1])
            $0[names[2]] = $0[names[2]]?.converted(to: .int64)
        }
        #expect(all.missing == [names[0]] && all.unexpected == ["strange.weight"])
        #expect(all.different.map(\.name) == [names[1], names[2]])
        #expect("\(all)".contains("some.safetensors") && "\(all)".contains("float32[7×1]"))
    }

    /// Losses and counts of use are left aside, and short types taken.
    @Test func whatTrainingKeepsIsLeftAside() throws {
        for (name, extra) in [
            ("taming", "loss.discriminator.main.0.weight"),
            ("llamagen-tokenizer", "quantize.codebook_used"),
        ] {
            let found = try FixtureCase.named(name, in: "other-networks")
            var tensors = try Self.tensors(found).mapValues { $0.converted(to: .bfloat16) }
            tensors[extra] = .zeros([3])
            let weights = try OtherWeights(
                tensors: tensors,
                metadata: [Self.key: found.text("metadata")]
            )
            let network = try weights.tokenizer()
            let vectors = network.vectors(of: found.tensor("images", as: .float32))
            #expect(vectors.dtype == .float32)
            #expect(mismatch(vectors, found.tensor("vectors"), tolerance: 0.1) == nil)
            #expect(!network.isTraining)
        }
    }

    /// No memory is taken for a network that is not in the file.
    @Test func settingsBeyondTheFileAreRefused() throws {
        for (family, arguments) in [
            ("llamagen-vq", #""ch": 4096, "encoder_ch_mult": [64], "decoder_ch_mult": [64]"#),
            ("llamagen-gpt", #""dim": 65536, "n_layer": 1024, "n_head": 1024"#),
        ] {
            let json = #"{"family": "\#(family)", "network": "N", "arguments": {\#(arguments)}}"#
            let weights = try OtherWeights(
                tensors: ["a": .zeros([3])],
                metadata: [Self.key: json],
                origin: "some.safetensors"
            )
            let error = try #require(throws: OtherWeightsError.self) {
                if family.hasSuffix("gpt") {
                    _ = try weights.transformer()
                } else {
                    _ = try weights.tokenizer()
                }
            }
            #expect(error.description.hasPrefix("some.safetensors: its settings make a network"))
            #expect(error.description.contains("its tensors have 3"))
        }
    }

    /// Networks that are not loaded start from random weights and learn.
    @Test(arguments: [VQGAN.Choice.nearest, .direction])
    func tokenizersCanBeTrained(_ choice: VQGAN.Choice) {
        let source = RandomSource(seed: 3)
        var settings = VQGAN.Settings()
        (settings.width, settings.multiples, settings.blocks) = (32, [1, 2], 1)
        (settings.attention, settings.depth) = ([1], 8)
        (settings.codes, settings.size, settings.choice) = (16, 4, choice)
        #expect(settings.factor == 2 && settings.problems.isEmpty)
        let network = VQGAN(settings, using: source)
        let pictures = Tensor.normal([2, 3, 8, 12], using: source)
        let (restored, codes) = network(pictures)
        #expect(restored.shape == pictures.shape && codes.shape == [2, 4, 6])
        #expect(network.vectors(of: pictures).shape == [2, 4, 4, 6])
        #expect(network.encoder(pictures).shape == [2, 8, 4, 6])
        #expect(
            network.pictures(of: network.codes(of: pictures), rows: 4, columns: 6).shape
                == restored.shape
        )
        let loss = (restored - pictures).squared().mean()
        let first = network.encoder.parameters[0].wrappedValue
        let slope = gradients(of: loss, for: [first])[0]
        #expect(slope.isFinite().all() && slope.absolute().sum().item() > 0)
    }

    @Test func transformersStartWithoutAnOpinion() {
        var settings = LlamaGenTransformer.Settings()
        (settings.classes, settings.codes, settings.side) = (3, 7, 2)
        (settings.width, settings.layers, settings.heads) = (16, 2, 2)
        let source = RandomSource(seed: 3)
        let network = LlamaGenTransformer(settings, using: source, chance: source)
        let known = Tensor.integers([2, 4], below: 7, using: source)
        let loss = network.loss(Tensor([0, 3]), known).item()
        #expect(abs(loss - log(7)) < 1e-5)
        #expect(network(Tensor([0, 3]), known).shape == [2, 4, 7])
    }

    @Test func aFileIsReadByWhatItSays() throws {
        let found = try FixtureCase.named("llamagen-transformer", in: "other-networks")
        let folder = try ScratchFolder()
        let file = folder.url.appending(path: "c2i.safetensors")
        try Safetensors.write(
            try Self.tensors(found).map { ($0.key, $0.value) },
            metadata: [Self.key: found.text("metadata")],
            to: file
        )
        let weights = try OtherWeights(reading: file)
        #expect(try weights.transformer().settings.side == 4)
        #expect {
            try weights.tokenizer()
        } throws: {
            "\($0)".contains("c2i.safetensors holds a transformer")
        }
    }

    @Test func whatIsWrongIsSaid() throws {
        func said(_ json: String?) -> String {
            do {
                let metadata = json.map { [Self.key: $0] } ?? [:]
                _ = try OtherWeights(tensors: [:], metadata: metadata)
                return ""
            } catch {
                return error.description
            }
        }
        func said(of family: String, _ arguments: String) -> String {
            said(#"{"family": "\#(family)", "network": "N", "arguments": {\#(arguments)}}"#)
        }
        let transformer = #""dim": 768, "n_layer": 12, "n_head": 12"#
        #expect(said(nil).contains("atelier models add"))
        #expect(said("no").contains("cannot be read"))
        #expect(said(of: "vae", "").contains("expected taming-vqgan, llamagen-vq or llamagen-gpt"))
        #expect(said(of: "taming-vqgan", "").contains("cannot be read"))
        #expect(said(of: "llamagen-vq", #""ch": 48"#).contains("width is 48"))
        #expect(said(of: "llamagen-vq", #""ch": -32"#).contains("width is -32"))
        #expect(
            said(of: "llamagen-vq", #""decoder_ch_mult": [1, 2]"#).contains(
                "decoder_ch_mult is [1, 2]: expected as encoder_ch_mult, [1, 1, 2, 2, 4]"
            )
        )
        for (argument, problem) in [
            (#""block_size": 250"#, "block_size is 250"), (#""n_kv_head": 4"#, "n_kv_head is 4"),
            (#""model_type": "t2i""#, "model_type is t2i"),
            (#""rope_base": 500.5"#, "rope_base is 500.5"),
            (#""vocab_size": 0"#, "codes is 0"),
        ] {
            #expect(said(of: "llamagen-gpt", "\(transformer), \(argument)").contains(problem))
        }
        #expect(
            said(of: "llamagen-gpt", #""dim": 768, "n_layer": 12, "n_head": 0"#)
                .contains("heads is 0")
        )
    }
}
