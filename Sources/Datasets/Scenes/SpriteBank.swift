import Foundation

/// All sprites that scenes are put together from, by what they show.
public struct SpriteBank: Sendable {
    /// The pictures that sprites are taken from.
    let pictures: PicturesSource
    /// The sprites.
    let sprites: [Sprite]
    /// What they show, in the order of the names.
    let concepts: [Concept]
    /// Pictures that are shown as they are, with the captions they have, by whose hand they are in.
    let plain: (seen: [PictureHand: [Int]], heldOut: [PictureHand: [Int]])

    /// Concepts that can be worn, and where.
    let worn: [(concept: Int, place: WornPlace)]
    /// Sprites of heads that can wear something.
    let heads: [Int]
    /// What those heads are, by the sprite.
    let headConcepts: [Int: Int]
    /// Concepts that things can be inside of.
    let containers: [Int]
    /// Concepts that things can be on top of.
    let tops: [Int]
    /// Concepts that people ask for every day.
    let everyday: Set<Int>
    /// Things that several hands have drawn.
    let shared: Set<Int>

    /// The size of a sprite's picture.
    static let pixels = 128

    /// The fewest things that scenes can be made of.
    private static let fewestNames = 200

    /// Looks through the pictures: names, boxes, colours.
    ///
    /// - Throws: `DatasetError` where the pictures give too few things.
    public init(_ pictures: PicturesSource) throws {
        self.pictures = pictures
        let found = OrderedWork(stripLength: 64).map(0..<pictures.count) { index in
            SpriteBank.candidate(pictures, index)
        }
        var numbers: [String: Int] = [:]
        var concepts: [Concept] = []
        var sprites: [Sprite] = []
        // Emoji first: what they are called decides which clip art and which models join.
        let candidates = found.compactMap { $0 }
        let first = candidates.filter { $0.sprite.hand != .clipArt }
        let second = candidates.filter { $0.sprite.hand == .clipArt }
        for candidate in first + second {
            let name = candidate.name
            if let number = numbers[name.english] {
                concepts[number].sprites.append(sprites.count)
            } else if candidate.sprite.hand != .clipArt {
                numbers[name.english] = concepts.count
                concepts.append(
                    Concept(
                        noun: EnglishNoun(text: name.english),
                        chinese: name.chinese,
                        kind: candidate.kind,
                        otherNouns: ConceptSynonyms.english[name.english, default: []]
                            .map(EnglishNoun.init),
                        otherChinese: ConceptSynonyms.chinese[name.english, default: []],
                        sprites: [sprites.count]
                    )
                )
            } else {
                continue
            }
            sprites.append(candidate.sprite)
        }
        guard concepts.count >= Self.fewestNames else {
            throw DatasetError(
                .missing,
                at: "scenes",
                "\(concepts.count) things were found, at least \(Self.fewestNames) are needed",
                cure: "get the packages again: atelier data fetch pictures"
            )
        }
        self.sprites = sprites
        self.concepts = concepts
        func byHand(_ isHeldOut: Bool) -> [PictureHand: [Int]] {
            let chosen = (0..<pictures.count).filter { pictures.isHeldOut(at: $0) == isHeldOut }
            return Dictionary(grouping: chosen, by: pictures.hand)
        }
        plain = (byHand(false), byHand(true))
        worn = WornPlace.all.compactMap { name, place in numbers[name].map { ($0, place) } }
        heads = sprites.indices.filter { sprites[$0].isHead && !sprites[$0].isHeldOut }
        headConcepts = Dictionary(
            concepts.enumerated().flatMap { number, concept in
                concept.sprites.filter { sprites[$0].isHead }.map { ($0, number) }
            }
        ) { first, _ in first }
        containers = SpriteBank.containerNames.compactMap { numbers[$0] }
        tops = SpriteBank.topNames.compactMap { numbers[$0] }
        everyday = Set(EverydayThings.names.compactMap { numbers[$0] })
        shared = Set(
            concepts.indices.filter { number in
                Set(concepts[number].sprites.map { sprites[$0].hand }).count > 1
            }
        )
    }

    private struct Candidate: Sendable {
        let name: ConceptName
        let kind: ConceptKind
        let sprite: Sprite
    }

    private static func candidate(_ pictures: PicturesSource, _ index: Int) -> Candidate? {
        let record = pictures.bareRecord(at: index)
        let hand = pictures.hand(at: index)
        guard let english = record.captions.first(where: { $0.language == "en" })?.text,
            let kind = kind(of: record, hand: hand)
        else { return nil }
        let chinese = record.captions.first { $0.language == "zh" }?.text
        guard let name = ConceptName(english: english, chinese: chinese, kind: kind) else {
            return nil
        }
        let (box, colours) = pictures.withPixels(at: index) { pixels in
            (
                visibleBox(pixels, side: Self.pixels),
                SpriteColours(pixels, count: Self.pixels * Self.pixels)
            )
        }
        guard let box, box.width >= 12, box.height >= 12 else { return nil }
        let isPerson = kind == .person || kind == .face
        let isColour = hand != .lines && !isPerson
        return Candidate(
            name: name,
            kind: kind,
            sprite: Sprite(
                picture: index,
                hand: hand,
                box: box,
                colour: isColour ? name.colour ?? colours.colour : name.colour,
                paint: isColour ? colours.paint : nil,
                isHead: name.isHead && hand != .clipArt,
                isHeldOut: pictures.isHeldOut(at: index)
            )
        )
    }

    private static func kind(of record: ExampleRecord, hand: PictureHand) -> ConceptKind? {
        switch hand {
        case .shaded, .flat, .lines:
            guard record.tags.count > 1 else { return nil }
            return ConceptKind(group: record.tags[0], subgroup: record.tags[1])
        case .threeD: return record.identifier.contains("@usual") ? .furniture : nil
        case .clipArt, .icon: return .thing
        }
    }

    private static func visibleBox(_ pixels: UnsafePointer<UInt8>, side: Int) -> PixelBox? {
        var (left, top, right, bottom) = (side, side, -1, -1)
        for y in 0..<side {
            for x in 0..<side where pixels[(y * side + x) * 4 + 3] > 24 {
                left = min(left, x)
                right = max(right, x)
                top = min(top, y)
                bottom = y
            }
        }
        guard right >= left else { return nil }
        return PixelBox(x: left, y: top, width: right - left + 1, height: bottom - top + 1)
    }

    private static let containerNames = [
        "house", "bathtub", "basket", "shopping cart", "package", "car", "castle", "tent", "nest",
        "bus", "pot", "bucket", "cooking", "camping",
    ]

    private static let topNames = [
        "tree", "house", "chair", "bed", "car", "sofa", "book", "mountain", "pine tree",
        "palm tree", "castle", "cake", "truck", "boat", "horse", "elephant", "camel", "bus",
        "turtle", "mushroom", "cactus", "gift", "package", "drum", "skateboard", "sled", "cloud",
        "birthday cake", "ship", "tractor", "pickup truck", "armchair", "desk", "table", "stool",
    ]
}

/// Where on a head something is worn.
package enum WornPlace: Sendable {
    /// On top of it.
    case top
    /// Over the eyes.
    case eyes
    /// Below the chin.
    case neck

    /// What can be worn.
    static let all: [(name: String, place: WornPlace)] = [
        ("top hat", .top), ("hat", .top), ("cap", .top), ("crown", .top), ("graduation cap", .top),
        ("helmet", .top), ("military helmet", .top), ("sunglasses", .eyes), ("glasses", .eyes),
        ("goggles", .eyes), ("scarf", .neck), ("tie", .neck),
    ]
}
