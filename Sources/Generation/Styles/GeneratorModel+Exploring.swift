import Adversarial
import Checks
import Datasets
import Foundation
import Imaging
import Requests
import Torch

extension GeneratorModel {
    /// Layers that each take a style of their own; 0 for models without styles.
    public var styleCount: Int { sampler.styles?.styleCount ?? 0 }

    /// Whether pictures change steadily with the numbers they are drawn from.
    public var explores: Bool { sampler.space != nil }

    /// The picture at a place.
    ///
    /// The middle is the seed's picture as the request has it, the right edge the next one of the row, the
    /// upper edge the one after that; what is between lies on the sphere that normal numbers lie near to.
    ///
    /// - Parameters:
    ///   - place: The place.
    ///   - request: The seed, one index, what is asked for, and the truncation.
    /// - Returns: The picture.
    /// - Throws: `GenerationError` for models that do not draw in one step, for styles and noise of models
    ///   that have none, and for layers that are not there.
    /// - Precondition: the request has one index.
    public func explored(_ place: Exploration, _ request: DrawingRequest) throws -> Drawing {
        precondition(request.indices.count == 1, "a place of \(request.indices.count) pictures")
        let space = try space(for: .exploring)
        if request.sampling.isPlaced { try require(.placing) }
        var sampling = request.sampling
        sampling.styles =
            (sampling.styles ?? [])
            + place.layers.sorted { $0.key < $1.key }.map {
                StyleMix(seed: $0.value, layers: $0.key..<$0.key + 1)
            }
        if place.noise != nil || sampling.styles?.isEmpty == false { try require(.styles) }
        if let layer = place.layers.keys.max(), layer >= styleCount {
            throw GenerationError.noLayer(layer, count: styleCount)
        }
        let labels = try conditions.labels(of: request, count: 1)
        let picture = inInferenceMode {
            sampler.styles?.useNoise(place.noise)
            defer { sampler.styles?.useNoise(nil) }
            return Picture.batch(of: space.drawn(numbers(at: place, request), labels, sampling))[0]
        }
        var record = record(request.indices[0], request, nil)
        record.edit = Edit("explore", of: [], place.numbers)
        return Drawing(picture: picture, record: record)
    }

    private func numbers(at place: Exploration, _ request: DrawingRequest) -> Tensor {
        let corners = (0...2).map { latents(request, request.indices[0] + $0, count: 1) }
        let (across, up) = (place.x * .pi / 2, place.y * .pi / 2)
        let mixed =
            corners[0] * (cos(across) * cos(up)) + corners[1] * sin(across)
            + corners[2] * (cos(across) * sin(up))
        return latents.bounded(mixed).moved(to: device)
    }
}

extension Exploration {
    /// As the record of a picture has it.
    fileprivate var numbers: [String: Double] {
        var numbers = ["x": x, "y": y]
        numbers["noise"] = noise.map { Double($0) }
        for (layer, seed) in layers { numbers["layer-\(layer)"] = Double(seed) }
        return numbers
    }
}
