import Neural
import Torch

/// A network that draws pictures from latent numbers.
public protocol Generator: Module {
    /// How many latent numbers make one picture.
    var latentSize: Int { get }

    /// How many classes can be asked for; 0 when the network knows none.
    var classCount: Int { get }

    /// Draws pictures, −1 … 1.
    ///
    /// Shape: N×latent, and N when there are classes → N×C×H×W.
    func callAsFunction(_ latents: Tensor, labels: Tensor?) -> Tensor

    /// The network for drawing alone.
    func sampler(dtype: DType) -> any Sampler
}

extension Generator {
    /// The network for drawing alone, with the weights it has now: all that depends on them alone
    /// is done in advance where the family knows how.
    ///
    /// - Parameter dtype: The type of the heavy operations, float32 or bfloat16.
    /// - Returns: What draws.
    /// - Precondition: the network is in use, not in training.
    public func sampler(dtype: DType = .float32) -> any Sampler {
        AutocastSampler(generator: self, dtype: dtype == .float32 ? nil : dtype)
    }
}

/// A network that tells real pictures from drawn ones.
public protocol Discriminator: Module {
    /// Whether a picture's logit depends on the other pictures of its batch.
    ///
    /// When it does not, real and drawn pictures may share a batch, and one backward pass can
    /// serve both players.
    var mixesSamples: Bool { get }

    /// Logits: above zero for pictures taken to be real.
    ///
    /// Shape: N×C×H×W, and N when there are classes → N.
    func callAsFunction(_ pictures: Tensor, labels: Tensor?) -> Tensor
}
