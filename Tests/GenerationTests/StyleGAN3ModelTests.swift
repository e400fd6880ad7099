import Adversarial
import Foundation
import Generation
import Imaging
import Neural
import Prompts
import Requests
import TestSupport
import Testing
import Torch

/// StyleGAN3 as a model among others, and what it alone can do.
@Suite("StyleGAN3 as a model") struct StyleGAN3ModelTests {
    private let scratch: ScratchFolder

    init() throws {
        scratch = try ScratchFolder()
        GeneratorModel.setThreads(1)
    }

    private func model() throws -> GeneratorModel {
        try GeneratorModel(contentsOf: StyleGAN3Tests.added(in: scratch))
    }

    @Test(
        "a pickle that was added draws, explores, mixes, walks, and finds directions and pictures"
    )
    func everything() throws {
        let model = try model()
        #expect(model.description.family == "stylegan3" && model.size == (16, 16))
        #expect(model.styleCount == 7 && model.explores && model.paths == DrawingPath.allCases)
        let drawn = try model.draw(model.request(seed: 3, indices: [0, 1, 4]))
        #expect(Set(drawn.map(\.picture.samples)).count == 3)
        // The same alone, among others, and in another process's place.
        let alone = try self.model().draw(model.request(seed: 3, indices: [4]))
        #expect(alone[0].picture == drawn[2].picture)
        var mean = model.request(seed: 3, indices: [0, 1])
        mean.sampling.truncation = 0
        #expect(Set(try model.draw(mean).map(\.picture.samples)).count == 1)
        let one = model.request(seed: 3, indices: [0])
        var place = Exploration()
        #expect(try model.explored(place, one).picture == drawn[0].picture)
        (place.x, place.layers) = (0.3, [2: 5])
        #expect(try model.explored(place, one).picture != drawn[0].picture)
        #expect(try model.mixed(coarse: [0, 1], fine: [2], crossover: 3, one).count == 2)
        let steps = try model.walked(
            .styles,
            steps: 3,
            model.request(seed: 3, indices: [0, 1])
        )
        #expect(Set(steps.map(\.samples)).count == 3)
        for method in [LatentDirections.Method.sefa, .ganspace] {
            #expect(try model.directions(method, count: 2, samples: 50).vectors.count == 2)
        }
        let far = try model.projected(drawn[0].picture, steps: 1, one)
        let near = try model.projected(drawn[0].picture, steps: 40, one)
        #expect(near.distance < far.distance, "\(far.distance) to \(near.distance)")
    }

    @Test("a picture is moved by its record alone, and drawn again from it")
    func placed() throws {
        let model = try model()
        func drawn(_ change: (inout SamplingChanges) -> Void) throws -> Drawing {
            var request = PictureRequest(.imagine, nil, seed: 3, count: 1)
            change(&request.sampling)
            var found: Drawing?
            try model.perform(request, by: PromptRules()) { event in
                if case .picture(_, let drawing) = event { found = drawing }
            }
            return try #require(found)
        }
        let plain = try drawn { _ in }
        let moved = try drawn { ($0.translate, $0.rotate) = ([0.25, -0.125], 45) }
        #expect(moved.picture != plain.picture)
        #expect(try drawn { _ in }.picture == plain.picture)
        #expect(try model.draw(again: moved.record, name: "a").picture == moved.picture)
        // A whole turn is none.
        let whole = try drawn { $0.rotate = 360 }
        let farthest = zip(whole.picture.samples, plain.picture.samples).map {
            abs(Int($0) - Int($1))
        }
        #expect((farthest.max() ?? 9) <= 1)
        for wrong in [[0.5], [0, 2], [.nan, 0]] {
            #expect(throws: RequestProblem.self) { try drawn { $0.translate = wrong } }
        }
        #expect(throws: RequestProblem.self) { try drawn { $0.rotate = 400 } }
        var record = moved.record
        record.sampling.translation = [7, 0]
        #expect(throws: GenerationError.self) { try model.draw(again: record, name: "a") }
    }

    /// How much of a picture's variance is left by what differs, in decibels.
    private static func likeness(_ found: Tensor, _ wanted: Tensor) -> Double {
        let error = (found - wanted).squared().mean().item()
        return 10 * log10(wanted.variance().item() / error)
    }

    private static func network(
        radial: Bool,
        side: Int = 32,
        channels: Int = 256
    ) -> StyleGAN3Generator {
        var settings = StyleGAN3.Settings()
        (settings.latent, settings.style, settings.layers) = (16, 16, 7)
        (settings.channelBase, settings.channelMax) = (channels, 16)
        (settings.radial, settings.kernel) = (radial, radial ? 1 : 3)
        let network = StyleGAN3Generator(
            settings,
            for: ImageSpec(height: side, width: side, channels: 3),
            using: RandomSource(seed: 5)
        )
        network.setTraining(false)
        return network
    }

    @Test("what begins moved ends moved, by whole pixels", arguments: [false, true])
    func translation(radial: Bool) {
        let network = Self.network(radial: radial)
        let latents = Tensor.normal([2, 16], using: RandomSource(seed: 6))
        inInferenceMode {
            let still = network(latents, labels: nil)
            for (right, down) in [(4, 0), (0, -3), (-5, 6)] {
                network.place(
                    InputPlacement(right: Double(right) / 32, down: Double(down) / 32)
                )
                let moved = network(latents, labels: nil)
                let columns = max(right, 0)..<32 + min(right, 0)
                let rows = max(down, 0)..<32 + min(down, 0)
                let kept = moved.sliced(rows, along: 2).sliced(columns, along: 3)
                let wanted = still.sliced(rows.lowerBound - down..<rows.upperBound - down, along: 2)
                    .sliced(columns.lowerBound - right..<columns.upperBound - right, along: 3)
                let likeness = Self.likeness(kept, wanted)
                #expect(likeness > 60, "\(right), \(down): \(likeness) dB")
                // Against the way it is far from it.
                #expect(Self.likeness(moved, still) < 12)
            }
        }
    }

    @Test("what begins turned ends turned, with filters that look alike in all directions")
    func rotation() {
        let latents = Tensor.normal([2, 16], using: RandomSource(seed: 6))
        func likeness(radial: Bool) -> Double {
            let network = Self.network(radial: radial)
            return inInferenceMode {
                let still = network(latents, labels: nil)
                network.place(InputPlacement(degrees: 90))
                return Self.likeness(network(latents, labels: nil), still.rotated(quarterTurns: 1))
            }
        }
        let (round, square) = (likeness(radial: true), likeness(radial: false))
        #expect(round > 80, "\(round) dB")
        #expect(square < 20, "\(square) dB")
    }

    /// Twenty-four pictures of 64×64 pixels have more samples than a band.
    @Test("maps that are bent in bands are those that are bent whole", arguments: [false, true])
    func bands(radial: Bool) {
        let network = Self.network(radial: radial, side: 64, channels: 2048)
        let latents = Tensor.normal([24, 16], using: RandomSource(seed: 6))
        inInferenceMode {
            let together = network(latents, labels: nil)
            for index in [0, 23] {
                let alone = network(latents.sliced(index..<index + 1, along: 0), labels: nil)
                let found = together.sliced(index..<index + 1, along: 0)
                #expect(mismatch(found, alone, tolerance: 1e-5) == nil)
            }
        }
    }
}
