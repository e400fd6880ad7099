import Neural
import Torch

/// A code for each vector of a map: the nearest, the nearest by direction, or the one that a layer
/// scores highest.
///
/// Gradients pass straight through to what was replaced, but for scores, which have none.
///
/// Source: van den Oord et al., "Neural discrete representation learning", 2017; Yu et al.,
/// "Vector-quantized image modeling with improved VQGAN", 2022, for directions; Jang et al.,
/// "Categorical reparameterization with Gumbel-softmax", 2017, for scores, without its noise.
public final class VQGANCodebook: Module {
    /// The codes' vectors, codes×size.
    @Parameter public var weight: Tensor
    private let scores: Convolution2D?
    private let isDirectional: Bool

    init(_ settings: VQGAN.Settings, start: Initializer?, using source: RandomSource) {
        let shape = [settings.codes, settings.size]
        let wanted = start ?? .uniform(bound: 1 / Double(settings.codes))
        weight = wanted.draw(shape, fans: .init(inputs: shape[0], outputs: shape[1]), using: source)
        isDirectional = settings.choice == .direction
        scores =
            settings.choice == .score
            ? .keeping(settings.size, settings.codes, kernel: 1, start: start, using: source) : nil
    }

    /// Maps with each vector replaced by its code's, and the codes.
    ///
    /// Shape: N×size×H×W → N×size×H×W and N×H×W.
    public func callAsFunction(_ maps: Tensor) -> (vectors: Tensor, codes: Tensor) {
        maps.inFullPrecision { maps in
            let from = isDirectional ? maps.normalized(along: 1) : maps
            let codes = withoutGradients { choice(from) }
            let found = vectors(of: codes)
            return (scores == nil ? from + (found - from).detached() : found, codes)
        }
    }

    /// The vectors of codes.
    ///
    /// Shape: N×H×W → N×size×H×W.
    public func vectors(of codes: Tensor) -> Tensor {
        codes.embedded(in: table).permuted([0, 3, 1, 2])
    }

    /// How near each vector of maps is to each code: by their directions, −1 … 1; or by their distance, 1 where there is
    /// none, 0 where the square is that of the mean code, no less than −1.
    ///
    /// Shape: N×size×H×W → N×(H·W)×codes.
    func similarities(_ maps: Tensor) -> Tensor {
        maps.inFullPrecision { maps in
            let (count, size, rows, columns) = maps.shape4
            guard isDirectional else {
                let flat = maps.permuted([0, 2, 3, 1]).reshaped([-1, size])
                let squares =
                    (flat.squared().sum(over: [1], keepingDimensions: true)
                    + weight.squared().sum(over: [1])
                    - flat.multiplied(by: weight.transposed(0, 1)) * 2).clamped(from: 0)
                let mean = squares.mean(over: [1], keepingDimensions: true) + 1e-12
                return (1 - squares / mean).clamped(from: -1)
                    .reshaped([count, rows * columns, -1])
            }
            return maps.normalized(along: 1).permuted([0, 2, 3, 1]).reshaped([-1, size])
                .multiplied(by: weight.normalized(along: 1).transposed(0, 1))
                .reshaped([count, rows * columns, -1])
        }
    }

    private var table: Tensor { isDirectional ? weight.normalized(along: 1) : weight }

    private func choice(_ maps: Tensor) -> Tensor {
        if let scores { return scores(maps).argmax(along: 1) }
        let (count, size, rows, columns) = maps.shape4
        let flat = maps.permuted([0, 2, 3, 1]).reshaped([-1, size])
        let table = table
        // ‖z − e‖² without ‖z‖², which is the same for all codes.
        let distances =
            table.squared().sum(over: [1]) - flat.multiplied(by: table.transposed(0, 1)) * 2
        return distances.argmin(along: 1).reshaped([count, rows, columns])
    }
}
