import Adversarial
import Autoregressive
import Foundation
import Neural
import Torch

/// A published LlamaGen: a transformer that draws the codes of a class, and what makes pictures of them.
public final class LlamaGenGenerator: Module, CodeGenerator {
    private let drawing: LlamaGenTransformer
    /// Pictures to codes and back.
    public let tokenizer: VQGAN

    /// Both networks.
    ///
    /// - Parameters:
    ///   - drawing: What draws.
    ///   - tokenizer: For as many codes.
    public init(_ drawing: LlamaGenTransformer, _ tokenizer: VQGAN) {
        (self.drawing, self.tokenizer) = (drawing, tokenizer)
    }

    /// The networks of a file that `atelier models add TRANSFORMER --tokenizer TOKENIZER` has made.
    ///
    /// - Throws: `OtherWeightsError`, `StateMismatch`, `TorchError`.
    public convenience init(reading file: URL) throws {
        let pair = try OtherPair(reading: file)
        self.init(try pair.transformer.transformer(), try pair.tokenizer.tokenizer())
    }

    /// What draws the codes.
    public var transformer: TokenTransformer { drawing.network }

    /// Pixels a side that a code stands for.
    public var factor: Int { tokenizer.settings.factor }

    /// Classes that can be asked for.
    public var labelCount: Int { drawing.settings.classes }

    /// Rows and columns of a picture.
    public var side: Int { drawing.settings.side * factor }

    /// Draws pictures of classes, or of none in particular.
    public func callAsFunction(_ latents: Tensor, labels: Tensor?) -> Tensor {
        let asked = labels?.unsqueezed(1) ?? transformer.open(latents.size(0))
        return pictures(transformer.draw(GuidedCondition(asked), by: uniforms(from: latents)))
    }

    /// Draws with the weights as they are.
    public func sampler(dtype: DType) -> any Sampler { LlamaGenSampler(generator: self) }

    /// The codes of pictures.
    public func codes(of pictures: Tensor) -> Tensor { tokenizer.codes(of: pictures) }

    /// The pictures of codes, made one by one.
    public func pictures(_ codes: Tensor) -> Tensor {
        tokenizer.separatePictures(of: codes, side: drawing.settings.side)
    }

    /// How near each code is to what pictures show at its place.
    public func similarities(to pictures: Tensor) -> Tensor {
        tokenizer.similarities(to: pictures)
    }
}

/// Draws pictures of classes.
private struct LlamaGenSampler: Sampler {
    let generator: LlamaGenGenerator

    func callAsFunction(_ latents: Tensor, labels: Tensor?) -> Tensor {
        generator(latents, labels: labels)
    }
}
