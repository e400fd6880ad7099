import Adversarial
import Foundation
import Generation
import Neural
import Settings
import TestSupport
import Testing
import Torch
import Weights

/// Small random StyleGAN3 beside what NVIDIA's program draws with them.
@Suite("StyleGAN3") struct StyleGAN3Tests {
    static let folder = repositoryRoot.appending(path: "Tests/Fixtures/stylegan3")
    static let kinds = ["t", "r"]

    /// Steps this small are not worth a second thread.
    init() { GeneratorModel.setThreads(1) }

    /// Adds the fixture of configuration t to models of its own.
    ///
    /// - Returns: Its file.
    static func added(in scratch: ScratchFolder) throws -> URL {
        let models = InstalledModels(in: scratch.url.appending(path: "models"))
        _ = try models.add(folder.appending(path: "t.pkl"), as: "waves", replaces: true)
        return try #require(models.place(of: "waves"))
    }

    private struct Network {
        let generator: StyleGAN3Generator
        let tensors: [String: Tensor]
        let original: String
    }

    private static func network(_ kind: String) throws -> Network {
        let file = try WeightsFile(contentsOf: folder.appending(path: "\(kind).pkl"))
        let found = try #require(try file.networks().first)
        #expect(found.family == "stylegan3" && found.network == "G_ema")
        let tensors = Dictionary(
            uniqueKeysWithValues: try found.tensors.map { ($0.name, try $0.tensor.tensor()) }
        )
        let weights = try OfficialWeights(
            tensors: tensors,
            metadata: [OfficialWeights.key: found.original]
        )
        let generator = try #require(try weights.generator() as? StyleGAN3Generator)
        return Network(generator: generator, tensors: tensors, original: found.original)
    }

    private static func expected(_ kind: String) throws -> [String: Tensor] {
        try Safetensors.read(from: folder.appending(path: "\(kind).safetensors")).tensors
    }

    private static func labels(_ generator: StyleGAN3Generator) -> Tensor? {
        generator.labelCount > 0 ? Tensor([2, 0]) : nil
    }

    /// Numbers at even steps, as the fixtures keep them.
    private static func sampled(_ tensor: Tensor) -> Tensor {
        let flat = tensor.contiguous().flattened()
        return flat.sliced(0..<flat.count, by: max(flat.count / 150, 1), along: 0)
    }

    @Test("styles, waves, every layer and the picture are those of the program", arguments: kinds)
    func stages(kind: String) throws {
        let (network, expected) = (try Self.network(kind).generator, try Self.expected(kind))
        let latents = try #require(expected["latents"])
        for psi in [1.0, 0.6] {
            var seen: [String: Tensor] = [:]
            let (style, picture) = inInferenceMode {
                let styles = network.truncated(
                    network.mapped(latents, labels: Self.labels(network)),
                    by: psi
                )
                let picture = network.synthesized(styles) { seen[$0] = $1 }
                return (styles.selected(0, along: 1), picture)
            }
            let wanted = try #require(expected["styles/\(psi)"])
            #expect(mismatch(style, wanted, tolerance: 1e-5) == nil)
            let stages = expected.filter { $0.key.hasPrefix("stage/\(psi)/") }
            #expect(stages.count == seen.count && seen.count == network.settings.layers + 2)
            for (key, wanted) in stages {
                let name = try #require(key.split(separator: "/").last)
                let place =
                    name.wholeMatch(of: /L(\d+)_.*/).flatMap { Int($0.1) }.map {
                        $0 == network.settings.layers ? "picture" : "layer \($0 + 1)"
                    } ?? "waves"
                let found = try #require(seen[place], "\(key)")
                #expect(mismatch(Self.sampled(found), wanted, tolerance: 1e-4) == nil, "\(key)")
            }
            let pixels = try #require(expected["picture/\(psi)"])
            #expect(mismatch(Self.sampled(picture), pixels, tolerance: 1e-4) == nil)
        }
        let whole = inInferenceMode {
            network(
                latents.sliced(0..<1, along: 0),
                labels: Self.labels(network)?.sliced(0..<1, along: 0)
            )
        }
        #expect(try mismatch(whole, #require(expected["whole"]), tolerance: 1e-4) == nil)
    }

