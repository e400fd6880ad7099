import Adversarial
import Foundation
import Generation
import Imaging
import Runs
import TestSupport
import Testing
import Torch

/// Directions planted in toy generators are found again.
@Suite struct DirectionsTests {
    private let scratch: ScratchFolder
    private let planted: [Double]
    private let source = RandomSource(seed: 3)

    init() throws {
        scratch = try ScratchFolder()
        let raw = Tensor.normal([8], dtype: .float64, using: RandomSource(seed: 9)).doubles()
        let length = raw.reduce(0) { $0 + $1 * $1 }.squareRoot()
        let largest = raw.max { abs($0) < abs($1) } ?? 1
        planted = raw.map { $0 / length * (largest < 0 ? -1 : 1) }
    }

    /// A small StyleGAN2, all layers of which look mostly along one direction of the styles.
    private func model() throws -> GeneratorModel {
        let way = Tensor(planted).converted(to: .float32).reshaped([1, 8])
        return try GeneratorModel(
            contentsOf: StylesModel.write(in: scratch.url, using: source) { name, tensor in
                guard name.hasSuffix("affine.weight") else { return tensor }
                let weight = Tensor.normal([tensor.size(0), 1], using: source)
                return (tensor * 0.2 + weight * way * 3).detached()
            }
        )
    }

    private func likeness(_ found: [Double]) -> Double {
        abs(zip(found, planted).reduce(0) { $0 + $1.0 * $1.1 })
    }

    @Test func sefaFindsWhatWasPlanted() throws {
        let model = try model()
        let found = try model.directions(.sefa, count: 8)
        #expect(likeness(found.vectors[0]) > 0.99)
        #expect(found.strengths == found.strengths.sorted(by: >))
        #expect(found.vectors.count == 8)
        // Of length 1, at right angles, and the largest entry positive.
        for (place, vector) in found.vectors.enumerated() {
            #expect((vector.max { abs($0) < abs($1) } ?? 0) > 0)
            for (other, second) in found.vectors.enumerated() {
                let product = zip(vector, second).reduce(0) { $0 + $1.0 * $1.1 }
                #expect(abs(product - (place == other ? 1 : 0)) < 1e-9)
            }
        }
        // Pictures move most along it.
        func change(_ vector: [Double]) throws -> Int {
            let pair = try model.moved(
                along: vector,
                by: [0, 0.5],
                DrawingRequest(seed: 1, count: 1)
            )
            return zip(pair[0].picture.samples, pair[1].picture.samples)
                .reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        }
        let request = DrawingRequest(seed: 1, count: 1)
        #expect(
            try model.moved(along: planted, by: [0], request)[0].picture
                == model.draw(request)[0].picture
        )
        #expect(try change(found.vectors[0]) > 2 * change(found.vectors[7]))
    }

    @Test func ganspaceFindsWhatWasPlanted() throws {
        let way = Tensor(planted).reshaped([1, 8])
        let styles =
            Tensor.normal([5000, 8], dtype: .float64, using: source) * 0.5
            + Tensor.normal([5000, 1], dtype: .float64, using: source) * 2 * way + 7
        let found = LatentDirections.ganspace(styles, count: 3)
        #expect(likeness(found.vectors[0]) > 0.999)
        #expect(abs(found.strengths[0] - 4.25.squareRoot()) < 0.1)
        #expect(abs(found.strengths[1] - 0.5) < 0.05)
        let model = try model()
        let own = try model.directions(.ganspace, count: 2, samples: 500)
        #expect(try own == model.directions(.ganspace, count: 2, samples: 500))
    }

    @Test func onlyChosenLayersMove() throws {
        let model = try model()
        let request = DrawingRequest(seed: 2, count: 1)
        let all = try model.moved(along: planted, by: [1], request)[0]
        let some = try model.moved(along: planted, by: [1], layers: 0..<2, request)[0]
        #expect(throws: (any Error).self) {
            try model.moved(along: planted, by: [1], layers: 40..<50, request)
        }
        #expect(throws: (any Error).self) { try model.directions(.sefa, count: 1, layers: 7..<9) }
        #expect(all.picture != some.picture)
        #expect(some.record.edit?.numbers["last"] == 1)
    }

    @Test func modelsWithoutStylesAreRefused() throws {
        let words = try GeneratorModel(
            contentsOf: WordsModel.write(in: scratch, channels: 1, set: "mnist")
        )
        #expect(throws: GenerationError.lacks(.styles, model: words.description.recipe)) {
            try words.directions(.sefa, count: 2)
        }
    }
}
