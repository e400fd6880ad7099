import Imaging
import Settings

/// Which scenes: those to learn from, or those whose combinations are held out.
public enum ScenePart: String, Codable, Sendable, CaseIterable {
    /// Without any combination that is held out.
    case seen
    /// Each with one that is.
    case heldOut = "held-out"
}

/// Says what is in a scene: a pure function of seed and number.
struct SceneMaker: Sendable {
    let bank: SpriteBank
    let seed: UInt64
    let part: ScenePart
    /// The one way in which scenes are put together; nothing for all, by their shares.
    let production: SceneProduction?
    /// What is around what a scene is about.
    let setting: SceneSetting

    /// Concepts by what can be done with them.
    private let usable: [Int]
    private let keptForTests: [Int]
    private let countable: [Int]
    private let paintable: [Int]

    /// How often scenes are put together in each way.
    static let shares: [(SceneProduction, Float)] = [
        (.picture, 0.10), (.thing, 0.30), (.colour, 0.18), (.size, 0.03), (.count, 0.09),
        (.relation, 0.17), (.binding, 0.08), (.wearing, 0.05),
    ]

    /// How often things that are alone are put together in each way.
    private static let aloneShares: [(SceneProduction, Float)] = [
        (.picture, 0.12), (.thing, 0.55), (.colour, 0.33),
    ]

    /// How often a thing is one that people ask for every day, where there is a choice.
    private static let everyday: Float = 0.65

    /// The same of things that are alone, and how often it is one that several hands have drawn.
    private static let alone: (everyday: Float, shared: Float) = (0.45, 0.4)

    private static let mostTries = 400

    init(
        bank: SpriteBank,
        seed: UInt64,
        part: ScenePart,
        production: SceneProduction? = nil,
        setting: SceneSetting = .any
    ) {
        (self.bank, self.seed, self.part, self.production) = (bank, seed, part, production)
        self.setting = setting
        let numbers = Array(bank.concepts.indices)
        usable = numbers.filter { number in
            bank.concepts[number].sprites.contains { !bank.sprites[$0].isHeldOut }
        }
        keptForTests = numbers.filter { number in
            bank.concepts[number].sprites.contains { bank.sprites[$0].isHeldOut }
        }
        countable = usable.filter { bank.concepts[$0].noun.isCountable }
        paintable = usable.filter { number in
            bank.concepts[number].sprites.contains {
                !bank.sprites[$0].isHeldOut
                    && (bank.sprites[$0].paint != nil || bank.sprites[$0].colour != nil)
            }
        }
    }

    /// The scene of a number.
    func scene(at number: Int) -> Scene {
        var chance = Chance(seed: seed, number: number, purpose: 0)
        let shares = setting == .alone ? SceneMaker.aloneShares : SceneMaker.shares
        let production = production ?? chance.among(shares)
        var last: Scene?
        for attempt in 1...Self.mostTries {
            var chance = Chance(seed: seed, number: number, purpose: attempt)
            guard let scene = scene(production, &chance) else { continue }
            last = scene
            if fits(scene) { return scene }
        }
        // So many tries have always been enough; a picture as it is takes none.
        var spare = Chance(seed: seed, number: number, purpose: 0)
        return last.flatMap { fits($0) ? $0 : nil } ?? plain(&spare)
    }

    /// All combinations of a scene that may be held out.
    func combinations(of scene: Scene) -> [String] {
        func name(_ place: Int) -> String { bank.concepts[scene.things[place].concept].noun.text }
        guard !scene.things.isEmpty else { return [] }
        var found = scene.things.indices.compactMap { place in
            scene.things[place].colour.map { HeldOutCombination.colour($0, name(place)) }
        }
        if scene.count > 1 { found.append(HeldOutCombination.count(scene.count, name(0))) }
        if let relation = scene.relation, scene.things.count > 1 {
            found.append(HeldOutCombination.relation(name(0), relation, name(1)))
        }
        if scene.production == .wearing, scene.things.count > 1 {
            found.append(HeldOutCombination.wearing(name(0), name(1)))
        }
        if let style = scene.style {
            found += scene.things.indices.map {
                HeldOutCombination.style(style.rawValue, name($0))
            }
        }
        return Array(Set(found)).sorted()
    }

    /// Whether a scene belongs to the part.
    private func fits(_ scene: Scene) -> Bool {
        let combinations = combinations(of: scene)
        switch part {
        case .seen: return !combinations.contains(where: HeldOutCombination.isHeldOut)
        case .heldOut:
            switch scene.production {
            case .picture: return true
            case .thing, .size:
                return setting == .styled
                    ? combinations.contains(where: HeldOutCombination.isHeldOut)
                    : scene.things.allSatisfy { bank.sprites[$0.sprite].isHeldOut }
            default: return combinations.contains(where: HeldOutCombination.isHeldOut)
            }
        }
    }

