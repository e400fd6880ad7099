import Datasets
import Foundation
import Midjourney
import Prompts
import Requests
import Runs
import Studio

extension FuzzReaders {
    /// Two meanings, and the words that lead to them after a line of dashes.
    private static func wordNet() -> FuzzReader {
        let entity = "00000000 03 n 01 entity 0 001 ~ 00000056 n 0000 | all there is\n"
        let number = "\(entity.utf8.count + 100_000_000)".dropFirst()
        let corpus =
            entity.replacing("00000056", with: number)
            + "\(number) 05 n 02 dog 0 hound 0 001 @ 00000000 n 0000 | one that barks\n----\n"
            + "dog n 1 1 @ 1 0 \(number)\nentity n 1 1 ~ 1 0 00000000\nhound n 1 1 @ 1 0 \(number)\n"
        return FuzzReader(
            "wordnet",
            [bytes(corpus)],
            words: ["@ ", "~ ", " n ", "00000000", "99999999", "ffffffff", "| ", "\n", "----\n"]
        ) {
            let halves = Data($0).split(separator: UInt8(ascii: "-"), maxSplits: 1)
            let net = try WordNet(
                index: Data(halves.last?.drop { $0 == UInt8(ascii: "-") || $0 == 10 } ?? Data()),
                nouns: Data(halves.first ?? Data()),
                exceptions: Data($0),
                origin: "fuzz"
            )
            _ = net.reading(of: "hounds") { $0 == "dog" || $0 == "entity" }
        }
    }

    /// Texts that are read as scenes.
    private static func scenes() -> FuzzReader {
        FuzzReader(
            "scenes",
            [
                "two birds on a tree at night, watercolour", "a red apple, a pear and 9 plums",
                "a cat with sunglasses in the snow", "树上的两只鸟，水彩", "戴着一顶帽子的猫在雪地里",
                "五个红苹果和一本书，夜晚", "a cute girl in a hat holding a kite in the rain, 4k",
                "画一只拿着气球的猫", "桌子上有三个苹果",
            ].map(bytes),
            words: [
                " on ", " in ", " and ", ", ", " with ", "two ", "a ", " at night", "的", "在", "上",
                "两只", "，", "和", "戴", "水彩", " holding ", "a hat", "拿着", "骑", "有", "在", "\u{301}",
                "\u{200D}",
            ],
            limit: 700
        ) {
            guard let scene = SceneReading(text($0)) else { return }
            let copies = scene.things.reduce(0) { $0 + $1.count }
            precondition((1...9).contains(copies) && scene.things.count <= 4, "\(copies) things")
        }
    }