    @Test("a picture moved and turned is that of the program, and the next is where it was")
    func placement() throws {
        for kind in Self.kinds {
            let (network, expected) = (try Self.network(kind).generator, try Self.expected(kind))
            let latents = try #require(expected["latents"])
            let labels = Self.labels(network)
            let before = inInferenceMode { network(latents, labels: labels) }
            network.place(InputPlacement(right: 0.125, down: -0.25, degrees: 30))
            let moved = inInferenceMode { network(latents, labels: labels) }
            network.place(nil)
            let after = inInferenceMode { network(latents, labels: labels) }
            let wanted = try #require(expected["moved"])
            #expect(mismatch(Self.sampled(moved), wanted, tolerance: 1e-4) == nil)
            #expect(before.floats() == after.floats())
        }
    }

    @Test("a step of training keeps the means that the program keeps", arguments: kinds)
    func means(kind: String) throws {
        let (network, expected) = (try Self.network(kind).generator, try Self.expected(kind))
        network.setTraining(true)
        _ = network(try #require(expected["latents"]), labels: Self.labels(network))
        let state = Dictionary(uniqueKeysWithValues: network.state())
        let after = expected.filter { $0.key.hasPrefix("after/") }
        #expect(after.count == network.settings.layers + 2)
        for (key, wanted) in after {
            let index = key.firstMatch(of: /L(\d+)_/).map { String($0.1) }
            let name = index.map { "layers.\($0).magnitude" } ?? "averageStyle"
            #expect(try mismatch(#require(state[name]), wanted, tolerance: 1e-5) == nil, "\(key)")
        }
    }

    @Test("filters are designed as the program's", arguments: kinds)
    func filters(kind: String) throws {
        let found = try Self.network(kind)
        let loaded = Dictionary(uniqueKeysWithValues: found.generator.state())
        let source = RandomSource(seed: 1)
        let made = StyleGAN3Generator(
            found.generator.settings,
            for: found.generator.spec,
            using: source
        )
        var (lines, planes) = (0, 0)
        for (name, tensor) in made.state() where name.hasSuffix("Filter") {
            #expect(try mismatch(tensor, #require(loaded[name]), tolerance: 1e-6) == nil, "\(name)")
            (lines, planes) = tensor.rank == 1 ? (lines + 1, planes) : (lines, planes + 1)
        }
        #expect(lines > 3 && (planes > 0) == (kind == "r"))
    }

    private struct Listing: Decodable {
        let arguments: [String: SettingValue]
        let tensors: Int
        let numbers: Int
        let sum: String
    }

    private static func listings() throws -> [String: Listing] {
        let data = try Data(contentsOf: folder.appending(path: "listings.json"))
        return try JSONDecoder().decode([String: Listing].self, from: data)
    }

    @Test("all tensors of the published sizes have their places")
    func publishedSizes() throws {
        let listings = try Self.listings()
        #expect(listings.count == 10)
        for (name, listing) in listings {
            let shapes = try StyleGAN3.originalShapes(listing.arguments)
            #expect(shapes.count == listing.tensors, "\(name)")
            #expect(shapes.values.reduce(0) { $0 + $1.reduce(1, *) } == listing.numbers, "\(name)")
            let lines = shapes.keys.sorted().map { "\($0) \(shapes[$0] ?? [])" }
                .joined(separator: "\n")
            let sum = lines.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
                ($0 ^ UInt64($1)) &* 0x100_0000_01B3
            }
            let digits = String(sum, radix: 16)
            let zeros = String(repeating: "0", count: 16 - digits.count)
            #expect(zeros + digits == listing.sum, "\(name)")
        }
    }

