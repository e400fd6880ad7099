import Foundation
import Testing
import Torch
import Weights

@Suite("Files of weights")
struct WeightsFileTests {
    static let folder = URL(filePath: #filePath).deletingLastPathComponent()
        .deletingLastPathComponent().appending(path: "Fixtures/weights")

    static func file(_ name: String) throws -> WeightsFile {
        try WeightsFile(contentsOf: folder.appending(path: name))
    }

    private func expected() throws -> [String: Tensor] {
        try Safetensors.read(from: Self.folder.appending(path: "weights.safetensors")).tensors
    }

    @Test(
        "each form that PyTorch writes gives the same numbers, turned and shared ones too",
        arguments: [
            ("archive.pt", WeightsFile.Form.archive), ("legacy.pt", .legacy),
            ("plain-2.pkl", .pickle), ("plain-4.pkl", .pickle),
        ]
    )
    func forms(name: String, form: WeightsFile.Form) throws {
        let file = try Self.file(name)
        #expect(file.form == form)
        let expected = try expected()
        let found = try file.tensors()
        #expect(Set(found.map(\.name)) == Set(expected.keys.map { "model.\($0)" }))
        for (name, tensor) in found {
            guard let wanted = expected[String(name.dropFirst("model.".count))] else { continue }
            let read = try tensor.tensor()
            #expect(read.shape == wanted.shape && read.dtype == wanted.dtype, "\(name)")
            #expect(read.doubles() == wanted.doubles(), "\(name)")
        }
    }

    @Test(
        "what lies beside the tensors is data",
        arguments: ["archive.pt", "legacy.pt", "plain-4.pkl"]
    )
    func others(name: String) throws {
        try Self.file(name).withContents { value in
            let contents = try #require(value.dictionary)
            #expect(contents["epoch"]?.int == 3)
            #expect(contents["note"]?.text == "Käse 奶酪")
            guard case .double(1e-4)? = contents["rate"], case .none? = contents["nothing"] else {
                Issue.record("numbers and nothing")
                return
            }
            #expect(contents["both"]?.items?[1].items?.map(\.int) == [1, -2, 1 << 40])
            guard case .object(let arguments)? = contents["args"] else {
                Issue.record("an object is a record")
                return
            }
            #expect(arguments.name.description == "argparse.Namespace")
            #expect(arguments["image_size"]?.int == 384)
        }
    }

    @Test("a program's weights are read and its code is not")
    func script() throws {
        let tensors = try Self.file("script.pt").tensors()
        #expect(tensors.map(\.name) == ["weight", "inner.weight", "inner.bias"])
        #expect(try tensors[1].tensor.tensor().doubles() == [-6.25, -1.625, 3, -5, -0.375, 4.25])
    }

    @Test("a network of StyleGAN is found by its tensors; its source is not run")
    func styleGAN() throws {
        let networks = try Self.file("stylegan.pkl").networks()
        #expect(networks.map(\.network) == ["G", "G_ema"])
        let network = networks[1]
        #expect(network.family == "stylegan2")
        #expect(
            network.tensors.map(\.name)
                == [
                    "synthesis.b4.const", "synthesis.b4.conv1.weight",
                    "synthesis.b4.conv1.noise_const",
                ]
        )
        let arguments = try JSONSerialization.jsonObject(with: Data(network.arguments.utf8))
        let expected: [String: Any] = [
            "z_dim": 16, "c_dim": 0, "w_dim": 8, "img_resolution": 4, "img_channels": 3,
            "mapping_kwargs": ["num_layers": 2],
            "synthesis_kwargs": ["channel_base": 64, "conv_clamp": NSNull()],
        ]
        #expect((arguments as? NSDictionary) == expected as NSDictionary)
    }

    @Test("a network is written as safetensors with what it is")
    func writing() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "weights-\(UUID())")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let file = folder.appending(path: "g.safetensors")
        try Self.file("stylegan.pkl").networks()[1].write(to: file)
        let (tensors, metadata) = try Safetensors.read(from: file)
        #expect(tensors["synthesis.b4.const"]?.shape == [3, 4, 4])
        let original = try JSONSerialization.jsonObject(
            with: Data(#require(metadata["atelier.original"]).utf8)
        )
        #expect((original as? [String: Any])?["family"] as? String == "stylegan2")
    }

    @Test("tensors of no known network are refused with what was found")
    func unknown() throws {
        let error = #expect(throws: WeightsError.self) { try Self.file("archive.pt").networks() }
        #expect(error?.kind == .unknown && error?.problem.contains("empty, every.other") == true)
    }

    @Test(
        "a file that is cut off is damaged at every length",
        arguments: ["archive.pt", "legacy.pt", "plain-2.pkl"]
    )
    func cut(name: String) throws {
        let whole = try Data(contentsOf: Self.folder.appending(path: name))
        for length in stride(from: 0, to: whole.count, by: 7) {
            let error = #expect(throws: (any Error).self) {
                for (_, tensor) in try WeightsFile(whole.prefix(length)).tensors() {
                    _ = try tensor.tensor()
                }
            }
            #expect(
                error is WeightsError,
                "\(name) of \(length) bytes: \(String(describing: error))"
            )
        }
    }

    @Test("any byte may be wrong: an error or other numbers, never more")
    func changed() throws {
        for name in ["archive.pt", "legacy.pt", "plain-4.pkl", "script.pt", "stylegan.pkl"] {
            let whole = try Data(contentsOf: Self.folder.appending(path: name))
            for place in whole.indices {
                for value in [whole[place] ^ 1, UInt8(truncatingIfNeeded: place &* 37 &+ 11)] {
                    var data = whole
                    data[place] = value
                    guard let file = try? WeightsFile(data) else { continue }
                    for (_, tensor) in (try? file.tensors()) ?? [] where tensor.count < 1 << 20 {
                        _ = try? tensor.tensor()
                    }
                    _ = try? file.networks()
                }
            }
        }
    }
}
