import Foundation
import Neural
import Torch

/// The nearest of a few learned vectors for each vector of a map, by direction alone.
///
/// Gradients pass straight through to what was quantised. Codes that nothing is near to are
/// replaced by vectors of the present batch, so that all come into use.
///
/// Source: van den Oord et al., "Neural discrete representation learning", 2017, for the loss; Yu
/// et al., "Vector-quantized image modeling with improved VQGAN", 2022, for vectors of length one.
public final class Codebook: Module {
    /// The codes' vectors, codes×size, of any length.
    @Parameter public var weight: Tensor
    /// The share of each code among those used, the latest counting most.
    @Buffer public var usage: Tensor
    private let commitment: Double
    private let memory: Double

    /// What quantising found.
    public struct Quantised {
        /// The codes' vectors in place of those that came in; gradients go to the latter.
        ///
        /// Shape: N×size×H×W.
        public let vectors: Tensor
        /// The codes.
        ///
        /// Shape: N×H×W.
        public let codes: Tensor
        /// How far vectors and codes are from each other, each drawn to the other.
        public let loss: Tensor
    }

    /// A book of so many codes.
    ///
    /// - Parameters:
    ///   - codes: How many.
    ///   - size: Numbers of a vector.
    ///   - commitment: What the pull of vectors to codes counts beside that of codes to vectors.
    ///   - memory: Share of the usage so far that is kept at each batch.
    ///   - source: Where the numbers come from.
    public init(
        codes: Int,
        size: Int,
        commitment: Double = 0.25,
        memory: Double = 0.98,
        using source: RandomSource
    ) {
        weight = Tensor.normal([codes, size], using: source).normalized(along: 1)
        usage = Tensor.full([codes], 1 / Double(codes))
        (self.commitment, self.memory) = (commitment, memory)
    }

    /// How many codes there are.
    public var count: Int { weight.size(0) }

    /// Maps with each vector replaced by the nearest code's.
    ///
    /// Shape: N×size×H×W.
    public func callAsFunction(_ maps: Tensor) -> Quantised {
        maps.inFullPrecision { maps in
            let (pictures, size, rows, columns) = maps.shape4
            let flat = maps.permuted([0, 2, 3, 1]).reshaped([-1, size]).normalized(along: 1)
            let table = weight.normalized(along: 1)
            let codes = withoutGradients {
                flat.multiplied(by: table.transposed(0, 1)).argmax(along: 1)
            }
            let chosen = codes.embedded(in: table)
            // Summed over a vector's numbers: twice one less the cosine.
            func distance(_ a: Tensor, _ b: Tensor) -> Tensor {
                (a - b).squared().sum(over: [1]).mean()
            }
            let loss =
                distance(chosen, flat.detached())
                + distance(chosen.detached(), flat) * commitment
            if isTraining { count(codes) }
            return Quantised(
                vectors: (flat + (chosen - flat).detached())
                    .reshaped([pictures, rows, columns, size]).permuted([0, 3, 1, 2]),
                codes: codes.reshaped([pictures, rows, columns]),
                loss: loss
            )
        }
    }

    /// The vectors of codes.
    ///
    /// Shape: N×H×W → N×size×H×W.
    public func vectors(_ codes: Tensor) -> Tensor {
        codes.embedded(in: weight.normalized(along: 1)).permuted([0, 3, 1, 2])
    }

    /// Counts the codes of a batch.
    private func count(_ codes: Tensor) {
        withoutGradients {
            let shares = codes.oneHot(classes: count).mean(over: [0])
            usage = usage * memory + shares * (1 - memory)
        }
    }

    /// Puts vectors of a batch in place of codes that are used less than a tenth of an even share.
    ///
    /// Shape: N×size×H×W.
    ///
    /// - Returns: How many codes were replaced.
    @discardableResult
    public func revive(from maps: Tensor, using source: RandomSource) -> Int {
        withoutGradients {
            let even = 1 / Double(count)
            let dead = usage.floats().indices.filter { Double(usage.floats()[$0]) < even / 10 }
            guard !dead.isEmpty else { return 0 }
            let size = maps.size(1)
            let flat = maps.converted(to: weight.dtype).permuted([0, 2, 3, 1])
                .reshaped([-1, size]).normalized(along: 1)
            let chosen = Tensor.integers([dead.count], below: flat.size(0), using: source)
                .moved(to: flat.device)
            let places = Tensor(dead).moved(to: flat.device).unsqueezed(1)
            let new = flat.selected(at: chosen)
            weight = weight.detached().scattered(
                new,
                at: places.expanded([dead.count, size]),
                along: 0
            )
            let shares = Tensor.full([dead.count], even, dtype: usage.dtype, device: usage.device)
            usage = usage.scattered(shares, at: places.squeezed(1), along: 0)
            return dead.count
        }
    }

    /// How many codes are in use, as if all of those were used alike.
    public var perplexity: Double {
        withoutGradients {
            let shares = usage / usage.sum()
            return exp(-(shares * (shares + 1e-12).log()).sum().item())
        }
    }

    /// The share of codes that are used at least a tenth of an even share.
    public var shareInUse: Double {
        let least = Float(0.1 / Double(count))
        return Double(usage.floats().count { $0 >= least }) / Double(count)
    }
}