    @Test("networks of full size take every tensor, and none is left", arguments: ["t", "r"])
    func fullSize(kind: String) throws {
        let listing = try #require(try Self.listings()["\(kind)-1024"])
        let shapes = try StyleGAN3.originalShapes(listing.arguments)
        let one = Tensor.ones([])
        var tensors = shapes.mapValues { one.expanded($0) }
        let json = try JSONEncoder().encode(listing.arguments)
        let metadata = [
            OfficialWeights.key: #"{"family": "stylegan3", "network": "G_ema", "arguments": "#
                + String(decoding: json, as: UTF8.self) + "}"
        ]
        let weights = try OfficialWeights(tensors: tensors, metadata: metadata)
        #expect(try weights.generator().state().count == listing.tensors)
        tensors["synthesis.more"] = one
        let error = #expect(throws: OfficialWeightsError.self) {
            try OfficialWeights(tensors: tensors, metadata: metadata)
        }
        #expect(error?.description.contains("unexpected synthesis.more") == true)
    }

    @Test("arguments of which no network can be built are refused before anything is")
    func damaged() throws {
        let usual = try #require(try Self.listings()["r-256"]).arguments
        _ = try StyleGAN3.originalShapes(usual)
        func said(_ changes: [String: SettingValue]) -> String {
            let error = #expect(throws: OfficialWeightsError.self, "\(changes)") {
                try StyleGAN3.originalShapes(usual.merging(changes) { $1 })
            }
            return error?.description ?? ""
        }
        for name in usual.keys where !["mapping_kwargs", "use_radial_filters"].contains(name) {
            // It says only what graphics cards compute with.
            guard name != "num_fp16_res" else { continue }
            let isShare = name == "magnitude_ema_beta"
            for value in name == "conv_clamp" ? [-1, 0] : [-1, isShare ? 2 : 0.5, 1e12, 1e300] {
                #expect(said([name: .number(value)]).contains("expected"), "\(name) \(value)")
            }
            #expect(said([name: .text("512")]).contains("expected a number"), "\(name)")
        }
        let more: [String: [Double]] = [
            "num_layers": [0, 1, 2, 65], "num_critical": [0, 14, 20], "margin_size": [-10, 129],
            "first_cutoff": [0, -2, 128, 4.5], "first_stopband": [0, 1.9], "filter_size": [0, 17],
            "last_stopband_rel": [0, 1, 17], "lrelu_upsampling": [0, 1.5, 9],
            "img_resolution": [0, 4, 96, 8192], "img_channels": [0, 5], "output_scale": [0, -1],
        ]
        for (name, values) in more {
            for value in values {
                #expect(said([name: .number(value)]).contains("expected"), "\(name) \(value)")
            }
        }
        #expect(said(["img_resolution": .nothing]).contains("lack img_resolution"))
        #expect(said(["surprise": .number(1)]).contains("surprise is not known"))
        #expect(said(["mapping_kwargs": .number(1)]).contains("arguments by name"))
        #expect(
            said(["mapping_kwargs": .section(["lr_multiplier": .number(1)])]).contains("0.01")
        )
        #expect(said(["use_radial_filters": .number(1)]).contains("true or false"))
        let large: [String: SettingValue] = [
            "conv_kernel": .number(15), "channel_base": .number(1_048_576),
            "channel_max": .number(4096), "num_layers": .number(64),
        ]
        #expect(said(large).contains("2³⁰"))
    }

    @Test("damaged tensors are refused by their names")
    func damagedTensors() throws {
        let found = try Self.network("t")
        func said(_ change: (inout [String: Tensor]) -> Void) -> String {
            var tensors = found.tensors
            change(&tensors)
            let error = #expect(throws: OfficialWeightsError.self) {
                try OfficialWeights(
                    tensors: tensors,
                    metadata: [OfficialWeights.key: found.original]
                )
            }
            return error?.description ?? ""
        }
        #expect(said { $0["synthesis.input.freqs"] = nil }.contains("missing    synthesis.input"))
        #expect(said { $0["mapping.w_avg"] = .zeros([6]) }.contains("mapping.w_avg: expected"))
        let nothing = Tensor.zeros([5]) / Tensor.zeros([5])
        #expect(said { $0["mapping.w_avg"] = nothing }.contains("mapping.w_avg has numbers"))
        let name = found.tensors.keys.first { $0.hasSuffix("magnitude_ema") } ?? ""
        #expect(said { $0[name] = .zeros([]) }.contains("above zero"))
    }
}
