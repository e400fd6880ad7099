import Adversarial
import Foundation
import Generation
import TestSupport
import Testing
import Torch
import Weights

/// Small random BigGAN-deep beside what pytorch-pretrained-biggan draws with them.
@Suite("BigGAN-deep")
struct BigGANTests {
    static let folder = repositoryRoot.appending(path: "Tests/Fixtures/biggan")

    /// Steps this small are not worth a second thread.
    init() { GeneratorModel.setThreads(1) }

    static func network(_ place: URL) throws -> BigGANGenerator {
        let published = try PublishedFolder(place)
        let weights = try BigGANWeights(
            BigGAN.Settings(published.configuration),
            shapes: published.shapes,
            origin: place.path
        )
        return try weights.generator(read: published.tensor)
    }

    static func expected(_ name: String) throws -> [String: Tensor] {
        try Safetensors.read(from: folder.appending(path: "\(name).safetensors")).tensors
    }

    /// The greatest distance between numbers.
    static func distance(_ found: Tensor, _ wanted: Tensor) throws -> Double {
        try #require(found.shape == wanted.shape)
        return (found - wanted).absolute().doubles().max() ?? 0
    }

    /// A class, another, and one between two, as the fixtures were made with.
    static func labels(_ classes: Int) -> Tensor {
        var rows = [Float](repeating: 0, count: 3 * classes)
        (rows[207 % classes], rows[classes + 1]) = (1, 1)
        (rows[2 * classes + 3], rows[2 * classes + 8]) = (0.25, 0.75)
        return Tensor(rows, shape: [3, classes])
    }

    @Test(
        "pictures are those of the program, at each truncation and between classes",
        arguments: ["older", "archive"]
    )
    func pictures(name: String) throws {
        let network = try Self.network(Self.folder.appending(path: name))
        let expected = try Self.expected(name)
        let latents = try #require(expected["latents"])
        let labels = Self.labels(network.labelCount)
        var count = 0
        for (key, wanted) in expected where key.hasPrefix("picture/") {
            let truncation = try #require(Double(key.dropFirst("picture/".count)))
            let rows = 0..<wanted.size(0)
            let drawn = inInferenceMode {
                network.pictures(
                    of: latents.sliced(rows, along: 0),
                    labels: labels.sliced(rows, along: 0),
                    truncation: truncation
                )
            }
            #expect(try Self.distance(drawn, wanted) < 1e-4, "\(key)")
            count += 1
        }
        #expect(count == (name == "older" ? 8 : 3))
        // A number asks for what a row of shares with a single one asks for.
        let first = inInferenceMode {
            network.pictures(
                of: latents.sliced(0..<1, along: 0),
                labels: Tensor([207 % network.labelCount]),
                truncation: 1
            )
        }
        let wanted = try #require(expected["picture/1.0"]).sliced(0..<1, along: 0)
        #expect(try Self.distance(first, wanted) < 1e-4)
    }

    @Test("every layer's map is that of the program", arguments: ["older", "archive"])
    func stages(name: String) throws {
        let network = try Self.network(Self.folder.appending(path: name))
        let expected = try Self.expected(name)
        var seen: [String: Tensor] = [:]
        inInferenceMode {
            _ = network.pictures(
                of: expected["latents"]?.sliced(0..<1, along: 0) ?? .zeros([1, 1]),
                labels: Tensor([207 % network.labelCount]),
                truncation: 0.41
            ) { seen[$0] = $1 }
        }
        // There rows and columns come first.
        seen["gen_z"] = seen["gen_z"]?.permuted([0, 2, 3, 1]).reshaped([1, -1])
        let stages = expected.filter { $0.key.hasPrefix("stage/") }
        #expect(stages.count == seen.count && seen.count == network.settings.blocks.count + 3)
        for (key, wanted) in stages {
            let found = try #require(seen[String(key.dropFirst("stage/".count))])
            #expect(try Self.distance(found, wanted) < 1e-4, "\(key)")
        }
    }

    struct Listing: Decodable {
        let tensors: Int
        let numbers: Int
        let sum: String
    }

    @Test("all tensors of the published sizes have their places", arguments: [128, 256, 512])
    func publishedSizes(side: Int) throws {
        let data = try Data(contentsOf: Self.folder.appending(path: "listings.json"))
        let name = "biggan-deep-\(side)"
        let listings = try JSONDecoder().decode([String: Listing].self, from: data)
        let listing = try #require(listings[name])
        let objects = try JSONSerialization.jsonObject(with: data) as? [String: [String: Any]]
        let configuration = try #require(objects?[name]?["config"])
        let settings = try BigGAN.Settings(
            JSONSerialization.data(withJSONObject: configuration)
        )
        #expect(settings.side == side)
        let shapes = settings.shapes
        #expect(shapes.count == listing.tensors)
        #expect(shapes.values.reduce(0) { $0 + $1.reduce(1, *) } == listing.numbers)
        let lines = shapes.keys.sorted().map { "\($0) \(shapes[$0] ?? [])" }
            .joined(separator: "\n")
        let sum = lines.utf8.reduce(0xCBF2_9CE4_8422_2325 as UInt64) {
            ($0 ^ UInt64($1)) &* 0x100_0000_01B3
        }
        #expect(String(sum, radix: 16).padded(to: 16) == listing.sum)
    }

    @Test("normal numbers end at two deviations, in their order")
    func truncation() {
        let ranks = BigGANGenerator.truncated(Tensor([-9, -1, 0, 0.5, 3, 9] as [Float])).doubles()
        #expect(ranks == ranks.sorted() && abs(ranks[2]) < 1e-6)
        #expect(abs(ranks[0] + 2) < 1e-3 && abs(ranks[5] - 2) < 1e-3)
        // Φ⁻¹(Φ(−2) + Φ(0.5)·(Φ(2) − Φ(−2))), the middle one from the tables of the normal distribution.
        #expect(abs(ranks[3] - 0.47541) < 1e-4)
    }
}

extension String {
    fileprivate func padded(to count: Int) -> String {
        String(repeating: "0", count: max(count - self.count, 0)) + self
    }
}
