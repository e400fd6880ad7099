import Torch

/// What a pixel model is told of the pictures it is to draw.
public struct PixelCondition {
    /// The class of each picture; nothing to leave it open.
    ///
    /// Shape: N whole numbers.
    public var classes: Tensor?
    /// The picture that each one is to follow, −1 … 1; nothing to leave it open.
    ///
    /// Shape: N×draft channels×H×W.
    public var draft: Tensor?
    /// 1 where a picture follows its draft, 0 where it is as if there were none.
    ///
    /// Shape: N.
    public var follows: Tensor?

    /// Nothing, or what is known.
    public init(classes: Tensor? = nil, draft: Tensor? = nil, follows: Tensor? = nil) {
        (self.classes, self.draft, self.follows) = (classes, draft, follows)
    }

    /// Everything left open.
    public static var open: PixelCondition { PixelCondition() }
}
