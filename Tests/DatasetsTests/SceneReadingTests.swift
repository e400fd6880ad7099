import Datasets
import Imaging
import Settings
import Testing

/// Texts read as scenes.
@Suite struct SceneReadingTests {
    private func texts(_ prompt: String) -> [String] {
        SceneReading(prompt)?.things.map { "\($0.count) \($0.text)" } ?? []
    }

    @Test(
        "what people write is read as the things that they mean",
        arguments: [
            ("two dogs", ["2 a dog"], nil),
            ("three bananas", ["3 a banana"], nil),
            ("four red foxes", ["4 a red fox"], nil),
            ("a pair of cherries", ["2 a cherry"], nil),
            ("7 mice", ["7 a mouse"], nil), ("two houses", ["2 a house"], nil),
            ("three buses", ["3 a bus"], nil), ("two cookies", ["2 a cookie"], nil),
            ("two tomatoes", ["2 a tomato"], nil), ("two firemen", ["2 a fireman"], nil),
            ("three roses", ["3 a rose"], nil), ("two fishes", ["2 a fish"], nil),
            ("two brushes", ["2 a brush"], nil), ("four shoes", ["4 a shoe"], nil),
            ("five knives in a basket", ["5 a knife", "1 a basket"], .inside),
            ("a bird on a tree", ["1 a bird", "1 a tree"], .on),
            ("two birds sitting on a tree", ["2 a bird", "1 a tree"], .on),
            ("Two birds on a tree.", ["2 a bird", "1 a tree"], .on),
            ("a red apple beside a blue book", ["1 a red apple", "1 a blue book"], .beside),
            ("red apple next to blue book", ["1 red apple", "1 blue book"], .beside),
            ("a house behind a tree", ["1 a tree", "1 a house"], .inFrontOf),
            ("a cat and a dog", ["1 a cat", "1 a dog"], nil),
            ("an apple, a pear and two plums", ["1 an apple", "1 a pear", "2 a plum"], nil),
            ("a dog with a ball", ["1 a dog", "1 a ball"], nil),
            ("a cat and a dog under a tree", ["1 a cat", "1 a dog", "1 a tree"], .below),
            ("a mouse to the left of an elephant", ["1 a mouse", "1 an elephant"], .leftOf),
            ("树上的两只鸟", ["2 鸟", "1 树"], .on),
            ("两只鸟在树上", ["2 鸟", "1 树"], .on),
            ("红苹果在蓝色的书旁边", ["1 红苹果", "1 蓝色的书"], .beside),
            ("三根香蕉", ["3 香蕉"], nil),
            ("一只猫和一只狗", ["1 猫", "1 狗"], nil),
            ("房子左边的树", ["1 树", "1 房子"], .leftOf),
        ] as [(String, [String], SceneRelation?)]
    )
    func things(prompt: String, things: [String], relation: SceneRelation?) throws {
        #expect(texts(prompt) == things)
        #expect(try #require(SceneReading(prompt)).relation == relation)
    }

    @Test(
        "places and styles are taken off, wherever they stand",
        arguments: [
            ("a house at night", "a house", .night, nil),
            ("a fox in the snow, watercolour", "a fox", .snow, .watercolour),
            ("a watercolour of a fox in the snow", "a fox", .snow, .watercolour),
            ("a fox, watercolour, in the snow", "a fox", .snow, .watercolour),
            ("a rocket in space", "a rocket", .night, nil),
            ("a boat by the sea at sunset", "a boat", .sunset, nil),
            ("a boat, pencil sketch", "a boat", nil, .pencil),
            ("a cat in the style of an oil painting", "a cat", nil, .oil),
            ("夜晚的房子", "房子", .night, nil), ("房子，夜晚", "房子", .night, nil),
            ("雪地里的狐狸，水彩", "狐狸", .snow, .watercolour),
            ("狐狸在雪地里", "狐狸", .snow, nil), ("水彩风格的猫", "猫", nil, .watercolour),
        ] as [(String, String, ScenePlace?, PictureStyle?)]
    )
    func surroundings(
        prompt: String,
        thing: String,
        place: ScenePlace?,
        style: PictureStyle?
    ) throws {
        let reading = try #require(SceneReading(prompt))
        #expect(reading.things.map(\.text) == [thing])
        #expect(reading.place == place && reading.style == style)
    }

    @Test(
        "what is worn is put on a head",
        arguments: [
            ("a cat with sunglasses", ["a cat", "sunglasses"], .eyes),
            ("a dog wearing a red hat", ["a dog", "a red hat"], .top),
            ("a man in a scarf", ["a man", "a scarf"], .neck),
            ("戴帽子的猫", ["猫", "帽子"], .top), ("戴着墨镜的狗", ["狗", "墨镜"], .eyes),
            ("猫戴着一顶帽子", ["猫", "帽子"], .top),
        ] as [(String, [String], WornPlace)]
    )
    func worn(prompt: String, things: [String], place: WornPlace) throws {
        let reading = try #require(SceneReading(prompt))
        #expect(reading.things.map(\.text) == things && reading.worn == place)
    }

