import Neural
import Torch

/// A network whose features of a pixel know all pixels before it, row by row, and nothing else.
public protocol PixelTrunk: Module {
    /// Features of a pixel.
    var width: Int { get }

    /// Features of every pixel, all at once.
    ///
    /// Shape: N×C×H×W → N×width×H×W.
    func callAsFunction(_ pictures: Tensor, _ condition: PixelCondition) -> Tensor

    /// The same features pixel by pixel, each computed once.
    ///
    /// - Parameters:
    ///   - count: Pictures drawn together.
    ///   - rows: Rows of the pictures.
    ///   - columns: Columns of the pictures.
    ///   - condition: What is known of them.
    /// - Returns: The walk, before its first row.
    func walk(count: Int, rows: Int, columns: Int, _ condition: PixelCondition) -> any PixelWalk
}

/// Features of pixels in the order in which they are drawn, from what is kept of those before.
public protocol PixelWalk: AnyObject {
    /// Begins the next row.
    func beginRow()

    /// Features of the next pixel of the row.
    ///
    /// Shape: N×width×1×1.
    func features() -> Tensor

    /// Says what that pixel became.
    ///
    /// Shape: N×C×1×1.
    func append(_ pixel: Tensor)
}
