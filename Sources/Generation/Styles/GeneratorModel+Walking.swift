import Adversarial
import Checks
import Datasets
import Foundation
import Imaging
import Torch

/// A way from one drawing to another.
public enum DrawingPath: String, CaseIterable, Codable, Sendable {
    /// Straight between the latent numbers.
    case linear
    /// On the sphere that normal numbers lie near to.
    case spherical
    /// Straight between the styles.
    case styles
}

extension GeneratorModel {
    /// The ways between drawings that the model knows: styles only where it has them.
    public var paths: [DrawingPath] {
        network is any StyleGenerator ? DrawingPath.allCases : [.linear, .spherical]
    }

    /// Drawings from one to another in even steps, both ends among them.
    ///
    /// - Parameters:
    ///   - path: The way.
    ///   - steps: Drawings, two at least.
    ///   - request: Two drawings.
    /// - Returns: As many pictures.
    /// - Throws: `GenerationError.noStyles` for styles of a model without, `noProjection` for a model that
    ///   does not draw in one step.
    /// - Precondition: the request has two indices.
    public func walked(
        _ path: DrawingPath,
        steps: Int,
        _ request: DrawingRequest
    ) throws -> [Picture] {
        precondition(request.indices.count == 2 && steps > 1, "a walk of \(steps) steps")
        guard kind == .oneStep else {
            throw GenerationError.noProjection(model: description.recipe)
        }
        let styled = network as? any StyleGenerator
        guard path != .styles || styled != nil else {
            throw GenerationError.noStyles(model: description.recipe)
        }
        let labels = try labels(of: request, count: 1)
        return try inInferenceMode {
            let ends = request.indices.map { latents(request, $0, count: 1).moved(to: device) }
            let styles = styled.map { styled in
                ends.map {
                    styled.truncated(
                        styled.mapped($0, labels: labels),
                        by: request.manner.truncation
                    )
                }
            }
            let row = request.indices[0]..<request.indices[0] + 1
            let artist = try artist(row, request) { _ in }
            return (0..<steps).map { step in
                let share = Double(step) / Double(steps - 1)
                if path == .styles, let styled, let styles {
                    return Picture.batch(
                        of:
                            styled.synthesized(styles[0] * (1 - share) + styles[1] * share)
                    )[0]
                }
                let mixed =
                    path == .linear
                    ? ends[0] * (1 - share) + ends[1] * share : GeneratorModel.arc(ends, share)
                return Picture.batch(of: artist.draw(mixed).pictures)[0]
            }
        }
    }

    /// A point of the great circle through two directions, its length between theirs.
    ///
    /// Source: Shoemake, "Animating rotation with quaternion curves", 1985.
    private static func arc(_ ends: [Tensor], _ share: Double) -> Tensor {
        let lengths = ends.map { $0.squared().sum().squareRoot().item() }
        let cosine = (ends[0] * ends[1]).sum().item() / max(lengths[0] * lengths[1], 1e-12)
        let angle = acos(min(max(cosine, -1), 1))
        guard sin(angle) > 1e-6 else { return ends[0] * (1 - share) + ends[1] * share }
        let length = lengths[0] * (1 - share) + lengths[1] * share
        let parts = [sin((1 - share) * angle), sin(share * angle)]
        return (ends[0] * (parts[0] / lengths[0]) + ends[1] * (parts[1] / lengths[1]))
            * (length / sin(angle))
    }
}
