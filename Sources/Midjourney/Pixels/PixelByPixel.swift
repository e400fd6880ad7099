import Adversarial

/// A generator that draws one pixel after the other.
public protocol PixelByPixel: Generator, AnyObject {
    /// How freely pixels are drawn: 1 as learned, 0 the likeliest level.
    var temperature: Double { get set }
    /// The first latent numbers, which pixels are not drawn by.
    var draftSize: Int { get }
}
