import Checks
import Torch

/// How far drawings lie where real pictures lie, and reach all of them.
///
/// A picture's ball reaches to its k-th neighbour among its like. Precision is the share of drawings
/// in the ball of any real picture, recall the share of real pictures in the ball of any drawing.
/// Density counts the balls of real pictures that a drawing lies in, over k; coverage is the share
/// of real pictures with a drawing in their own ball. The last two forgive single outliers.
///
/// Source: Kynkäänniemi et al., "Improved precision and recall metric", NeurIPS 2019; Naeem et al.,
/// "Reliable fidelity and diversity metrics", ICML 2020.
public struct ManifoldScores: Sendable, Equatable {
    /// The share of drawings among real pictures.
    public let precision: Double
    /// The share of real pictures among drawings.
    public let recall: Double
    /// Real balls that a drawing lies in, over k, on average.
    public let density: Double
    /// The share of real pictures that have a drawing near.
    public let coverage: Double

    /// The scores of drawings beside real pictures, as many of either.
    ///
    /// - Parameters:
    ///   - fake: Features of drawings, N×d.
    ///   - real: Features of real pictures, N×d.
    ///   - k: Neighbours that a ball reaches to: usually 3 for precision and recall, 5 for the
    ///     others.
    public init(_ fake: Tensor, beside real: Tensor, k: Int) {
        self = ManifoldScores.each(of: [k], fake, beside: real)[0]
    }

    private init(_ tally: Tally, k: Int, count: Double) {
        precision = tally.hits / count
        recall = tally.reached.converted(to: .float64).mean().item()
        density = tally.balls / (Double(k) * count)
        coverage = tally.near.converted(to: .float64).mean().item()
    }

    /// The scores of drawings beside real pictures for several numbers of neighbours, for the price of one.
    ///
    /// - Parameters:
    ///   - counts: Neighbours that a ball reaches to.
    ///   - fake: Features of drawings, N×d.
    ///   - real: Features of real pictures, N×d.
    /// - Returns: The scores for each.
    public static func each(
        of counts: [Int],
        _ fake: Tensor,
        beside real: Tensor
    ) -> [ManifoldScores] {
        let most = counts.max() ?? 0
        precondition(
            fake.size(0) == real.size(0) && real.size(0) > most,
            "expected as many drawings as pictures, more than \(most); found \(fake.size(0)) and"
                + " \(real.size(0))"
        )
        let middle = real.mean(over: [0])
        let (fake, real) = (fake - middle, real - middle)
        let dtype = real.dtype
        let realRadii = Neighbours.radii(real, counts, in: dtype).map { $0.unsqueezed(0) }
        let fakeRadii = Neighbours.radii(fake, counts, in: dtype).map { $0.unsqueezed(1) }
        let none = Tensor.zeros([real.size(0)])
        var tallies = counts.map { _ in Tally(reached: none, near: none) }
        Neighbours.pieces(fake, to: real, in: dtype) { start, squares in
            for index in counts.indices {
                let radii = fakeRadii[index].sliced(start..<start + squares.size(0), along: 0)
                tallies[index].add(squares, real: realRadii[index], fake: radii)
            }
        }
        return zip(tallies, counts).map {
            ManifoldScores($0, k: $1, count: Double(fake.size(0)))
        }
    }

    /// What was counted so far.
    private struct Tally {
        var hits = 0.0
        var balls = 0.0
        var reached: Tensor
        var near: Tensor

        /// Counts a piece of the squared distances of drawings to all real pictures.
        mutating func add(_ squares: Tensor, real: Tensor, fake: Tensor) {
            // Counts of whole numbers are exact in single precision up to 16 million.
            func numbers(_ truths: Tensor) -> Tensor { truths.converted(to: .float32) }
            let strictly = numbers(squares .< real)
            hits += numbers(squares .<= real).max(over: [1]).sum().item()
            balls += strictly.sum(over: [1]).converted(to: .float64).sum().item()
            reached = reached.maximum(numbers(squares .<= fake).max(over: [0]))
            near = near.maximum(strictly.max(over: [0]))
        }
    }
}
