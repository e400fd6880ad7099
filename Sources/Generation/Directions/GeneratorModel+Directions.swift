import Adversarial
import Datasets
import Imaging
import Torch

extension GeneratorModel {
    /// Directions along which pictures of a model of styles change.
    ///
    /// - Parameters:
    ///   - method: How they are found.
    ///   - count: How many, as many as a style has numbers at most.
    ///   - layers: Layers whose weights count, for SeFa; all by default.
    ///   - samples: Styles that are looked at, for GANSpace.
    ///   - seed: Of those.
    /// - Returns: Those that matter most first.
    /// - Throws: `GenerationError.lacks` for models without styles.
    public func directions(
        _ method: LatentDirections.Method,
        count: Int,
        layers: Range<Int>? = nil,
        samples: Int = 10_000,
        seed: UInt64 = 0
    ) throws -> LatentDirections {
        let styled = try styled()
        let chosen = try layers.map { try checked($0, of: styled) } ?? 0..<styled.styleCount
        return inInferenceMode {
            switch method {
            case .sefa:
                return .sefa(styled.styleWeights[chosen].map { $0.moved(to: .cpu) }, count: count)
            case .ganspace:
                let source = RandomSource(seed: seed, purpose: "directions")
                let styles = stride(from: 0, to: samples, by: 1000).map { start in
                    let some = min(1000, samples - start)
                    let numbers = Tensor.normal([some, latents.size], using: source)
                    let labels = conditions.labels(
                        (0..<some).map { (start + $0) % max(conditions.labelCount, 1) }
                    )
                    return styled.mapped(numbers.moved(to: device), labels: labels).moved(to: .cpu)
                }
                return .ganspace(Tensor.concatenated(styles), count: count)
            }
        }
    }

    /// Layers that are there.
    private func checked(_ layers: Range<Int>, of styled: any StyleGenerator) throws -> Range<Int> {
        guard !layers.isEmpty, layers.lowerBound >= 0, layers.upperBound <= styled.styleCount else {
            throw GenerationError.noLayers(
                layers.lowerBound...max(layers.upperBound - 1, layers.lowerBound),
                count: styled.styleCount,
                model: description.recipe
            )
        }
        return layers
    }

    /// A drawing moved along a direction, step by step.
    ///
    /// - Parameters:
    ///   - direction: As long as a style.
    ///   - steps: How far, in the direction's own length.
    ///   - layers: Layers whose style moves; all by default.
    ///   - request: The seed, the class, the truncation, and the place of one drawing.
    /// - Returns: A drawing for each step.
    /// - Throws: `GenerationError.lacks` for models without styles.
    public func moved(
        along direction: [Double],
        by steps: [Double],
        layers: Range<Int>? = nil,
        _ request: DrawingRequest
    ) throws -> [Drawing] {
        let styled = try styled()
        let index = request.indices.first ?? 0
        let labels = try conditions.labels(of: request, count: 1)
        let moving = try layers.map { try checked($0, of: styled) } ?? 0..<styled.styleCount
        return inInferenceMode {
            let styles = styled.styles(
                latents(request, index, count: 1).moved(to: device),
                labels,
                truncation: request.sampling.truncation
            )
            let way = Tensor(direction).converted(to: styles.dtype).moved(to: device)
            let isMoving = Tensor(
                (0..<styled.styleCount).map { moving.contains($0) ? 1 : 0 as Float },
                shape: [1, styled.styleCount, 1]
            ).moved(to: device)
            return steps.map { step in
                var record = record(index, request, nil)
                record.edit = Edit(
                    "directions",
                    of: [],
                    [
                        "step": step, "first": Double(moving.lowerBound),
                        "last": Double(moving.upperBound - 1),
                    ]
                )
                let picture = Picture.batch(of: styled.synthesized(styles + isMoving * way * step))[
                    0
                ]
                return Drawing(picture: picture, record: record)
            }
        }
    }
}
