import Foundation
import Neural
import Torch

/// The nearest of a few learned vectors for each vector of a map, by direction alone.
///
/// A vector may be cut into groups, each with codes of its own, so that a few codes say as much as
/// very many would. Gradients pass straight through to what was quantised. Codes that nothing is
/// near to are replaced by vectors of the present batch, so that all come into use.
///
/// Source: van den Oord et al., "Neural discrete representation learning", 2017, for the loss; Yu
/// et al., "Vector-quantized image modeling with improved VQGAN", 2022, for vectors of length one.
public final class Codebook: Module {
    /// The codes' vectors, group after group, of any length.
    ///
    /// Shape: (groups · codes)×size.
    @Parameter public var weight: Tensor
    /// The share of each code among those used of its group, the latest counting most.
    @Buffer public var usage: Tensor
    /// Groups that a vector is cut into.
    public let groups: Int
    private let commitment: Double
    private let memory: Double

    /// What quantising found.
    public struct Quantised {
        /// The codes' vectors in place of those that came in; gradients go to the latter.
        ///
        /// Shape: N×(groups · size)×H×W.
        public let vectors: Tensor
        /// The codes, those of a place side by side.
        ///
        /// Shape: N×H×(W · groups).
        public let codes: Tensor
        /// How far vectors and codes are from each other, each drawn to the other.
        public let loss: Tensor
    }

    /// A book of so many codes.
    ///
    /// - Parameters:
    ///   - codes: How many, in each group.
    ///   - size: Numbers of a group's vector.
    ///   - groups: Groups that a vector is cut into.
    ///   - commitment: What the pull of vectors to codes counts beside that of codes to vectors.
    ///   - memory: Share of the usage so far that is kept at each batch.
    ///   - source: Where the numbers come from.
    public init(
        codes: Int,
        size: Int,
        groups: Int = 1,
        commitment: Double = 0.25,
        memory: Double = 0.98,
        using source: RandomSource
    ) {
        weight = Tensor.normal([groups * codes, size], using: source).normalized(along: 1)
        usage = Tensor.full([groups * codes], 1 / Double(codes))
        (self.commitment, self.memory, self.groups) = (commitment, memory, groups)
    }

    /// How many codes each group has.
    public var count: Int { weight.size(0) / groups }

    /// Numbers of a group's vector.
    private var size: Int { weight.size(1) }

    /// Where each group's codes begin in the table.
    ///
    /// Shape: groups.
    private func starts(on device: Device) -> Tensor {
        (Tensor.range(to: groups) * Double(count)).converted(to: .int64).moved(to: device)
    }

    /// Maps as vectors of length one.
    ///
    /// Shape: N×(groups · size)×H×W → (N · H · W)×groups×size.
    private func flat(_ maps: Tensor) -> Tensor {
        maps.permuted([0, 2, 3, 1]).reshaped([-1, groups, size]).normalized(along: 2)
    }

    /// Maps with each vector replaced by the nearest code's.
    ///
    /// Shape: N×(groups · size)×H×W.
    public func callAsFunction(_ maps: Tensor) -> Quantised {
        maps.inFullPrecision { maps in
            let (pictures, width, rows, columns) = maps.shape4
            let flat = flat(maps)
            let table = weight.normalized(along: 1)
            let codes = withoutGradients {
                let tables = table.reshaped([groups, count, size])
                return Tensor.stacked(
                    (0..<groups).map { group in
                        flat.selected(group, along: 1)
                            .multiplied(by: tables.selected(group).transposed(0, 1))
                            .argmax(along: 1)
                    },
                    along: 1
                )
            }
            let places = codes + starts(on: maps.device)
            let chosen = places.embedded(in: table)
            // Summed over a vector's numbers: twice one less the cosine.
            func distance(_ a: Tensor, _ b: Tensor) -> Tensor {
                (a - b).squared().sum(over: [2]).mean()
            }
            let loss =
                distance(chosen, flat.detached())
                + distance(chosen.detached(), flat) * commitment
            if isTraining { count(places) }
            return Quantised(
                vectors: (flat + (chosen - flat).detached())
                    .reshaped([pictures, rows, columns, width]).permuted([0, 3, 1, 2]),
                codes: codes.reshaped([pictures, rows, columns * groups]),
                loss: loss
            )
        }
    }

