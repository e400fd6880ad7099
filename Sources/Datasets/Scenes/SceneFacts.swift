import Imaging
import Settings

/// What can be seen in a scene: what an exam asks a judge for.
public struct SceneFacts: Sendable, Equatable {
    /// A thing that is in it.
    public struct Thing: Sendable, Equatable {
        /// What it is, by its number among the names of all things.
        public let concept: Int
        /// The colour that most of it has; nothing where it has several or the style takes it away.
        public let colour: ColourTerm?
    }

    /// How two things are to each other, as it can be seen: `beside` is left or right of.
    public enum Arrangement: Int, Sendable, CaseIterable {
        case leftOf
        case rightOf
        case above
        case below
        case on
        case inFrontOf
        case inside
        /// The first wears the second.
        case wears
    }

    /// How it was put together.
    public let production: SceneProduction
    /// One thing, or two; several of a thing are one here.
    public let things: [Thing]
    /// How many there are of the thing that is named first.
    public let count: Int
    /// What the caption says of two things.
    public let relation: SceneRelation?
    /// How two things are to each other.
    public let arrangement: Arrangement?
    /// What was done to the whole.
    public let style: PictureStyle?
    /// What is behind, by its number; 0 for nothing.
    public let place: Int

    /// How many places there are, nothing among them.
    public static let placeCount = ScenePlace.allCases.count + 1
}

extension ScenesSource {
    /// Names of everything that can be in a scene, in the order of their numbers.
    public var conceptNames: [String] { maker.bank.concepts.map(\.noun.text) }

    /// What can be seen in a scene; nothing where a whole picture is shown, of which only a name is known.
    public func facts(at number: Int) -> SceneFacts? {
        let scene = maker.scene(at: number)
        guard scene.picture == nil, let first = scene.things.first else { return nil }
        let isPair = scene.production != .count && scene.things.count > 1
        let things = (isPair ? Array(scene.things.prefix(2)) : [first]).map { thing in
            SceneFacts.Thing(
                concept: thing.concept,
                colour: scene.style.map(\.keepsColours) == false
                    ? nil : thing.colour ?? maker.bank.sprites[thing.sprite].colour
            )
        }
        return SceneFacts(
            production: scene.production,
            things: things,
            count: scene.count,
            relation: scene.relation,
            arrangement: isPair ? arrangement(scene) : nil,
            style: scene.style,
            place: scene.place.flatMap(ScenePlace.allCases.firstIndex).map { $0 + 1 } ?? 0
        )
    }

    private func arrangement(_ scene: Scene) -> SceneFacts.Arrangement? {
        if scene.production == .wearing { return .wears }
        return switch scene.relation {
        case .leftOf: .leftOf
        case .rightOf: .rightOf
        case .beside: scene.things[0].x < scene.things[1].x ? .leftOf : .rightOf
        case .above: .above
        case .below: .below
        case .on: .on
        case .inFrontOf: .inFrontOf
        case .inside: .inside
        case nil: nil
        }
    }
}

extension PictureStyle {
    /// Whether things keep the colours they have.
    var keepsColours: Bool {
        switch self {
        case .oil, .watercolour, .pixelArt, .poster: true
        case .pencil, .silhouette, .neon, .engraving: false
        }
    }
}
