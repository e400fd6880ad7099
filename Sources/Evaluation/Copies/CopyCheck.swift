import Datasets
import Generation
import ImageMetrics
import Imaging
import Settings
import Torch

/// Which drawings lie too near to a training picture, measured by pixels.
///
/// Pictures are compared at 32 pixels a side. A drawing counts as a copy where it lies nearer to a training picture
/// than any of up to 1,000 pictures that were held out does; where nothing was held out, than any of up to 500
/// training pictures does to another.
public struct CopyCheck {
    /// A drawing beside the training picture that it lies nearest to.
    public struct Neighbour: Codable, Sendable, Equatable {
        /// The training picture's name in its set.
        public var training: String
        /// The root of the mean square of what they differ by: 0 for the same, 1 for black and white.
        public var distance: Double
        /// Whether it lies nearer than it may.
        public var isCopy: Bool
    }

    /// What was found of all drawings.
    public struct Report: Codable, Sendable, Equatable {
        /// The drawings, in their order.
        public var drawings: [Neighbour]
        /// How near the nearest of other pictures lies.
        public var limit: Double
        /// What that limit was found with.
        public var limitFrom: String
        /// The share of drawings for which the nearest training picture has another one nearer.
        public var authenticity: Double
        /// How many training pictures there are.
        public var training: Int

        /// Which drawings count as copies.
        public var copies: [Int] { drawings.indices.filter { drawings[$0].isCopy } }

        /// The report in one line for people.
        public var sentence: String {
            let nearest = drawings.map(\.distance).min() ?? 0
            return "the nearest to any of \(training) training pictures lies "
                + "\(CopyCheck.text(nearest)) from it; \(limitFrom) come "
                + "as near as \(CopyCheck.text(limit)); "
                + "\(copies.count) of \(drawings.count) drawings lie nearer"
        }
    }

    private let pictures: [PictureCache]
    private let training: Tensor
    private let heldOut: Tensor?

    private static let side = 32

    /// Looks at the pictures that a model learned from, found as for training.
    ///
    /// - Parameters:
    ///   - model: Whose.
    ///   - path: Where the data set lies; the known places by default.
    ///   - holdsOut: Whether a part was held out; where it was not, all pictures are training pictures.
    ///   - notice: Told what a person should know.
    /// - Throws: `GenerationError.noData` for a model that does not name its set; what is wrong with the data.
    public init(
        of model: GeneratorModel,
        path: String?,
        holdsOut: Bool = true,
        notice: @escaping @Sendable (String) -> Void
    ) throws {
        let own = try model.dataset(.train, path: path, notice: notice)
        // Small sets may have nothing to hold out, and sets without parts have one part twice.
        let found = try? model.dataset(.test, path: path, notice: { _ in })
        let other = found.flatMap { $0.contents == own.contents ? nil : $0 }
        pictures = [own] + (holdsOut ? [] : [other].compactMap { $0 })
        training = Tensor.concatenated(
            pictures.map { CopyCheck.rows($0, Array(0..<$0.count)) }
        )
        heldOut = other.flatMap { other in
            let count = min(other.count, 1000)
            guard holdsOut, count >= 5 else { return nil }
            return CopyCheck.rows(other, (0..<count).map { $0 * other.count / count })
        }
    }

    /// Compares drawings with the training pictures.
    ///
    /// - Precondition: there is a drawing, of the size of the model's.
    public func report(on drawings: [Picture]) throws -> Report {
        let rows = Tensor.concatenated(
            drawings.map { CopyCheck.small(CopyCheck.tensor($0)) }
        )
        let found = Memorisation(rows, training: training, heldOut: heldOut)
        let limit: Double
        let from: String
        if let least = found.heldOut.min() {
            (limit, from) = (least, "of \(found.heldOut.count) held-out pictures the nearest")
        } else {
            limit = try ownLimit()
            from = "of training pictures themselves the nearest two"
        }
        return Report(
            drawings: try zip(found.nearest, found.distances).map { place, distance in
                Neighbour(
                    training: try identifier(place),
                    distance: distance,
                    isCopy: distance < limit || distance < CopyCheck.same
                )
            },
            limit: limit,
            limitFrom: from,
            authenticity: found.authenticity,
            training: training.size(0)
        )
    }

    /// The name of a training picture.
    private func identifier(_ place: Int) throws -> String {
        let first = pictures[0].count
        return place < first
            ? try pictures[0].record(at: place).identifier
            : try pictures[1].record(at: place - first).identifier
    }

    /// Below this pictures are the same but for rounding.
    private static let same = 1e-3

    /// How near the nearest two of the training pictures lie, equal ones left out.
    private func ownLimit() throws -> Double {
        let count = training.size(0)
        guard count > 2 else { return 0 }
        let some = min(count / 2, 500)
        // Every other picture beside all the rest.
        let chosen = (0..<some).map { $0 * (count / some) }
        let rest = (0..<count).filter { $0 % (count / some) != 0 || $0 / (count / some) >= some }
        guard rest.count > 1 else { return 0 }
        let apart = Memorisation(
            training.selected(at: Tensor(chosen)),
            training: training.selected(at: Tensor(rest))
        ).distances
        return apart.filter { $0 >= CopyCheck.same }.min() ?? 0
    }

    private static func rows(_ pictures: PictureCache, _ places: [Int]) -> Tensor {
        Tensor.concatenated(
            stride(from: 0, to: places.count, by: 256).map { start in
                small(pictures.batch(places[start..<min(start + 256, places.count)]).tensor())
            }
        )
    }

    private static func tensor(_ picture: Picture) -> Tensor {
        Tensor(
            picture.values(layout: .planar),
            shape: [1, picture.channels, picture.height, picture.width]
        )
    }

    /// Pictures as rows whose distance is the root of the mean square of what they differ by, of 1 at most.
    ///
    /// Shape: N×C×H×W → N×numbers.
    private static func small(_ pictures: Tensor) -> Tensor {
        let rows = pictures.adaptiveAveragePooled(size: [side, side]).flattened(from: 1)
        return rows * (0.5 / Double(rows.size(1)).squareRoot())
    }

    private static func text(_ value: Double) -> String {
        let thousandths = (value * 10_000).rounded() / 10_000
        return "\(thousandths)"
    }
}
