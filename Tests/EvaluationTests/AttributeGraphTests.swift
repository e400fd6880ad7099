import Evaluation
import Imaging
import Settings
import TestSupport
import Testing

/// What is found of answers whose causes are known.
@Suite struct AttributeGraphTests {
    /// Answers of a world in which colour moves what is told of colour, and, where it is planted, red things stand in the dark.
    private static func answers(
        seeds: Int,
        darkOfRed: Double,
        darkOfBlue: Double,
        _ chance: inout SeededChance
    ) -> [[[String]]] {
        func happens(_ share: Double) -> Bool {
            Double(chance.next() >> 11) / 9_007_199_254_740_992 < share
        }
        return ["red", "blue"].flatMap { colour in
            ["apple", "car", "tree"].map { thing in
                (0..<seeds).map { _ in
                    [
                        happens(0.9) ? colour : "green",
                        happens(colour == "red" ? darkOfRed : darkOfBlue) ? "dark" : "light",
                        happens(0.5) ? "left" : "right",
                        happens(0.8) ? thing : "apple",
                    ]
                }
            }
        }
    }

    private static func graph(_ answers: [[[String]]], seed: UInt64) -> AttributeGraph {
        AttributeGraph.found(
            [("colour", 2), ("thing", 3)],
            ["colour", "ground", "place", "thing"],
            answers,
            trials: 399,
            seed: seed
        )
    }

    @Test("a planted confounder is found, and nothing else")
    func planted() {
        var chance = SeededChance(5)
        var others = 0
        for seed in 0..<10 as Range<UInt64> {
            let found = Self.graph(
                Self.answers(seeds: 24, darkOfRed: 0.9, darkOfBlue: 0.4, &chance),
                seed: seed
            )
            let clear = Set(found.clear.map { "\($0.from) → \($0.to)" })
            let known: Set = ["colour → colour", "colour → ground", "thing → thing"]
            #expect(clear.isSuperset(of: known), "\(clear)")
            others += clear.subtracting(known).count
            let ground = found.arrows.first { $0.from == "colour" && $0.to == "ground" }
            #expect(ground.map { $0.low < 0.5 && $0.high > 0.35 && $0.chance < 0.01 } == true)
            #expect(found.drawings == 144 && found.settings == 6)
        }
        #expect(others <= 2)
    }

    @Test("where nothing is planted hardly any graph has an arrow too many")
    func nothing() {
        var chance = SeededChance(6)
        let wrong = (0..<20 as Range<UInt64>).count { seed in
            let found = Self.graph(
                Self.answers(seeds: 12, darkOfRed: 0.5, darkOfBlue: 0.5, &chance),
                seed: seed
            )
            return found.clear.contains { $0.from != $0.to }
        }
        #expect(wrong <= 3)
    }

    @Test("the same answers give the same graph, and answers of few seeds no certainty")
    func steady() {
        var chance = SeededChance(7)
        let answers = Self.answers(seeds: 12, darkOfRed: 1, darkOfBlue: 0, &chance)
        #expect(Self.graph(answers, seed: 3) == Self.graph(answers, seed: 3))
        let few = Self.graph(answers.map { Array($0.prefix(2)) }, seed: 3)
        #expect(few.clear.isEmpty)
        let empty = Self.graph(answers.map { _ in [] }, seed: 3)
        #expect(empty.clear.isEmpty && empty.arrows.count == 8)
        let dot = Self.graph(answers, seed: 3).dot
        #expect(
            dot.hasPrefix("digraph attributes {")
                && dot.contains("\"asked: colour\" -> \"drawn: ground\"")
        )
    }

    @Test("traits of pictures are told")
    func traits() {
        func picture(
            _ ground: PictureColor,
            _ shown: (Int, Int) -> Bool,
            _ colour: (UInt8, UInt8, UInt8)
        ) -> Picture {
            let plain = Picture(width: 32, height: 32, channels: 4, filledWith: ground)
            var samples = plain.samples
            for place in 0..<32 * 32 where shown(place % 32, place / 32) {
                samples[place * 4] = colour.0
                samples[place * 4 + 1] = colour.1
                samples[place * 4 + 2] = colour.2
                samples[place * 4 + 3] = 255
            }
            return Picture(width: 32, height: 32, channels: 4, samples: samples)
        }
        let red: (UInt8, UInt8, UInt8) = (214, 40, 40)
        let left = picture(.clear, { (2..<10).contains($0) && (8..<24).contains($1) }, red)
        #expect(PictureTraits(left).values == ["red", "clear", "middle", "1", "left"])
        let three = picture(
            .clear,
            { x, y in [3, 14, 25].contains { ($0..<$0 + 4).contains(x) } && (12..<16).contains(y) },
            (52, 120, 220)
        )
        #expect(PictureTraits(three).values == ["blue", "clear", "small", "3", "middle"])
        let full = picture(.clear, { _, _ in true }, red)
        #expect(PictureTraits(full).values == ["nothing", "red", "small", "0", "middle"])
        let white = picture(.clear, { _, _ in false }, red)
        #expect(PictureTraits(white).values == ["nothing", "clear", "small", "0", "middle"])
    }
}
