import Adversarial

/// A generator that draws one pixel, or one code, after the other.
public protocol PieceByPiece: Generator, AnyObject {
    /// How freely pixels are drawn: 1 as learned, 0 the likeliest at each step.
    var temperature: Double { get set }
    /// The first latent numbers, which pieces are not drawn by.
    var draftSize: Int { get }
}