    @Test(
        "one thing alone is not taken apart",
        arguments: [
            "a purple dragon", "rocket", "a green frog", "man in tuxedo", "fork and knife",
            "cat with tears of joy", "house with garden", "a black and white cat", "ear of corn",
            "和服", "红苹果", "woman astronaut: medium-dark skin tone", "一只狐狸", "", " ", ", , and",
            "12 monkeys", "bow and arrow", "on", "a in b", "在", "的", "和",
        ]
    )
    func alone(prompt: String) { #expect(SceneReading(prompt) == nil) }

    @Test("no text is too odd to be read")
    func odd() {
        let words = [
            "a", "two", "9", "of", "and", ",", "on", "in", "with", "at night", "wearing", "hat",
            "的", "在", "上", "两只", "，", "和", "戴", "水彩", "雪地里的", "🦊", "\u{301}", "0", "-1",
        ]
        var state: UInt64 = 7
        for _ in 0..<5_000 {
            let count = Int(state >> 33) % 9
            let text = (0..<count).map { _ in
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                return words[Int(state >> 33) % words.count]
            }.joined(separator: state & 1 == 0 ? " " : "")
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            guard let reading = SceneReading(text) else { continue }
            #expect((1...4).contains(reading.things.count), "\(text)")
            #expect(reading.things.reduce(0) { $0 + $1.count } <= 9, "\(text)")
            #expect(reading.things.allSatisfy { !$0.text.isEmpty }, "\(text)")
        }
    }

    @Test("things are put where it is said, and all of them can be seen")
    func places() throws {
        func disc(_ colour: [UInt8]) -> Picture {
            var samples = [UInt8](repeating: 0, count: 64 * 64 * 4)
            for y in 8..<56 {
                for x in 8..<56 {
                    samples.replaceSubrange((y * 64 + x) * 4..<(y * 64 + x) * 4 + 4, with: colour)
                }
            }
            return Picture(width: 64, height: 64, channels: 4, samples: samples)
        }
        let (red, blue): ([UInt8], [UInt8]) = ([255, 0, 0, 255], [0, 0, 255, 255])
        func middle(_ picture: Picture, _ colour: [UInt8]) -> (x: Double, y: Double, count: Int) {
            var (x, y, count) = (0, 0, 0)
            for row in 0..<picture.height {
                for column in 0..<picture.width
                where (0..<3).allSatisfy({
                    abs(Int(picture[column, row, $0]) - Int(colour[$0])) < 40
                })
                    && picture[column, row, 3] > 200
                {
                    (x, y, count) = (x + column, y + row, count + 1)
                }
            }
            return (Double(x) / Double(max(count, 1)), Double(y) / Double(max(count, 1)), count)
        }
        for (prompt, isPlaced) in [
            ("a cat to the left of a dog", { (a, b) in a.x < b.x - 40 }),
            ("a cat right of a dog", { (a, b) in a.x > b.x + 40 }),
            ("a cat above a dog", { (a, b) in a.y < b.y - 40 }),
            ("a cat under a dog", { (a, b) in a.y > b.y + 40 }),
            ("a cat on a dog", { (a, b) in a.y < b.y && abs(a.x - b.x) < 20 }),
            ("a dog behind a cat", { (a, b) in a.y > b.y }),
            ("a cat in front of a dog at night", { (a, b) in a.y > b.y }),
        ] as [(String, ((x: Double, y: Double), (x: Double, y: Double)) -> Bool)] {
            let reading = try #require(SceneReading(prompt))
            let picture = try reading.picture(of: [disc(red), disc(blue)], side: 256, seed: 1)
            let (cat, dog) = (middle(picture, red), middle(picture, blue))
            #expect(cat.count > 1_000 && dog.count > 1_000, "\(prompt)")
            #expect(isPlaced((cat.x, cat.y), (dog.x, dog.y)), "\(prompt): \(cat), \(dog)")
        }
        for count in 2...9 {
            let reading = try #require(SceneReading("\(count) cats"))
            let picture = try reading.picture(of: [disc(red)], side: 256, seed: 1)
            let area = middle(picture, red).count
            // So many squares of one size, none over another or beyond the edge.
            let side = (Double(area) / Double(count)).squareRoot()
            #expect(abs(side - side.rounded()) < 1 && side > 40, "\(count): \(side)")
        }
    }
}
