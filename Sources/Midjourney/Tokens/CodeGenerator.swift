import Adversarial
import Autoregressive
import Settings
import Torch

/// A generator whose pictures are codes, which a transformer draws one after the other.
public protocol CodeGenerator: Generator {
    /// What draws the codes.
    var transformer: TokenTransformer { get }

    /// Pixels a side that the codes of a place stand for.
    var factor: Int { get }

    /// The codes of pictures.
    ///
    /// Shape: N×C×H×W → N×codes.
    func codes(of pictures: Tensor) -> Tensor

    /// The pictures of codes, −1 … 1.
    ///
    /// Shape: N×codes → N×C×H×W.
    func pictures(_ codes: Tensor) -> Tensor

    /// How near each code is to what pictures show at its place: −1 … 1.
    ///
    /// Shape: N×C×H×W → N×codes of a picture×codes.
    func similarities(to pictures: Tensor) -> Tensor
}

extension CodeGenerator {
    /// One for each code.
    public var latentSize: Int { transformer.settings.length }

    /// Latent numbers as the chances that codes are chosen by: even numbers from 0 to 1.
    public func uniforms(from latents: Tensor) -> Tensor {
        LatentDistribution.normal.uniforms(from: latents)
    }

    /// Nothing: every code takes its time.
    public func fastSample(_ latents: Tensor, labels: Tensor?) -> Tensor? { nil }

    /// How near each code is to what pictures show at its place, the pictures' shares being summed.
    ///
    /// - Parameters:
    ///   - pictures: N×C×H×W.
    ///   - weights: What each picture counts.
    /// - Returns: 1×codes of a picture×codes, −1 … 1 where the weights sum to one.
    public func nearness(to pictures: Tensor, weights: [Double]) -> Tensor {
        withoutGradients {
            let found = similarities(to: pictures)
            return weights.indices.reduce(Tensor.zeros([1], device: pictures.device)) { sum, row in
                sum + found.sliced(row..<row + 1, along: 0) * weights[row]
            }
        }
    }
}
