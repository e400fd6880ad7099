import Midjourney
import Torch

/// Goes on from a picture all around with a model of codes.
struct TokenPanoramas: PanoramaDrawing {
    let network: TokenGenerator
    let conditions: ModelConditions

    func panorama(
        from numbers: Tensor,
        _ request: DrawingRequest,
        _ index: Int
    ) throws -> Tensor {
        network.panorama(
            from: numbers,
            try conditions.condition(request, for: index..<index + 1, of: network.transformer),
            request.sampling.tokens
        ) { turn in
            // Each window of a picture has chances of its own.
            let stream = UInt64(index) + UInt64(turn) << 40
            let source = RandomSource(seed: request.seed, stream: stream)
            return .uniform([1, 4, network.latentSize], device: conditions.device, using: source)
        }
    }
}
