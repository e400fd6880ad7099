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
            ("桌子上有三个苹果", ["3 苹果", "1 桌子"], .on),
            ("树下有一只猫", ["1 猫", "1 树"], .below),
            ("坐在椅子上的猫", ["1 猫", "1 椅子"], .on),
            ("一只在树上唱歌的鸟", ["1 鸟", "1 树"], .on),
            ("骑着马的宇航员", ["1 宇航员", "1 马"], .on),
            ("猫骑自行车", ["1 猫", "1 自行车"], .on),
            ("an astronaut riding a horse", ["1 an astronaut", "1 a horse"], .on),
            ("there are three apples on a table", ["3 an apple", "1 a table"], .on),
            ("a cat that is sleeping on a sofa", ["1 a cat", "1 a sofa"], .on),
            ("a cat in a hat beside a dog", ["1 a cat", "1 a dog"], .beside),
            ("a girl in a red hat on a horse", ["1 a girl", "1 a horse"], .on),
            ("a cat in a hat on a bed", ["1 a cat", "1 a bed"], .on),
            ("a cat in a basket on a table", ["1 a cat", "1 a basket on a table"], .inside),
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
        "what is worn and held belongs to who wears and holds it",
        arguments: [
            ("a cat with sunglasses", "a cat", ["sunglasses"], [.worn(.eyes)]),
            ("a dog wearing a red hat", "a dog", ["a red hat"], [.worn(.top)]),
            ("a man in a scarf", "a man", ["a scarf"], [.worn(.neck)]),
            ("two dogs with hats", "a dog", ["a hat"], [.worn(.top)]),
            (
                "a cat with a hat and sunglasses", "a cat", ["a hat", "sunglasses"],
                [.worn(.top), .worn(.eyes)]
            ),
            ("a girl holding a balloon", "a girl", ["a balloon"], [.raised]),
            ("a boy holding a red apple", "a boy", ["a red apple"], [.held]),
            (
                "a girl in a red hat holding a balloon", "a girl", ["a red hat", "a balloon"],
                [.worn(.top), .raised]
            ),
            ("a bear carrying a box in the snow", "a bear", ["a box"], [.held]),
            ("戴帽子的猫", "猫", ["帽子"], [.worn(.top)]),
            ("戴着墨镜的狗", "狗", ["墨镜"], [.worn(.eyes)]),
            ("猫戴着一顶帽子", "猫", ["帽子"], [.worn(.top)]),
            ("戴着帽子和墨镜的猫", "猫", ["帽子", "墨镜"], [.worn(.top), .worn(.eyes)]),
            ("一只戴着红色帽子的狗在海边", "狗", ["红色帽子"], [.worn(.top)]),
            ("拿着气球的女孩", "女孩", ["气球"], [.raised]),
            ("女孩拿着红色的苹果", "女孩", ["红色的苹果"], [.held]),
            ("一个拿着伞的男孩", "男孩", ["伞"], [.raised]),
        ] as [(String, String, [String], [CarriedPlace])]
    )
    func carried(prompt: String, carrier: String, texts: [String], places: [CarriedPlace]) throws {
        let thing = try #require(SceneReading(prompt)?.things.first)
        #expect(thing.text == carrier && thing.carried.map(\.text) == texts)
        #expect(thing.carried.map(\.place) == places)
    }

    @Test("each of several things has what it carries")
    func carriedBySeveral() throws {
        let reading = try #require(SceneReading("a cat with a hat and a dog with sunglasses"))
        #expect(reading.texts == ["a cat", "a hat", "a dog", "sunglasses"])
        let beside = try #require(SceneReading("a dog and a cat wearing a hat"))
        #expect(beside.things.map(\.carried.count) == [0, 1])
        #expect(SceneReading("a hat and sunglasses")?.things.count == 2)
    }

    @Test(
        "words that ask for a picture and those that praise it are left out, and told",
        arguments: [
            ("a picture of two dogs", ["a dog"], []), ("draw a cat", ["a cat"], []),
            ("there is a cat on a tree", ["a cat", "a tree"], []),
            ("a cute cat", ["a cat"], ["cute"]),
            (
                "a majestic lion in the snow, highly detailed, 4k", ["a lion"],
                ["4k", "highly detailed", "majestic"]
            ),
            ("画一只猫", ["猫"], []), ("请画三个苹果", ["苹果"], []), ("一张狐狸的图片", ["狐狸"], []),
            ("一只可爱的猫，高清", ["猫"], ["高清", "可爱的"]),
        ] as [(String, [String], [String])]
    )
    func unshown(prompt: String, texts: [String], unshown: [String]) throws {
        let reading = try #require(SceneReading(prompt))
        #expect(reading.texts == texts && reading.unshown == unshown)
    }

    @Test(
        "surroundings that no place is painted for have things of their own",
        arguments: [
            ("a fox in the forest", ["a fox", "a tree"], .grass),
            ("a castle in the mountains", ["a castle"], .grass),
            ("a robot in the city", ["a robot"], .grass),
            ("a cat in the rain", ["a cat"], .sky),
            ("a wolf under the full moon", ["a wolf", "a moon"], .night),
            ("a fish underwater", ["a fish"], .plain),
            ("a fox running in the snow", ["a fox"], .snow),
            ("森林里的狐狸", ["狐狸", "树"], .grass), ("雨中的猫", ["猫"], .sky),
            ("月光下的狼", ["狼", "月亮"], .night), ("海底的鱼", ["鱼"], .plain),
            ("在雪地里奔跑的狐狸", ["狐狸"], .snow), ("一只在草地上玩耍的狗", ["狗"], .grass),
            ("海边有一座房子", ["房子"], .sea), ("天空中飞翔的鸟", ["鸟"], .sky),
        ] as [(String, [String], ScenePlace)]
    )
    func props(prompt: String, texts: [String], place: ScenePlace) throws {
        let reading = try #require(SceneReading(prompt))
        #expect(reading.texts == texts && reading.place == place)
    }

    @Test(
        "mountains, houses and drops are painted, others each time",
        arguments: [
            ("a cat in the mountains", SceneScenery.mountains), ("a cat in the city", .city),
            ("a cat in the rain", .rain), ("雨中的猫", .rain), ("街上的猫", .city), ("山上的猫", .mountains),
        ]
    )
    func scenery(prompt: String, scenery: SceneScenery) throws {
        let reading = try #require(SceneReading(prompt))
        #expect(reading.scenery == scenery && reading.texts.count == 1)
        let clear = Picture(width: 8, height: 8, channels: 4, filledWith: .clear)
        let pictures = try (0..<3).map { seed in
            try reading.picture(of: [clear], side: 64, seed: UInt64(seed)).samples
        }
        #expect(Set(pictures).count == 3)
        for samples in pictures {
            #expect(stride(from: 3, to: samples.count, by: 4).allSatisfy { samples[$0] == 255 })
        }
    }

    @Test(
        "one thing alone is not taken apart",
        arguments: [
            "a purple dragon", "rocket", "a green frog", "man in tuxedo", "fork and knife",
            "cat with tears of joy", "house with garden", "a black and white cat", "ear of corn",
            "和服", "红苹果", "woman astronaut: medium-dark skin tone", "一只狐狸", "", " ", ", , and",
            "12 monkeys", "bow and arrow", "on", "a in b", "在", "的", "和", "man running",
            "woman and man holding hands", "画家", "画框", "paintbrush", "person swimming",
            "sleeping face", "有", "骑", "拿着", "holding", "骑马",
        ]
    )
    func alone(prompt: String) { #expect(SceneReading(prompt) == nil) }

    @Test("no text is too odd to be read")
    func odd() {
        let words = [
            "a", "two", "9", "of", "and", ",", "on", "in", "with", "at night", "wearing", "hat",
            "holding", "a cute", "in the rain", "拿着", "骑", "有", "画", "的图片", "，高清", "雨中", "一只在",
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
            #expect((1...5).contains(reading.texts.count), "\(text)")
            #expect(reading.things.reduce(0) { $0 + $1.count } <= 9, "\(text)")
            #expect(reading.texts.allSatisfy { !$0.isEmpty }, "\(text)")
            let drawn = Picture(
                width: 8,
                height: 8,
                channels: 4,
                samples: [UInt8](repeating: 255, count: 8 * 8 * 4)
            )
            let pictures = [Picture](repeating: drawn, count: reading.texts.count)
            #expect(throws: Never.self) { try reading.picture(of: pictures, side: 16, seed: 1) }
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
