/// A picture of one thing, ready to be put into scenes.
struct Sprite: Sendable {
    /// Its place in the set `pictures`.
    let picture: Int
    /// Whose hand it is in.
    let hand: PictureHand
    /// What can be seen of it, in pixels.
    let box: PixelBox
    /// The colour that most of it has; nothing where it has several.
    let colour: ColourTerm?
    /// What can be given another colour; nothing where that would spoil it.
    let paint: SpritePaint?
    /// Whether only the head is drawn, seen from the front.
    let isHead: Bool
    /// Whether it is kept for tests.
    let isHeldOut: Bool
}

/// A box of pixels.
struct PixelBox: Sendable, Equatable {
    let x: Int
    let y: Int
    let width: Int
    let height: Int
}

/// The saturated part of a sprite: the cluster of hue that most of it has.
struct SpritePaint: Sendable, Equatable {
    /// The middle of the hues, in radians.
    let hue: Float
    /// Half the width of the hues that belong to it, in radians.
    let reach: Float
    /// Its mean lightness.
    let lightness: Float
    /// Its mean distance from grey.
    let chroma: Float
    /// Its share of the opaque pixels.
    let share: Float
}