    /// What people and programs write.
    static func texts() -> [FuzzReader] {
        let prompts = [
            "a red apple",
            "{red, green} apple::2 leaf::-0.5 --no blur, tree --seed 7 --ar 3:2 --chaos 30",
            "cat.png a hat --iw 2 --sref 12 random::2 --repeat 3", "红苹果 —— 混乱 ５ ｛红，绿｝",
            "a\\{b \"quoted\" --stylize 250 --p mine --raw",
            "{a, {b, c}} {1, 2, 3} --seed 4294967295",
        ]
        var presets = Presets()
        try? presets.set("mine", "--chaos 20 --stylize 250")
        let rules = PromptRules.house
        let dcgan = Recipe.bundled.first { $0.name == "dcgan" }?.yaml ?? ""
        let recipes = Recipe.bundled.map { [UInt8]($0.yaml.utf8) }
        let catalog = PartCatalog.midjourney
        return [
            FuzzReader(
                "prompts",
                prompts.map(bytes),
                words: PromptParameter.allCases.map { "--\($0.rawValue) " }
                    + [
                        "::", "{", "}", ",", "\\", "—", "：：", "｛", "，", "random", "\u{200D}",
                        "\u{202E}", "~",
                    ],
                limit: 4096
            ) { [presets] in
                for prompt in try Prompt.all(of: text($0), presets: presets) {
                    try rules.check(prompt)
                }
            },
            FuzzReader(
                "rules",
                [
                    bytes("# ours\nviolence: gore\ndrawn: blood\nappeal: write to us\nword: 血"),
                    bytes("a: b c d"),
                ],
                words: [":", "#", "\n", "drawn:", "appeal:", "\u{301}", "ﬁ", "\r"]
            ) {
                let found = try PromptRules(text($0), origin: "fuzz")
                _ = found.broken(by: "a red apple with gore 血")
            },
            FuzzReader(
                "facts",
                [
                    bytes("- a tomato is red\n- a snowman stands in the snow\n番茄是红色的\n雪人在雪地里"),
                    bytes("# ours\nan orange is orange # really\nthe polar bear is white."),
                ],
                words: [
                    " is ", " are ", "stands in ", "在", "是", "的", "- ", "#", "\n", "red", "\u{301}",
                    "，",
                ]
            ) {
                let facts = try ThingFacts(text($0), origin: "fuzz")
                let prompt = Prompt(parts: [Prompt.Part(text: text($0), weight: 1)])
                _ = prompt.completed(by: facts)
            },
            wordNet(),
            scenes(),
            FuzzReader(
                "prompt-tables",
                [
                    bytes("prompt,seed,count\n\"a, \"\"red\"\" apple\",7,2\nleaf,,\n"),
                    bytes("\u{FEFF}Prompt\r\nx\r\n"),
                ],
                words: [
                    "\"", "\"\"", ",", "\r\n", "\n", "prompt", "seed", "count", "；", "\t",
                    "\u{FEFF}",
                ]
            ) { _ = try PromptTable(text($0), name: "fuzz") },
            FuzzReader(
                "recipes",
                recipes,
                words: [
                    "name:", "&a ", "*a", "<<: ", "!!binary ", "!!float ", "? ", "- ", "{", "}",
                    "[", "]", ": ",
                    "---\n", "...\n", "|\n", ">\n", "model:", "widths: ", "schedule: ",
                    "%YAML 9.9\n", "\t", "0x", "0o7",
                    ".inf", ".nan", "1_000", "2001-01-01", "=", "@",
                ],
                limit: 6000
            ) {
                let recipe = try Recipe(parsing: text($0), source: "fuzz", catalog: catalog)
                _ = (recipe.yaml, recipe.json)
            },
            FuzzReader(
                "recipe-changes",
                [
                    "training.epochs=3", "model.generator.widths=[4, 3]", "data.size=[8, 8]",
                    "optimizers.generator={kind: sgd, learning-rate: 1e-3}",
                    "model={family: mlp, latent: 4}",
                    "objective.regularisers.r1={weight: {from: 0, to: 1, over-images: 5}}",
                    "seed=18446744073709551615",
                ].map(bytes),
                words: [
                    ".", "=", "{", "}", "[", "]", ":", "model", "training", "data", "null", "~",
                    "*a", "&a",
                ],
                limit: 500
            ) {
                let recipe = try Recipe(
                    parsing: dcgan,
                    source: "fuzz",
                    overrides: [text($0)],
                    catalog: catalog
                )
                _ = (recipe.yaml, recipe.json)
            },
            FuzzReader(
                "worker-lines",
                [
                    bytes(
                        #"{"task":"imagine","id":"1","prompt":"a red apple --no leaf","seed":7,"indices":[0,1],"pictures":[],"numbers":{"zoom":1.5},"previews":2,"folder":"/tmp/x"}"#
                    ),
                    bytes(
                        #"{"id":"2","folder":"/tmp/x","request":{"task":"outpaint","prompt":"a cat --chaos 9","seed":"7","first":3,"count":2,"pictures":["a.png"],"mask":null,"region":{"left":1,"top":2,"width":3,"height":4},"numbers":{"left-pixels":9},"manner":{"topP":0.5},"size":64,"previews":1}}"#
                    ), bytes(#"{"id":"3","question":"describe","picture":"a.png","model":"m"}"#),
                    bytes(
                        #"{"task":"vary","id":"é","prompt":"","seed":18446744073709551615,"indices":[],"pictures":["a.png"],"mask":"m.png","numbers":{"strong":1},"previews":0,"folder":"","isLenient":true}"#
                    ),
                ],
                words: [
                    "\"task\"", "null", "1e999", "-1", "[", "]", "{", "}", "\\ud800", "\\u0000",
                    "explore", "layer-0",
                    "\"request\"", "\"question\"", "weight-0", "blend", "aspect-width",
                ]
            ) {
                let order = try JSONDecoder().decode(WorkerOrder.self, from: Data($0))
                if case .pictures(let request, _) = order.task {
                    try request.validate(.worker)
                    // What was let through can be written, and its places counted.
                    _ = (request.indices.count, try JSONEncoder().encode(request))
                }
                _ = try? JSONDecoder().decode(WorkerReply.self, from: Data($0))
            },
            FuzzReader(
                "multipart",
                [
                    bytes(
                        "--x\r\nContent-Disposition: form-data; name=\"prompt\"\r\n\r\na cat\r\n--x\r\nContent-Disposition:"
                            + " form-data; name=\"image[]\"; filename=\"a;b.png\"\r\nContent-Type: image/png\r\n\r\n\u{1}\u{2}\r\n--x--\r\n"
                    )
                ],
                words: [
                    "--x", "--x--", "\r\n\r\n", "\r\n--x", "filename=", "name=\"",
                    "Content-Disposition:", ";", "\"",
                ]
            ) {
                let form = try MultipartForm(Data($0), type: "multipart/form-data; boundary=x")
                _ = (form.text("prompt"), form.files("image"))
                _ = try? MultipartForm(Data($0), type: text(Array($0.prefix(60))))
            },
            FuzzReader(
                "request-json",
                [
                    bytes(
                        #"{"prompt":"a \u00e9 \ud83d\ude00","n":2,"seed":18446744073709551615,"x":[1.5e-3,true,null,{"y":{}}]}"#
                    )
                ],
                words: [
                    "\\ud800", "\\u0000", "[", "]", "{", "}", "\"", ":", ",", "-", "1e999", "tru",
                    "\u{FEFF}",
                ]
            ) {
                let piece = try JSONReader.read(Data($0))
                _ = try JSONEncoder().encode(piece)
            },
        ]
    }
}
