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
        sampler.styles == nil ? [.linear, .spherical] : DrawingPath.allCases
    }

    /// Drawings from one to another in even steps, both ends among them.
    ///
    /// - Parameters:
    ///   - path: The way.
    ///   - steps: Drawings, two at least.
    ///   - request: Two drawings.
    /// - Returns: As many pictures.
    /// - Throws: `GenerationError.lacks` for styles of a model without, and for a model that
    ///   does not draw in one step.
    /// - Precondition: the request has two indices.
    public func walked(
        _ path: DrawingPath,
        steps: Int,
        _ request: DrawingRequest
    ) throws -> [Picture] {
        precondition(request.indices.count == 2 && steps > 1, "a walk of \(steps) steps")
        _ = try space(for: .projection)
        if path == .styles { try require(.styles) }
        let labels = try conditions.labels(of: request, count: 1)
        return try inInferenceMode {
            let ends = request.indices.map { latents(request, $0, count: 1).moved(to: device) }
            let styled = sampler.styles
            let styles = styled.map { styled in
                ends.map { styled.styles($0, labels, truncation: request.sampling.truncation) }
            }
            let row = request.indices[0]..<request.indices[0] + 1
            let artist = try sampler.artist(for: SampledBatch(indices: row, request: request))
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
                    ? ends[0] * (1 - share) + ends[1] * share : GreatCircle.between(ends, share)
                return Picture.batch(of: artist.draw(mixed).pictures)[0]
            }
        }
    }
}
