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
        precondition(
            fake.size(0) == real.size(0) && real.size(0) > k,
            "expected as many drawings as pictures, more than \(k); found \(fake.size(0)) and"
                + " \(real.size(0))"
        )
        let realRadii = Neighbours.radii(real, k).unsqueezed(0)
        let fakeRadii = Neighbours.radii(fake, k).unsqueezed(1)
        var (hits, balls) = (0.0, 0.0)
        var reached = Tensor.zeros([real.size(0)], dtype: .float64)
        var near = reached
        Neighbours.pieces(fake, to: real) { start, squares in
            let inReal = (squares .<= realRadii).converted(to: .float64)
            let strictly = (squares .< realRadii).converted(to: .float64)
            let radii = fakeRadii.sliced(start..<start + squares.size(0), along: 0)
            let inFake = (squares .<= radii).converted(to: .float64)
            hits += inReal.max(over: [1]).sum().item()
            balls += strictly.sum().item()
            reached = reached.maximum(inFake.max(over: [0]))
            near = near.maximum(strictly.max(over: [0]))
        }
        let count = Double(fake.size(0))
        precision = hits / count
        recall = reached.mean().item()
        density = balls / (Double(k) * count)
        coverage = near.mean().item()
    }
}
