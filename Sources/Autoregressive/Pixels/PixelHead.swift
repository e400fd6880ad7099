import Neural
import Torch

/// The distribution of a pixel, made from features that know all pixels before it.
///
/// Channels of a pixel are drawn one after the other, each given those before it.
public protocol PixelHead: Module {
    /// Log-likelihood of each picture, in nats: exact, of the nearest levels.
    ///
    /// Shape: N×F×H×W and N×C×H×W → N.
    func logLikelihood(_ features: Tensor, of pictures: Tensor) -> Tensor

    /// The mean of each number given what is before it in the context.
    ///
    /// Shape: N×F×H×W and N×C×H×W → N×C×H×W.
    func expectation(_ features: Tensor, given context: Tensor) -> Tensor

    /// Even numbers from 0 to 1 that decide a pixel.
    var chances: Int { get }

    /// A draw of one pixel; its mode at temperature 0.
    ///
    /// Shape: N×F×1×1 and N×chances → N×C×1×1, on the grid of levels.
    func draw(_ features: Tensor, temperature: Double, chances: Tensor) -> Tensor
}
