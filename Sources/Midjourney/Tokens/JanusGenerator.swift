import Adversarial
import Autoregressive
import Neural
import Runs
import Settings
import Torch

/// A published Janus: a transformer that draws codes after a text, and what makes pictures of them.
public final class JanusGenerator: Module, Generator {
    /// What draws the codes.
    public let transformer: JanusTransformer
    /// Pictures to codes and back.
    public let tokenizer: VQGAN
    /// Nothing in particular, as the network was taught it.
    private let open: [Int]

    /// Both networks.
    ///
    /// - Parameters:
    ///   - transformer: What draws.
    ///   - tokenizer: For as many codes.
    ///   - open: The pieces of a text that asks for nothing in particular.
    public init(_ transformer: JanusTransformer, _ tokenizer: VQGAN, open: [Int]) {
        (self.transformer, self.tokenizer, self.open) = (transformer, tokenizer, open)
    }

    /// One for each code.
    public var latentSize: Int { transformer.settings.places }

    /// None: it is asked with texts.
    public var labelCount: Int { 0 }

    /// Rows and columns of a picture.
    public var side: Int { transformer.settings.side * tokenizer.settings.factor }

    /// Draws pictures of nothing in particular.
    public func callAsFunction(_ latents: Tensor, labels: Tensor?) -> Tensor {
        let guided = JanusTransformer.GuidedTexts([open], weights: [1])
        return pictures(
            transformer.drawn(guided, TokenSampling(), by: uniforms(from: latents)).codes
        )
    }

    /// Draws with the weights as they are.
    public func sampler(dtype: DType) -> any Sampler { JanusSampler(generator: self) }

    /// Nothing: every code takes its time.
    public func fastSample(_ latents: Tensor, labels: Tensor?) -> Tensor? { nil }

    /// Latent numbers as the chances that codes are chosen by: even numbers from 0 to 1.
    public func uniforms(from latents: Tensor) -> Tensor {
        LatentDistribution.normal.uniforms(from: latents)
    }

    /// The pictures of codes, made one by one, so that each is the same beside any other.
    ///
    /// Shape: N×codes → N×3×H×W, −1 … 1.
    public func pictures(_ codes: Tensor) -> Tensor {
        tokenizer.separatePictures(of: codes, side: transformer.settings.side)
    }
}

/// Draws pictures of nothing in particular.
private struct JanusSampler: Sampler {
    let generator: JanusGenerator

    func callAsFunction(_ latents: Tensor, labels: Tensor?) -> Tensor {
        generator(latents, labels: labels)
    }
}
