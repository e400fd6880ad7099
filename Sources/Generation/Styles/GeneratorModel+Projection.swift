import Adversarial
import Datasets
import Imaging
import Midjourney
import Neural
import Optimizers
import Torch

/// Where a picture lies among a model's drawings.
public struct Projection {
    /// Styles of each layer, 1×layers×width, or latent numbers, 1×latents.
    let place: Tensor
    /// The mean difference between picture and drawing: 0 for the same, 1 at most.
    public let distance: Double
}

extension GeneratorModel {
    /// Looks for the styles, or the latent numbers, that draw a picture.
    ///
    /// Pixels at three sizes are compared and, where the discriminator lies beside the network, what it
    /// sees.
    ///
    /// Source: Karras et al., "Analyzing and improving the image quality of StyleGAN", CVPR 2020,
    /// appendix D, with the discriminator's features in place of LPIPS.
    ///
    /// - Parameters:
    ///   - picture: Any; one of another size is brought to the model's.
    ///   - steps: Steps of the search.
    ///   - request: The class.
    ///   - watch: Told how much is done, from 0 to 1.
    /// - Returns: The best place.
    /// - Throws: `GenerationError.lacks` for models that draw piece by piece.
    public func projected(
        _ picture: Picture,
        steps: Int,
        _ request: DrawingRequest,
        watch: (Double) -> Void = { _ in }
    ) throws -> Projection {
        try require(.drawing)
        let space = try space(for: .projection)
        let target = ownNumbers(picture)
        let critic = try? critic()
        let seen = withoutGradients { critic?.maps(of: target) ?? [] }
        let labels = try conditions.labels(of: request, count: 1)
        let place = Parameter(wrappedValue: space.start)
        let optimizer = Optimizer(Adam(learningRate: 0.05), for: [("place", place)])
        for step in 0..<steps {
            // Rates rise for a twentieth of the steps and fall to nothing.
            let share = Double(step) / Double(steps)
            optimizer.learningRate = 0.05 * min(1, share * 20 + 0.05) * (1 - share)
            let drawn = space.drawn(at: place.wrappedValue, labels)
            var loss = GeneratorModel.difference(drawn, target)
            for (found, wanted) in zip(critic?.maps(of: drawn) ?? [], seen) {
                loss = loss + (found - wanted).absolute().mean() * 0.1
            }
            optimizer.step(gradients(of: loss, for: optimizer.weights))
            watch(Double(step + 1) / Double(steps))
        }
        return withoutGradients {
            let found = place.wrappedValue.detached()
            let distance = (space.drawn(at: found, labels) - target).absolute().mean().item() / 2
            return Projection(place: found, distance: distance)
        }
    }

    /// The picture of a place.
    ///
    /// - Throws: `GenerationError` for a class that the model does not have.
    public func drawing(
        of projection: Projection,
        name: String,
        _ request: DrawingRequest
    ) throws -> Drawing {
        let labels = try conditions.labels(of: request, count: 1)
        let space = try space(for: .projection)
        let picture = inInferenceMode {
            Picture.batch(of: space.drawn(at: projection.place, labels))[0]
        }
        return edited(
            picture,
            request.indices.first ?? 0,
            request,
            Edit("project", of: [name], ["distance": projection.distance])
        )
    }

    /// Variations around a place: latent numbers or styles with new ones mixed in.
    func variations(
        around projection: Projection,
        in space: any LatentSpace,
        _ share: Double,
        _ request: DrawingRequest,
        _ edit: Edit
    ) throws -> [Drawing] {
        let labels = try conditions.labels(of: request, count: 1)
        return inInferenceMode {
            request.indices.map { index in
                let new = Tensor.normal(
                    [1, latents.size],
                    using: RandomSource(seed: request.seed, stream: UInt64(index))
                ).moved(to: device)
                let place = space.varied(projection.place, by: new, share, labels)
                return edited(
                    Picture.batch(of: space.drawn(at: place, labels))[0],
                    index,
                    request,
                    edit
                )
            }
        }
    }

    /// The mean absolute difference at the pictures' size, half of it and a quarter.
    private static func difference(_ drawn: Tensor, _ target: Tensor) -> Tensor {
        var (a, b) = (drawn, target)
        var sum = (a - b).absolute().mean()
        for _ in 0..<2 where a.size(2) > 7 && a.size(3) > 7 {
            let half = [a.size(2) / 2, a.size(3) / 2]
            (a, b) = (a.adaptiveAveragePooled(size: half), b.adaptiveAveragePooled(size: half))
            sum = sum + (a - b).absolute().mean()
        }
        return sum
    }
}