    private func scene(_ production: SceneProduction, _ chance: inout Chance) -> Scene? {
        var scene: Scene?
        let hand = chance.among(SceneMaker.hands)
        switch production {
        case .picture: return plain(&chance)
        case .thing: scene = thing(hand, &chance)
        case .colour: scene = coloured(hand, &chance)
        case .size: scene = sized(hand, &chance)
        case .count: scene = counted(hand, &chance)
        case .relation: scene = related(hand, &chance, coloured: false)
        case .binding: scene = related(hand, &chance, coloured: true)
        case .wearing: scene = wearing(&chance)
        }
        guard var scene else { return nil }
        scene.seed = chance.bits()
        let areOfHand = scene.things.allSatisfy { bank.sprites[$0.sprite].hand == hand }
        // Silence mostly means the first hand, so that drawings of a bare name are of one mind.
        let saysHand: Float = hand == .shaded ? 0.25 : 0.85
        switch setting {
        case .any:
            if chance.happens(0.4) {
                let place = chance.among(ScenePlace.allCases)
                scene.place = place
                scene.placeColour = chance.among(ColourTerm.allCases)
                if [.thing, .colour].contains(production) {
                    SceneLayout.somewhere(&scene.things[0])
                }
                if place.hasGround { SceneLayout.stand(&scene.things, bank) }
            }
            if chance.happens(0.15) {
                scene.style = chance.among(PictureStyle.allCases)
            } else if chance.happens(saysHand), areOfHand {
                scene.hand = hand
            }
        case .alone: if chance.happens(saysHand), areOfHand { scene.hand = hand }
        case .bare:
            // A hand that was never shown with the name is what is held out of single things.
            if part == .heldOut, production == .thing, let first = scene.things.first {
                scene.hand = bank.sprites[first.sprite].hand
            }
        case .styled: scene.style = chance.among(PictureStyle.allCases)
        }
        return scene
    }

    private static let hands: [(PictureHand, Float)] = [
        (.shaded, 0.62), (.flat, 0.18), (.lines, 0.06), (.clipArt, 0.07), (.threeD, 0.05),
        (.icon, 0.02),
    ]

    private func plain(_ chance: inout Chance) -> Scene {
        let pools = part == .seen ? bank.plain.seen : bank.plain.heldOut
        // By hand first: the many views of the models must not crowd the others out.
        let hand = chance.among(SceneMaker.hands.filter { pools[$0.0] != nil })
        let pool = pools[hand] ?? []
        return Scene(production: .picture, picture: chance.among(pool), seed: chance.bits())
    }

    /// One of the sprites of a concept that may be shown.
    private func sprite(
        of concept: Int,
        _ hand: PictureHand,
        _ chance: inout Chance,
        where allowed: (Sprite) -> Bool = { _ in true }
    ) -> Int? {
        let isTest = part == .heldOut
        let found = bank.concepts[concept].sprites.filter {
            (isTest || !bank.sprites[$0].isHeldOut) && allowed(bank.sprites[$0])
        }
        let own = found.filter { bank.sprites[$0].hand == hand }
        let pool = own.isEmpty ? found : own
        // What a hand draws first is what is mostly meant: a whole cat before other faces of cats.
        return chance.happens(0.75) ? pool.first : pool.isEmpty ? nil : chance.among(pool)
    }

    private func concept(_ chance: inout Chance, of pool: [Int]) -> Int? {
        guard !pool.isEmpty else { return nil }
        if setting == .alone {
            let wanted = chance.number(0, 1)
            let (everyday, shared) = Self.alone
            let known = pool.filter { number in
                wanted < everyday
                    ? bank.everyday.contains(number)
                    : wanted > everyday + shared || bank.shared.contains(number)
            }
            return chance.among(known.isEmpty ? pool : known)
        }
        let known = pool.filter(bank.everyday.contains)
        return chance.among(!known.isEmpty && chance.happens(Self.everyday) ? known : pool)
    }

    /// A thing and its sprite for a scene of one thing: where a combination has to be held out and nothing else is
    /// asked for, the sprite is.
    private func single(
        _ hand: PictureHand,
        _ chance: inout Chance
    ) -> (concept: Int, sprite: Int)? {
        let isKept = part == .heldOut && setting != .styled
        guard let concept = concept(&chance, of: isKept ? keptForTests : usable) else { return nil }
        let sprite = sprite(of: concept, hand, &chance) { !isKept || $0.isHeldOut }
        return sprite.map { (concept, $0) }
    }

    private func thing(_ hand: PictureHand, _ chance: inout Chance) -> Scene? {
        guard let (concept, sprite) = single(hand, &chance) else { return nil }
        var thing = SceneThing(concept: concept, sprite: sprite)
        SceneLayout.alone(&thing, bank)
        return Scene(production: .thing, things: [thing])
    }