    /// The vectors of codes.
    ///
    /// Shape: N×H×(W · groups) → N×(groups · size)×H×W.
    public func vectors(_ codes: Tensor) -> Tensor {
        let (pictures, rows) = (codes.size(0), codes.size(1))
        let places = codes.reshaped([pictures, rows, -1, groups]) + starts(on: codes.device)
        return places.embedded(in: weight.normalized(along: 1))
            .reshaped([pictures, rows, codes.size(2) / groups, groups * size])
            .permuted([0, 3, 1, 2])
    }

    /// How near each code is to each vector of a map: the cosine.
    ///
    /// Shape: N×(groups · size)×H×W → N×(H · W · groups)×codes.
    public func similarities(_ maps: Tensor) -> Tensor {
        let (pictures, rows, columns) = (maps.size(0), maps.size(2), maps.size(3))
        let flat = flat(maps.converted(to: weight.dtype)).transposed(0, 1)
        let tables = weight.normalized(along: 1).reshaped([groups, count, size])
        return flat.multiplied(by: tables.transposed(1, 2)).transposed(0, 1)
            .reshaped([pictures, rows * columns * groups, count])
    }

    /// Counts the codes of a batch.
    ///
    /// Shape: vectors×groups places in the table.
    private func count(_ places: Tensor) {
        withoutGradients {
            let flat = places.flattened(from: 0)
            let ones = Tensor.ones(flat.shape, dtype: usage.dtype, device: flat.device)
            let counts = Tensor.zeros(usage.shape, dtype: usage.dtype, device: flat.device)
                .scatterAdded(ones, at: flat, along: 0)
            let shares = (counts / Double(places.size(0))).overAllProcesses()
            usage = usage * memory + shares * (1 - memory)
        }
    }

    /// Puts vectors of a batch in place of codes that are used less than a tenth of an even share.
    ///
    /// Shape: N×(groups · size)×H×W.
    ///
    /// - Returns: How many codes were replaced.
    @discardableResult
    public func restartUnusedCodes(from maps: Tensor, using source: RandomSource) -> Int {
        withoutGradients {
            let even = 1 / Double(count)
            let shares = usage.floats()
            let dead = shares.indices.filter { Double(shares[$0]) < even / 10 }
            guard !dead.isEmpty else { return 0 }
            // Codes are the same at all processes, and so are the vectors that are drawn.
            let flat = flat(maps.converted(to: weight.dtype).wholeBatch())
            let rows = ProcessGroup.$current.withValue(nil) {
                Tensor.integers([dead.count], below: flat.size(0), using: source)
            }
            // Each from the vectors of its own group.
            let chosen = rows * Double(groups) + Tensor(dead.map { $0 / count })
            let new = flat.reshaped([-1, size])
                .selected(at: chosen.converted(to: .int64).moved(to: flat.device))
            let places = Tensor(dead).moved(to: flat.device).unsqueezed(1)
            weight = weight.detached().scattered(
                new,
                at: places.expanded([dead.count, size]),
                along: 0
            )
            let usual = Tensor.full([dead.count], even, dtype: usage.dtype, device: usage.device)
            usage = usage.scattered(usual, at: places.squeezed(1), along: 0)
            return dead.count
        }
    }

    /// How many codes of a group are in use, as if all of those were used alike.
    public var perplexity: Double {
        withoutGradients {
            let shares = usage / usage.sum()
            return exp(-(shares * (shares + 1e-12).log()).sum().item()) / Double(groups)
        }
    }

    /// The share of codes that are used at least a tenth of an even share.
    public var shareInUse: Double {
        let least = Float(0.1 / Double(count))
        return Double(usage.floats().count { $0 >= least }) / Double(groups * count)
    }
}
