import Prompts
import TestSupport
import Testing

@Suite struct KeyboardFormsTests {
    /// Each mark with what other keyboards type for it.
    static let forms: [(plain: String, others: [String])] = [
        (",", ["，", "、", "﹐", "､", "﹑"]), (":", ["：", "∶", "﹕", "︓"]), (".", ["．", "。", "｡", "·"]),
        (" ", ["\u{3000}", "\u{A0}", "\u{2009}", "\u{202F}"]),
        ("{", ["｛", "﹛", "︷"]), ("}", ["｝", "﹜", "︸"]),
    ]

    /// Dashes before a parameter's name.
    static let dashes = [
        "—", "–", "――", "——", "－－", "−−", "‐‐", "─", "──", "ーー", "﹘", "﹣﹣", "-—", "—-", "⸺", "-－",
    ]

    /// A text in full-width letters, digits and marks.
    static func wide(_ text: String) -> String {
        String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    (33...126).contains(scalar.value)
                        ? Unicode.Scalar(scalar.value + 0xFEE0) ?? scalar : scalar
                }
            )
        )
    }

    /// A value that a parameter takes.
    static func value(_ parameter: PromptParameter) -> String {
        switch parameter.value {
        case .nothing: ""
        case .optional(let range), .whole(let range): "\(range.upperBound)"
        case .number: "1.5"
        case .choice: "0.5"
        case .ratio: "16:9"
        case .text: "name1"
        case .list: "red leaf, tree"
        case .codes: "12::2.5 7"
        case .colour: "#f80"
        case .updates: "flowers:0.8, dogs"
        }
    }

    /// Every parameter, by every name, in every form, is what it is in plain characters.
    @Test(arguments: PromptParameter.allCases)
    func parametersAreReadInEveryForm(_ parameter: PromptParameter) throws {
        let value = Self.value(parameter)
        for name in [parameter.rawValue] + parameter.aliases {
            let plain = try Prompt.all(of: "猫 --\(name) \(value)")
            for dash in Self.dashes {
                #expect(try Prompt.all(of: "猫 \(dash)\(name) \(value)") == plain, "\(dash)")
                #expect(try Prompt.all(of: "猫\(dash)\(name) \(value)") == plain, "\(dash)")
            }
            #expect(try Prompt.all(of: "猫 " + Self.wide("--\(name) \(value)")) == plain)
            for (mark, others) in Self.forms {
                for other in others {
                    let typed = "--\(name) \(value)".replacing(mark, with: other)
                    #expect(try Prompt.all(of: "猫 " + typed) == plain, "\(typed)")
                }
            }
        }
    }

    @Test func wordsWeightsAndBracesAreReadInEveryForm() throws {
        for (typed, plain) in [
            ("热：：1，5 狗", "热::1.5 狗"), ("热∷１。５ 狗", "热::1.5 狗"), ("hot::1,5 dog", "hot::1.5 dog"),
            ("cat:: dog::－.5", "cat:: dog::-.5"), ("cat:: dog::−０．５", "cat:: dog::-0.5"),
            ("cat:: dog::—0.5", "cat:: dog::-0.5"), ("一只｛红，绿｝鸟", "一只{红,绿}鸟"),
            ("一只｛红、绿｝鸟——no 树、叶", "一只{红,绿}鸟 --no 树, 叶"),
            ("鸟，——ar ３：２", "鸟, --ar 3:2"), ("a ﹛red﹐ green﹜ bird", "a {red, green} bird"),
            ("cat ——chaos\u{200B} 20", "cat --chaos 20"), ("a fox’s “den”", "a fox's \"den\""),
        ] {
            #expect(try Prompt.all(of: typed) == Prompt.all(of: plain), "\(typed)")
        }
    }

    /// Dashes that stand before no parameter's name are the writer's own, wherever they stand.
    @Test(arguments: dashes)
    func wordsStayWords(_ dash: String) throws {
        // Hyphens of other blocks are the plain one; what is longer stays what it is.
        let kept = String(dash.map { "－−‐﹣".contains($0) ? "-" : $0 })
        for (before, behind) in [
            ("night", "day"), ("yes", "no"), ("静夜", "思"), ("夜", "day"), ("図", "絵"),
            ("2019", "2021"),
            ("a", "ar"), ("春天。夏天", "，"),
        ] {
            for space in ["", " "] {
                let typed = before + space + dash + space + behind
                let prompts = try Prompt.all(of: typed)
                let last = behind == "，" ? "," : behind
                #expect(prompts.map(\.text) == [before + space + kept + space + last], "\(typed)")
                #expect(prompts[0].parameters.names.isEmpty, "\(typed)")
            }
        }
        if kept == dash, !dash.contains("-") {
            #expect(try Prompt.all(of: "静夜思 \(dash)李白").map(\.text) == ["静夜思 \(dash)李白"])
        }
        #expect(try Prompt.all(of: "a--no-b").map(\.text) == ["a--no-b"])
    }

    /// Dashes that words begin with only through braces or weights make no parameter the second time.
    @Test(arguments: [
        "{—}ar 3:2", "鸟{——}no 树", "a {ー, ─}raw b", "a::——no b", "cat --no {—}leaf, {——}tile",
        "a::--no b", "::--a b", "cat --no leaf,--tile", "a:: {--}no b", "::b :::",
    ])
    func whatIsReadIsReadAgain(_ text: String) throws {
        for prompt in try Prompt.all(of: text) {
            let again = try Prompt.all(of: prompt.typed)
            #expect(again.map(\.parameters.names) == [prompt.parameters.names], "\(prompt.typed)")
            #expect(again.map(\.parts.count) == [prompt.parts.count], "\(prompt.typed)")
        }
    }

    @Test func filesKeepTheirNames() throws {
        let prompts = try Prompt.all(of: "照片（１）．图.png 狐狸，猫")
        #expect(prompts.map(\.pictures) == [["照片（１）．图.png"]])
    }

    @Test func presetsAreFoundInEveryForm() throws {
        var presets = Presets()
        try presets.set("我的", "——chaos ３０")
        for dash in Self.dashes {
            let prompts = try Prompt.all(of: "猫 \(dash)我的", presets: presets)
            #expect(prompts.map(\.parameters.chaos) == [30])
        }
    }

    /// Reading again what was read changes nothing, whatever is mixed.
    @Test(arguments: 1...4 as ClosedRange<UInt64>)
    func plainTextsStay(seed: UInt64) {
        let pieces =
            Self.forms.flatMap { [$0.plain] + $0.others } + Self.dashes + [
                "a", "猫", "5", "no", "\\", "--",
            ]
        var chance = SeededChance(seed)
        for _ in 0..<3000 {
            let text = (0..<Int.random(in: 1...9, using: &chance)).compactMap { _ in
                pieces.randomElement(using: &chance)
            }.joined()
            let plain = KeyboardForms.plain(text, names: [])
            #expect(KeyboardForms.plain(plain, names: []) == plain, "\(text)")
            // Whatever it is, it is read or refused.
            if let prompts = try? Prompt.all(of: text) {
                for prompt in prompts where !prompt.parts.isEmpty {
                    let again = try? Prompt.all(of: prompt.typed)
                    #expect(again?.map(\.parameters.names) == [prompt.parameters.names], "\(text)")
                    #expect(again?.map(\.parts.count) == [prompt.parts.count], "\(text)")
                }
            }
        }
    }
}
