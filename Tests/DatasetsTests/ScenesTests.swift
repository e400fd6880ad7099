import Datasets
import Foundation
import Imaging
import Testing

@Suite("Scenes", .enabled(if: EmojiSourceTests.isInstalled, "the emoji packages are not installed"))
struct ScenesTests {
    /// Sprites of the one hand that is installed with everything else, decoded once for all tests.
    private static let bank: SpriteBank? = try? {
        let folder = FileManager.default.temporaryDirectory
            .appending(path: "atelier-scenes-tests", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return try SpriteBank(
            PicturesSource(hands: [.shaded], folder: folder, notice: { _ in })
        )
    }()

    private func scenes(
        _ part: ScenePart = .seen,
        _ production: SceneProduction? = nil,
        seed: UInt64 = 0,
        pixels: Int = 128
    ) throws -> ScenesSource {
        try ScenesSource(
            #require(Self.bank),
            pixels: pixels,
            part: part,
            production: production,
            seed: seed
        )
    }

    @Test("no combination that is held out is in a hundred thousand captions")
    func heldOut() throws {
        let source = try scenes()
        let found = (0..<100_000).filter { source.hasHeldOutCombination(at: $0) }
        #expect(found.isEmpty)
    }

    @Test(
        "each held-out scene that combines has such a combination",
        arguments: [
            SceneProduction.colour, .count, .relation, .binding, .wearing,
        ]
    )
    func tested(production: SceneProduction) throws {
        let source = try scenes(.heldOut, production)
        let found = (0..<200).filter {
            source.record(at: $0).tags == [production.rawValue]
        }
        #expect(found.count >= 195)
        #expect(found.allSatisfy { source.hasHeldOutCombination(at: $0) })
    }

    @Test("a scene is a function of seed and number, whoever asks and in whatever order")
    func pure() throws {
        let (one, other) = (try scenes(), try scenes())
        for number in [7, 3, 1_000_000, 7] {
            #expect(one.example(number: number) == other.example(number: number))
        }
        #expect(try scenes(seed: 1).example(number: 7) != one.example(number: 7))
    }

    @Test("scenes are put together in all ways, with captions in both languages")
    func shares() throws {
        let source = try scenes()
        let records = (0..<2_000).map(source.record)
        for production in SceneProduction.allCases {
            let share = records.count { $0.tags == [production.rawValue] }
            #expect(share > 40, "\(production): \(share) of 2000")
        }
        #expect(records.allSatisfy { $0.captions.first?.language == "en" })
        #expect(records.allSatisfy { $0.captions.allSatisfy { !$0.text.isEmpty } })
        let chinese = records.count { $0.captions.contains { $0.language == "zh" } }
        #expect(chinese > 1_400, "\(chinese) of 2000 have a Chinese caption")
        // No caption is repeated for ever: what is asked for is made anew.
        #expect(Set(records.map { $0.captions[0].text }).count > 1_300)
    }

    @Test("without a place and a style a scene is transparent, and things are visible")
    func transparent() throws {
        let source = try scenes(.seen, .thing)
        let pictures = try (0..<40).map(source.picture)
        #expect(pictures.contains { $0[0, 0, 3] == 0 })
        #expect(pictures.allSatisfy { $0.visibleBox() != nil })
    }

    @Test("other sizes are drawn, too", arguments: [16, 64, 200])
    func sizes(pixels: Int) throws {
        let source = try scenes(pixels: pixels)
        let picture = try source.picture(at: 5)
        #expect(picture.width == pixels && picture.height == pixels && picture.channels == 4)
    }

    @Test("batches of a stream are the same from any position, and go on without end")
    func stream() throws {
        let source = try scenes(pixels: 16)
        try Samples.withFolder { folder in
            let cache = try PictureCache.open(
                SubsetSource(source, split: .test, fraction: 0.01),
                options: CacheOptions(width: 16, height: 16, channels: 4),
                folder: folder,
                notice: { _ in }
            )
            let loader = BatchLoader(
                cache: cache,
                stream: source,
                order: try BatchOrder(
                    count: source.epochLength,
                    batchSize: 8,
                    sampling: .sequential
                ),
                layout: .channelsLast
            )
            let later = loader.batch(at: DataPosition(epoch: 1, offset: 8))
            #expect(later == loader.batch(at: DataPosition(epoch: 1, offset: 8)))
            #expect(later.pixels != loader.batch(at: DataPosition(epoch: 0, offset: 8)).pixels)
            let size = 16 * 16 * 4
            let third = source.example(number: source.epochLength + 8 + 2)
            #expect(Array(later.pixels[2 * size..<3 * size]) == third.pixels)
            #expect(later.labels[2] == third.record.label)
        }
    }

    @Test(
        "what captions say is read back: how many, where, what is worn, what is behind, and in which style",
        arguments: [SceneProduction.count, .relation, .binding, .wearing]
    )
    func readings(production: SceneProduction) throws {
        let source = try ScenesSource(
            #require(Self.bank),
            production: production,
            saysAll: true,
            seed: 5
        )
        var (asked, read) = (0, 0)
        var wrong: [String] = []
        for number in 0..<400 {
            let facts = try #require(source.facts(at: number))
            for caption in source.record(at: number).captions {
                asked += 1
                let reading = SceneReading(caption.text)
                // Beside is said of both sides; what is read is what was said.
                let isRight =
                    reading?.things.first?.count == facts.count
                    && reading?.texts.count == facts.things.count
                    && (reading?.relation == facts.relation
                        || facts.relation == .beside && reading?.relation == nil
                        || facts.relation == .below && reading?.relation == .below)
                    && (reading?.things.first?.carried.isEmpty == false) == (production == .wearing)
                    && reading?.style == facts.style
                    && (reading?.place.flatMap(ScenePlace.allCases.firstIndex) ?? -1) + 1
                        == facts.place
                if isRight { read += 1 } else { wrong.append(caption.text) }
            }
        }
        #expect(
            Double(read) > 0.93 * Double(asked),
            "\(read) of \(asked): \(wrong.prefix(12).joined(separator: " · "))"
        )
    }

