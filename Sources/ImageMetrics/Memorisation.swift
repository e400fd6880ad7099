import Torch

/// How near drawings lie to the training pictures, beside real pictures that were held out.
///
/// A drawing is authentic where its nearest training picture has another training picture nearer.
///
/// Source: Alaa et al., "How faithful is your synthetic data?", ICML 2022, section 4.3, for
/// authenticity; Meehan et al., "A non-parametric test to detect data-copying in generative models",
/// AISTATS 2020, for the comparison with what was held out.
public struct Memorisation: Sendable, Equatable {
    /// The distance of each drawing to its nearest training picture.
    public let distances: [Double]
    /// Which training picture that is.
    public let nearest: [Int]
    /// The share of drawings that are authentic.
    public let authenticity: Double
    /// The same distances of real pictures that were held out; none where nothing was.
    public let heldOut: [Double]

    /// Compares features.
    ///
    /// - Parameters:
    ///   - drawn: Features of drawings, N×d.
    ///   - training: Features of training pictures, M×d, two at least.
    ///   - heldOut: Features of pictures held out.
    public init(_ drawn: Tensor, training: Tensor, heldOut: Tensor? = nil) {
        let found = Neighbours.nearest(drawn, among: training)
        distances = found.distances
        nearest = found.places
        // Only of those that are nearest to a drawing it matters how near their own neighbours are.
        let met = Array(Set(found.places)).sorted()
        let own = Dictionary(uniqueKeysWithValues: zip(met, Neighbours.own(met, of: training)))
        let authentic = zip(found.places, found.distances).count { (own[$0] ?? 0) < $1 }
        authenticity = Double(authentic) / Double(found.places.count)
        self.heldOut = heldOut.map { Neighbours.nearest($0, among: training).distances } ?? []
    }

    /// The share of drawings that are nearer to a training picture than 95 of 100 pictures that were held
    /// out; 0.05 where drawings are as new as those.
    public var copies: Double? {
        guard !heldOut.isEmpty else { return nil }
        let limit = heldOut.sorted()[heldOut.count / 20]
        return Double(distances.count { $0 < limit }) / Double(distances.count)
    }
}
