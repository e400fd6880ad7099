import Imaging
import Settings

/// Where the first of two things is.
public enum SceneRelation: String, Codable, Sendable, CaseIterable {
    case leftOf = "left of"
    case rightOf = "right of"
    case above
    case below
    case on
    case inFrontOf = "in front of"
    case beside
    case inside
}

/// What a scene asks for: how it was put together, and what an exam looks at.
public enum SceneProduction: String, Codable, Sendable, CaseIterable {
    /// A picture of the set `pictures` as it is.
    case picture
    /// One thing.
    case thing
    /// A thing of a colour.
    case colour
    /// A thing of a size.
    case size
    /// Two to four of a thing.
    case count
    /// Two things and where they are.
    case relation
    /// Two things, each of a colour.
    case binding
    /// A head that wears something.
    case wearing
}

/// What is around what a scene is about.
public enum SceneSetting: String, Codable, Sendable, CaseIterable {
    /// Places, styles and hands, as often as in training.
    case any
    /// Neither a place nor a style.
    case bare
    /// A style.
    case styled
    /// Neither a place nor a style, and one thing alone: what scenes are made of.
    case alone
}

/// How large a thing is said to be.
public enum SceneSize: String, Codable, Sendable, CaseIterable {
    case tiny
    case small
    case big
    case huge
}

/// One thing of a scene and where it is.
struct SceneThing: Sendable, Equatable {
    /// The concept, by its number in the bank.
    var concept: Int
    /// The sprite, by its number in the bank.
    var sprite: Int
    /// The colour that is said of it.
    var colour: ColourTerm?
    /// Whether it is painted so; else its sprite has that colour.
    var isPainted = false
    /// The middle, as a share of the picture's sides.
    var x: Float = 0.5
    var y: Float = 0.5
    /// The longer side of what can be seen, as a share of the picture's side.
    var extent: Float = 0.8
}

/// A scene: what is in it, where, and how it is drawn.
struct Scene: Sendable, Equatable {
    /// How it was put together.
    var production: SceneProduction
    /// The picture that is shown as it is, in the set `pictures`.
    var picture: Int?
    /// The things; of two the one that is named first, and behind both its further copies.
    var things: [SceneThing] = []
    /// How many of the thing that is named first there are, where that is said.
    var count = 1
    /// How large the thing is said to be.
    var size: SceneSize?
    /// Where the first thing is.
    var relation: SceneRelation?
    /// Whether the first thing is drawn before the second.
    var firstIsBehind = false
    /// What is behind everything.
    var place: ScenePlace?
    /// The colour of a plain background.
    var placeColour: ColourTerm = .white
    /// What is done to the whole.
    var style: PictureStyle?
    /// Whose hand all things are in, where that is said.
    var hand: PictureHand?
    /// Numbers of chance for place and style.
    var seed: UInt64 = 0

    /// The things as they are drawn, each over those before it.
    var drawn: [SceneThing] {
        if firstIsBehind { return things }
        guard relation != nil, things.count > 2 else { return things.reversed() }
        return [things[1]] + things[2...] + [things[0]]
    }
}
