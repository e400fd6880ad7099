import Adversarial
import Imaging
import Midjourney
import Torch

/// What a layer of a generator held while a picture was drawn.
public struct LayerView: Codable, Sendable, Equatable {
    /// The layer.
    public var name: String
    /// Channels of its map.
    public var channels: Int
    /// Rows of its map.
    public var rows: Int
    /// Columns of its map.
    public var columns: Int
    /// The mean of all its numbers.
    public var mean: Double
    /// Their deviation.
    public var deviation: Double
    /// The share of channels that are the same at every place.
    public var flat: Double
    /// How strong the map is at each place, all channels together: mean sizes, rows of at most 32.
    public var strength: [[Double]]
}

extension GeneratorModel {
    /// Draws a picture and shows what the layers held on the way.
    ///
    /// Of models of codes it is the decoder that is watched, on the codes of the drawing.
    ///
    /// - Parameters:
    ///   - request: One drawing.
    ///   - channels: Channels of each layer that are shown: those that differ most from place to place.
    /// - Returns: The drawing, and for each layer figures and pictures in grey.
    /// - Throws: `GenerationError` for what the model cannot do.
    public func layers(
        _ request: DrawingRequest,
        channels: Int
    ) throws -> (drawing: Drawing, layers: [(view: LayerView, maps: [Picture])]) {
        let drawing = try draw(request)[0]
        var layers: [(view: LayerView, maps: [Picture])] = []
        func watch(_ name: String, _ map: Tensor) {
            layers.append(GeneratorModel.layer(name, map.converted(to: .float32), channels))
        }
        try inInferenceMode {
            if let tokens = sampler.tokens {
                let codes = tokens.tokenizer.codes(of: tensor([drawing.picture]))
                _ = tokens.pictures(codes, watch: watch)
                return
            }
            guard let layered = sampler.layered else {
                throw GenerationError.noEditing("layers", model: description.recipe)
            }
            let numbers = latents(request, request.indices.first ?? 0, count: 1).moved(to: device)
            let labels = try conditions.labels(of: request, count: 1)
            _ = layered.drawn(numbers, labels: labels, watch: watch)
        }
        return (drawing, layers)
    }

    private static func layer(
        _ name: String,
        _ map: Tensor,
        _ shown: Int
    ) -> (view: LayerView, maps: [Picture]) {
        let one = map.selected(0)
        let (count, rows, columns) = (one.size(0), one.size(1), one.size(2))
        let flat = one.flattened(from: 1)
        let centred = flat - flat.mean(over: [1], keepingDimensions: true)
        let deviations = centred.squared().mean(over: [1]).squareRoot().doubles()
        let mean = flat.mean().item()
        let order = deviations.indices.sorted { deviations[$0] > deviations[$1] }.prefix(shown)
        let size = one.absolute().mean(over: [0]).unsqueezed(0).unsqueezed(0)
        let factor = max((max(rows, columns) + 31) / 32, 1)
        let coarse =
            factor == 1
            ? size : size.averagePooled(window: [factor, factor], stride: [factor, factor])
        let (down, across) = (coarse.size(2), coarse.size(3))
        let strengths = coarse.doubles()
        let view = LayerView(
            name: name,
            channels: count,
            rows: rows,
            columns: columns,
            mean: mean,
            deviation: (flat - mean).squared().mean().item().squareRoot(),
            flat: Double(deviations.count { $0 < 1e-6 }) / Double(count),
            strength: (0..<down).map { Array(strengths[$0 * across..<($0 + 1) * across]) }
        )
        let maps = order.map { channel -> Picture in
            let numbers = one.selected(channel).floats()
            let (low, high) = (numbers.min() ?? 0, numbers.max() ?? 1)
            let range = high > low ? high - low : 1
            return Picture(
                width: columns,
                height: rows,
                channels: 1,
                samples: numbers.map {
                    // What overflowed is no number.
                    let share = 255 * (($0 - low) / range)
                    return share.isNaN ? 0 : UInt8(min(max(share, 0), 255).rounded())
                }
            )
        }
        return (view, Array(maps))
    }
}
