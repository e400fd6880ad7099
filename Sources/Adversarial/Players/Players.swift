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