    private func coloured(_ hand: PictureHand, _ chance: inout Chance) -> Scene? {
        guard let concept = concept(&chance, of: paintable),
            var thing = colouredThing(concept, hand, &chance)
        else { return nil }
        SceneLayout.alone(&thing, bank)
        return Scene(production: .colour, things: [thing])
    }

    /// A thing with a colour that is said: its own, or one that it is painted with.
    private func colouredThing(
        _ concept: Int,
        _ hand: PictureHand,
        _ chance: inout Chance
    ) -> SceneThing? {
        let found = sprite(of: concept, hand, &chance) { $0.paint != nil || $0.colour != nil }
        guard let found else { return nil }
        var thing = SceneThing(concept: concept, sprite: found)
        let sprite = bank.sprites[found]
        if sprite.paint != nil, sprite.colour == nil || chance.happens(0.75) {
            thing.colour = chance.among(ColourTerm.allCases)
            thing.isPainted = thing.colour != sprite.colour
        } else {
            thing.colour = sprite.colour
        }
        return thing
    }

    private func sized(_ hand: PictureHand, _ chance: inout Chance) -> Scene? {
        guard let (concept, sprite) = single(hand, &chance) else { return nil }
        var thing = SceneThing(concept: concept, sprite: sprite)
        let size = chance.among(SceneSize.allCases)
        SceneLayout.size(&thing, as: size)
        return Scene(production: .size, things: [thing], size: size)
    }

    private func counted(_ hand: PictureHand, _ chance: inout Chance) -> Scene? {
        let count = 2 + chance.below(3)
        guard let concept = concept(&chance, of: countable),
            let first = sprite(of: concept, hand, &chance)
        else { return nil }
        let colour = chance.happens(0.2) ? chance.among(ColourTerm.allCases) : nil
        var thing = SceneThing(concept: concept, sprite: first)
        if let colour, bank.sprites[first].paint != nil {
            thing.colour = colour
            thing.isPainted = bank.sprites[first].colour != colour
        }
        var things = [SceneThing](repeating: thing, count: count)
        SceneLayout.several(&things)
        return Scene(production: .count, things: things, count: count)
    }

    private func related(
        _ hand: PictureHand,
        _ chance: inout Chance,
        coloured: Bool
    ) -> Scene? {
        var relation = chance.among(SceneRelation.allCases)
        if coloured {
            relation = chance.among([SceneRelation.beside, .leftOf, .rightOf, .above, .below])
        }
        let any = coloured ? paintable : usable
        let pool =
            switch relation {
            case .on: chance.happens(0.8) ? bank.tops : any
            case .inside: bank.containers
            default: any
            }
        guard let first = concept(&chance, of: any), let second = concept(&chance, of: pool),
            first != second
        else { return nil }
        var things: [SceneThing] = []
        for concept in [first, second] {
            if coloured {
                guard let thing = colouredThing(concept, hand, &chance) else { return nil }
                things.append(thing)
            } else {
                guard let sprite = sprite(of: concept, hand, &chance) else { return nil }
                things.append(SceneThing(concept: concept, sprite: sprite))
            }
        }
        var scene = Scene(
            production: coloured ? .binding : .relation,
            things: things,
            relation: relation
        )
        SceneLayout.two(&scene, bank)
        let canRepeat = [.on, .inside, .inFrontOf, .above, .below].contains(relation)
        if !coloured, canRepeat, bank.concepts[first].noun.isCountable, chance.happens(0.2) {
            SceneLayout.repeated(&scene, 2 + chance.below(2), bank)
        }
        return scene
    }

    private func wearing(_ chance: inout Chance) -> Scene? {
        guard !bank.heads.isEmpty, !bank.worn.isEmpty else { return nil }
        let head = chance.among(bank.heads)
        guard let wearer = bank.headConcepts[head] else { return nil }
        let worn = chance.among(bank.worn)
        let hand = bank.sprites[head].hand
        guard wearer != worn.concept,
            let sprite = sprite(of: worn.concept, hand, &chance, where: { $0.hand != .clipArt })
        else { return nil }
        var things = [
            SceneThing(concept: wearer, sprite: head),
            SceneThing(concept: worn.concept, sprite: sprite),
        ]
        if chance.happens(0.25), bank.sprites[sprite].paint != nil {
            things[1].colour = chance.among(ColourTerm.allCases)
            things[1].isPainted = things[1].colour != bank.sprites[sprite].colour
        }
        SceneLayout.wearing(&things, worn.place, bank)
        var scene = Scene(production: .wearing, things: things)
        scene.firstIsBehind = true
        return scene
    }
}
