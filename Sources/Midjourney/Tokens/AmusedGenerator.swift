import Adversarial
import Autoregressive
import Neural
import Runs
import Settings
import Torch

/// A published aMUSEd: what reads a text, a transformer that tells all unknown codes at once, and what makes pictures
/// of codes.
public final class AmusedGenerator: Module, Generator {
    /// What draws the codes.
    public let transformer: AmusedTransformer
    /// What reads texts.
    public let text: CLIPText
    /// Pictures to codes and back.
    public let tokenizer: VQGAN
    /// The pieces of a text that asks for nothing in particular.
    private let open: [Int]

    /// The most steps that a picture can be drawn in.
    public static let mostSteps = 64

    /// All networks.
    ///
    /// - Parameters:
    ///   - transformer: What draws.
    ///   - text: What reads texts for it.
    ///   - tokenizer: For as many codes.
    ///   - open: The pieces of a text that asks for nothing in particular.
    public init(
        _ transformer: AmusedTransformer,
        _ text: CLIPText,
        _ tokenizer: VQGAN,
        open: [Int]
    ) {
        (self.transformer, self.text, self.tokenizer) = (transformer, text, tokenizer)
        self.open = open
    }

    /// Two for each code and step: fewer steps leave the last ones aside.
    public var latentSize: Int { transformer.chances(steps: Self.mostSteps) }

    /// None: it is asked with texts.
    public var labelCount: Int { 0 }

    /// Rows and columns of a picture.
    public var side: Int { transformer.settings.side * tokenizer.settings.factor }

    /// What texts, by their pieces, ask for; each counts so much, all together one.
    public func guided(_ texts: [[Int]], weights: [Double]) -> AmusedTransformer.GuidedTexts {
        transformer.guided(texts.map { text($0) }, weights: weights, sides: (side, side))
    }

    /// Draws pictures of nothing in particular.
    public func callAsFunction(_ latents: Tensor, labels: Tensor?) -> Tensor {
        let guided = guided([open], weights: [1])
        let chances = uniforms(from: latents)
        return Tensor.concatenated(
            (0..<latents.size(0)).map { row in
                pictures(transformer.drawn(guided, by: chances.selected(row)).codes)
            }
        )
    }

    /// Draws with the weights as they are.
    public func sampler(dtype: DType) -> any Sampler { AmusedSampler(generator: self) }

    /// Nothing: every step takes its time.
    public func fastSample(_ latents: Tensor, labels: Tensor?) -> Tensor? { nil }

    /// Latent numbers as the chances that codes are chosen by: even numbers from 0 to 1.
    public func uniforms(from latents: Tensor) -> Tensor {
        LatentDistribution.normal.uniforms(from: latents)
    }

    /// The picture of codes.
    ///
    /// Shape: 1×codes → 1×3×H×W, −1 … 1.
    public func pictures(_ codes: Tensor) -> Tensor {
        let side = transformer.settings.side
        return tokenizer.pictures(of: codes, rows: side, columns: side)
            .clamped(from: 0, to: 1) * 2 - 1
    }

    /// The codes of pictures.
    ///
    /// Shape: N×3×H×W, −1 … 1 → N×codes.
    public func codes(of pictures: Tensor) -> Tensor { tokenizer.codes(of: (pictures + 1) / 2) }

    /// How near each code is to what pictures show at its place: −1 … 1.
    ///
    /// Shape: N×3×H×W, −1 … 1 → N×places×codes.
    public func similarities(to pictures: Tensor) -> Tensor {
        tokenizer.similarities(to: (pictures + 1) / 2)
    }
}

/// Draws pictures of nothing in particular.
private struct AmusedSampler: Sampler {
    let generator: AmusedGenerator

    func callAsFunction(_ latents: Tensor, labels: Tensor?) -> Tensor {
        generator(latents, labels: labels)
    }
}
