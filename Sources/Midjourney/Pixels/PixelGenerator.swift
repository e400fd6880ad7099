import Adversarial
import Autoregressive
import Foundation
import Neural
import Runs
import Settings
import Torch

/// A pixel model that draws by itself: latent numbers decide every pixel.
public final class PixelGenerator: Module, PixelByPixel, LikelyGenerator {
    /// The model.
    public let model: PixelModel
    private let spec: ImageSpec
    private let distribution: LatentDistribution

    /// A generator of pictures of that kind.
    public init(
        _ model: PixelModel,
        for spec: ImageSpec,
        distribution: LatentDistribution
    ) {
        (self.model, self.spec) = (model, spec)
        self.distribution = distribution
    }

    /// A draft is not needed.
    public var draftSize: Int { 0 }

    /// One for every choice.
    public var latentSize: Int { spec.height * spec.width * model.chances }

    /// Classes that can be asked for.
    public var labelCount: Int { spec.labels }

    /// −log₂ p of pictures.
    public func bits(of pictures: Tensor, labels: Tensor?) -> Tensor {
        model.bitsPerDimension(of: pictures, PixelCondition(classes: labels))
    }

    /// Bits of each number.
    public func validationMetrics(_ real: LabelledPictures) -> [(name: String, value: Double)] {
        [model.bitsMark(real, isConditional: labelCount > 0)]
    }

    /// Nothing: every pixel takes its time.
    public func fastSample(_ latents: Tensor, labels: Tensor?) -> Tensor? { nil }

    /// Draws pictures, pixel by pixel.
    public func drawn(_ latents: Tensor, labels: Tensor?, temperature: Double) -> Tensor {
        model.draw(
            by: distribution.uniforms(from: latents),
            rows: spec.height,
            columns: spec.width,
            PixelCondition(classes: labels),
            temperature: temperature
        )
    }
}

extension PixelModel {
    /// Bits of each number of pictures, without any draft.
    func bitsMark(
        _ real: LabelledPictures,
        isConditional: Bool
    ) -> (name: String, value: Double) {
        let condition = PixelCondition(classes: isConditional ? real.labels : nil)
        return (
            Recipe.Figure.bits.rawValue,
            bitsPerDimension(of: real.pictures, condition).mean().item()
        )
    }
}

extension PixelSpec {
    /// The pictures of a recipe, drawn after a draft or alone.
    public init(_ spec: ImageSpec, hasDraft: Bool) {
        self.init(
            channels: spec.channels,
            classes: spec.labels,
            draftChannels: hasDraft ? spec.channels : 0
        )
    }
}