    @Test("from a number on, the stream shows things alone")
    func alone() throws {
        let source = try scenes()
        let later = source.alone(from: 500)
        #expect(later.origin.identity != source.origin.identity)
        #expect((0..<500).allSatisfy { later.example(number: $0) == source.example(number: $0) })
        let records = (500..<1_500).map { later.example(number: $0).record }
        let kinds = Set(records.flatMap(\.tags))
        #expect(kinds.isSubset(of: ["picture", "thing", "colour"]) && kinds.count == 3)
        // Neither places nor styles: the corners of most are clear.
        let clear = (500..<700).count { later.example(number: $0).pixels[3] == 0 }
        #expect(clear > 160, "\(clear) of 200")
    }

    @Test("what is said of a scene in an exam is what can be seen in it")
    func facts() throws {
        let bank = try #require(Self.bank)
        for part in ScenePart.allCases {
            for production in SceneProduction.allCases where production != .picture {
                let source = try ScenesSource(
                    bank,
                    part: part,
                    production: production,
                    setting: .bare,
                    saysAll: true,
                    seed: 9
                )
                let known = (0..<60).count { source.facts(at: $0) != nil }
                #expect(known > 55, "\(part) \(production): \(known) of 60")
                for number in 0..<60 {
                    guard let facts = source.facts(at: number) else { continue }
                    let text = try #require(source.record(at: number).captions.first?.text)
                    #expect(
                        facts.production == production && facts.style == nil && facts.place == 0
                    )
                    switch production {
                    case .colour:
                        let colour = try #require(facts.things[0].colour)
                        #expect(text.contains(colour.rawValue), "\(text)")
                    case .binding:
                        let colours = facts.things.compactMap(\.colour?.rawValue)
                        #expect(colours.count == 2 && colours.allSatisfy(text.contains), "\(text)")
                    case .count:
                        let words = [2: "two", 3: "three", 4: "four"]
                        #expect(text.contains(words[facts.count] ?? "?") && facts.things.count == 1)
                    case .relation:
                        let relation = try #require(facts.relation)
                        let expected: [SceneFacts.Arrangement] =
                            switch relation {
                            case .leftOf: [.leftOf]
                            case .rightOf: [.rightOf]
                            case .beside: [.leftOf, .rightOf]
                            case .above: [.above]
                            case .below: [.below]
                            case .on: [.on]
                            case .inFrontOf: [.inFrontOf]
                            case .inside: [.inside]
                            }
                        #expect(facts.arrangement.map(expected.contains) == true)
                        #expect(facts.things.count == 2)
                    case .wearing: #expect(facts.arrangement == .wears)
                    case .thing, .size, .picture: #expect(facts.things.count == 1)
                    }
                }
            }
        }
    }

    @Test("scenes in a style have one, and held-out ones a style that the thing was never shown in")
    func styled() throws {
        for part in ScenePart.allCases {
            let source = try ScenesSource(
                #require(Self.bank),
                part: part,
                production: .thing,
                setting: .styled
            )
            let styles = (0..<60).compactMap { source.facts(at: $0)?.style }
            #expect(styles.count == 60 && Set(styles).count > 4)
            #expect(
                (0..<60).allSatisfy { source.hasHeldOutCombination(at: $0) == (part == .heldOut) }
            )
        }
    }

    @Test("what stands in the plural has no article")
    func plurals() throws {
        let source = try scenes()
        let plurals: Set<Substring> = [
            "orchids", "chains", "cattle", "grapes", "balloons", "bells", "headphones", "jeans",
        ]
        let singulars: Set<Substring> = ["octopus", "bus", "compass", "cactus", "walrus", "lens"]
        var found = (plural: 0, singular: 0)
        for number in 0..<30_000 {
            let words = source.record(at: number).captions[0].text.split(separator: " ")
            for (place, word) in words.enumerated() {
                let word = word.prefix { $0 != "," }
                let before = words[max(place - 2, 0)..<place]
                if plurals.contains(word) {
                    found.plural += 1
                    #expect(before.last != "a" && before.last != "an", "\(words)")
                }
                if singulars.contains(word), before.contains("a") || before.contains("an") {
                    found.singular += 1
                }
            }
        }
        #expect(found.plural > 50 && found.singular > 50, "\(found)")
    }

    @Test("several of a thing can be somewhere to another")
    func severalSomewhere() throws {
        let source = try scenes(.seen, .relation)
        let several = (0..<2_000).filter { (source.facts(at: $0)?.count ?? 1) > 1 }
        #expect((100...400).contains(several.count), "\(several.count) of 2000")
        let numbers = [2: "two ", 3: "three "]
        let digits = [2: "2 ", 3: "3 "]
        for number in several {
            let facts = try #require(source.facts(at: number))
            #expect(facts.things.count == 2 && facts.relation != nil)
            let text = source.record(at: number).captions[0].text
            let word = try #require(numbers[facts.count])
            let digit = try #require(digits[facts.count])
            #expect(text.contains(word) || text.contains(digit), "\(text)")
        }
    }

    @Test("everyday things are there, and are shown most")
    func everyday() throws {
        let source = try scenes(.seen, .thing)
        let names = source.conceptNames
        let missing = EverydayThings.names.filter { !names.contains($0) }
        // Only other hands have these.
        let others: Set = ["windmill", "truck", "sofa", "table", "globe", "mountain", "volcano"]
        #expect(others.isSuperset(of: missing), "\(missing)")
        let shown = try (0..<2_000).map {
            names[try #require(source.facts(at: $0)).things[0].concept]
        }
        let share = shown.count { EverydayThings.names.contains($0) }
        #expect((1_100...1_700).contains(share), "\(share) of 2000")
    }

    @Test("what is shown twice has the same pixels twice, whole places apart")
    func moved() throws {
        // What a model of codes learns of one place serves at the others.
        let source = try ScenesSource(
            #require(Self.bank),
            production: .count,
            setting: .bare
        )
        let twos = (0..<100).filter { source.facts(at: $0)?.count == 2 }
        #expect(twos.count > 20)
        for number in twos {
            let picture = try source.picture(at: number)
            let isRepeated = (0..<128).allSatisfy { y in
                (0..<64).allSatisfy { x in
                    (0..<4).allSatisfy { picture[x, y, $0] == picture[x + 64, y, $0] }
                }
            }
            #expect(isRepeated, "scene \(number)")
        }
    }

    @Test("things have other names now and then")
    func synonyms() throws {
        let source = try scenes(.seen, .thing)
        let others: Set<Substring> = [
            "plane", "aeroplane", "jet", "kitty", "kitten", "bunny", "hare", "bike", "cycle",
            "automobile", "auto", "burger", "present", "puppy", "hound", "doggy", "pony", "mare",
            "home", "cottage", "lorry", "cab", "serpent", "toad",
        ]
        let found = (0..<20_000).count { number in
            let words = source.record(at: number).captions[0].text.split(separator: " ")
            return !others.isDisjoint(with: words)
        }
        #expect((8...400).contains(found), "\(found) of 20000")
    }
}
