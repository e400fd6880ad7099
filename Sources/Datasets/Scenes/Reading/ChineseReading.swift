import Settings

/// Reads scenes in Chinese.
enum ChineseReading {
    /// The scene of a text; nothing for what is none.
    static func reading(of typed: String) -> SceneReading? {
        var text = plain(typed)
        var found = SceneReading()
        let hand = cut(hands, from: &text).map { "，" + $0 } ?? ""
        found.style = style(&text)
        // Of several places the last one is shown.
        while let (place, colour) = place(&text) {
            if found.place == nil { (found.place, found.placeColour) = (place, colour) }
            found.style = found.style ?? style(&text)
        }
        guard !text.isEmpty else { return nil }
        if let (wearer, worn, place) = wearing(text) {
            found.things = [thing(wearer), thing(worn)]
            found.worn = place
        } else if let (first, relation, second) = related(text) {
            found.things = list(first).map(thing) + [thing(second)]
            found.relation = relation
        } else {
            found.things = list(text).map(thing)
        }
        return found.checked(behind: hand)
    }

    private static func plain(_ text: String) -> String {
        var text = text.filter { !$0.isWhitespace }
        text = text.replacing(",", with: "，")
        while let last = text.last, "。！？；，".contains(last) { text.removeLast() }
        return text
    }

    // MARK: What is said of the whole

    private static let hands: [(phrase: String, value: String)] = PictureHand.allCases.map {
        ("，" + $0.words.chinese, $0.words.chinese)
    }

    private static let styleEnds: [(phrase: String, value: PictureStyle)] =
        PictureStyle.allCases.flatMap { style in
            style.chineseNames.flatMap { [("，" + $0, style), ("的" + $0, style)] }
        }.sorted { $0.0.count > $1.0.count }

    private static let styleStarts: [(phrase: String, value: PictureStyle)] =
        PictureStyle.allCases.flatMap { style in style.chineseOpenings.map { ($0, style) } }
        .sorted { $0.0.count > $1.0.count }

    private static func style(_ text: inout String) -> PictureStyle? {
        if let (phrase, style) = styleStarts.first(where: { text.hasPrefix($0.phrase) }) {
            text = String(text.dropFirst(phrase.count))
            return style
        }
        return cut(styleEnds, from: &text)
    }

    private static let ways:
        [(place: ScenePlace, colour: ColourTerm, before: String, alone: String)] =
            ScenePlace.allCases.flatMap { place in
                (place == .plain ? ColourTerm.allCases : [.white]).map { colour in
                    let way = place.chinese(colour)
                    return (place, colour, way.before, way.alone)
                }
            }

    private static let starts: [(phrase: String, value: (ScenePlace, ColourTerm))] =
        (ways.map { ($0.before, ($0.place, $0.colour)) }
        + more.flatMap { place, words in words.map { ($0 + "的", (place, ColourTerm.white)) } })
        .sorted { $0.0.count > $1.0.count }

    private static let ends: [(phrase: String, value: (ScenePlace, ColourTerm))] =
        (ways.flatMap { way in
            ["，" + way.alone, "在" + way.before.dropLast()].map {
                ($0, (way.place, way.colour))
            }
        }
        + more.flatMap { place, words in
            words.flatMap { ["，" + $0, "在" + $0] }.map { ($0, (place, ColourTerm.white)) }
        })
        .sorted { $0.0.count > $1.0.count }

    /// More ways to say places, each as it stands behind 在.
    private static let more: [(ScenePlace, [String])] = [
        (.night, ["夜里", "晚上", "星空下", "夜空下", "夜空中", "太空中", "太空里"]),
        (.snow, ["雪中", "雪地上", "雪里", "冬天"]), (.grass, ["草地", "草坪上", "田野里", "花园里", "公园里"]),
        (.desert, ["沙漠中", "沙漠上"]), (.sea, ["沙滩上", "海滩上", "大海边"]),
        (.sky, ["天上", "空中", "蓝天下", "云中"]), (.sunset, ["日落时", "黄昏", "傍晚"]),
        (.room, ["屋里", "屋子里", "家里"]),
    ]

    private static func place(_ text: inout String) -> (ScenePlace, ColourTerm)? {
        if let (phrase, value) = starts.first(where: { text.hasPrefix($0.phrase) }),
            phrase.count < text.count
        {
            text = String(text.dropFirst(phrase.count))
            return value
        }
        return cut(ends, from: &text)
    }

    private static func cut<Value>(
        _ phrases: [(phrase: String, value: Value)],
        from text: inout String
    ) -> Value? {
        guard let (phrase, value) = phrases.first(where: { text.hasSuffix($0.phrase) }),
            phrase.count < text.count
        else { return nil }
        text = String(text.dropLast(phrase.count))
        return value
    }

    // MARK: What is said of things

    private static let worn: [(name: String, place: WornPlace)] = [
        ("高顶礼帽", .top), ("礼帽", .top), ("毕业帽", .top), ("学士帽", .top), ("王冠", .top),
        ("皇冠", .top), ("头盔", .top), ("军盔", .top), ("帽子", .top), ("帽", .top), ("太阳镜", .eyes),
        ("墨镜", .eyes), ("护目镜", .eyes), ("眼镜", .eyes), ("围巾", .neck), ("领带", .neck),
    ]

    private static func wearing(
        _ text: String
    ) -> (wearer: String, worn: String, place: WornPlace)? {
        for verb in ["戴着", "戴了", "戴", "围着", "系着", "打着"] {
            guard let range = text.firstRange(of: verb) else { continue }
            let (before, after) = (
                String(text[..<range.lowerBound]), String(text[range.upperBound...])
            )
            // 戴帽子的猫, or 猫戴着帽子.
            var (wearer, thing) = (before, after)
            if let split = after.lastPlace(
                of: "的",
                where: { place in
                    worn.contains { after[..<place].hasSuffix($0.name) }
                }
            ) {
                thing = String(after[..<split])
                wearer = before + after[after.index(after: split)...]
            }
            guard let place = worn.first(where: { thing.hasSuffix($0.name) })?.place,
                !wearer.isEmpty
            else { continue }
            return (wearer, thing, place)
        }
        return nil
    }

    /// Sides as they stand behind what a thing is related to; longer ones first.
    private static let sides: [(phrase: String, relation: SceneRelation, isSwapped: Bool)] = [
        ("左边", .leftOf, false), ("左侧", .leftOf, false), ("左面", .leftOf, false),
        ("右边", .rightOf, false), ("右侧", .rightOf, false), ("右面", .rightOf, false),
        ("上方", .above, false), ("上面", .on, false), ("下方", .below, false),
        ("下面", .below, false), ("底下", .below, false), ("里面", .inside, false),
        ("前面", .inFrontOf, false), ("后面", .inFrontOf, true), ("旁边", .beside, false),
        ("身边", .beside, false), ("上", .on, false), ("下", .below, false), ("里", .inside, false),
        ("中", .inside, false), ("前", .inFrontOf, false), ("后", .inFrontOf, true),
        ("旁", .beside, false),
    ]

    private static func related(
        _ text: String
    ) -> (first: String, relation: SceneRelation, second: String)? {
        // 树上的鸟, or 鸟在树上.
        for side in sides {
            if let range = text.firstRange(of: side.phrase + "的") {
                var second = String(text[..<range.lowerBound])
                if second.hasSuffix("的") { second.removeLast() }
                let first = String(text[range.upperBound...])
                if !first.isEmpty, !second.isEmpty {
                    return side.isSwapped
                        ? (second, side.relation, first) : (first, side.relation, second)
                }
            }
            if text.hasSuffix(side.phrase), let at = text.firstRange(of: "在") {
                var second = String(text[at.upperBound...].dropLast(side.phrase.count))
                if second.hasSuffix("的") { second.removeLast() }
                var first = String(text[..<at.lowerBound])
                if let verb = ["坐", "站", "躺", "停"].first(where: first.hasSuffix) {
                    first.removeLast(verb.count)
                }
                if !first.isEmpty, !second.isEmpty {
                    return side.isSwapped
                        ? (second, side.relation, first) : (first, side.relation, second)
                }
            }
        }
        return nil
    }

    private static func list(_ text: String) -> [String] {
        let parts = text.split { "、和与，及".contains($0) }.map(String.init)
        return parts.count > 1 && parts.allSatisfy { !$0.isEmpty } ? parts : [text]
    }

    private static let numbers: [Character: Int] = [
        "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
        "几": 4,
    ]

    private static let sizes: [(phrase: String, size: SceneSize)] = [
        ("很小的", .tiny), ("微小的", .tiny), ("小小的", .small), ("大大的", .big), ("很大的", .big),
        ("巨大的", .huge),
    ]

    /// A thing with its number and size.
    private static func thing(_ phrase: String) -> SceneReading.Thing {
        var text = phrase
        var count = 1
        if let first = text.first, text.count > 2,
            let number = numbers[first] ?? first.wholeNumberValue, (1...9).contains(number),
            MeasureWords.all.contains(text[text.index(after: text.startIndex)])
        {
            count = number
            text = String(text.dropFirst(2))
        }
        var size: SceneSize?
        if let found = sizes.first(where: { text.hasPrefix($0.phrase) }) {
            size = found.size
            text = String(text.dropFirst(found.phrase.count))
        }
        return SceneReading.Thing(text: text, count: count, size: size)
    }
}

extension String {
    /// The last place of a character at which something holds.
    fileprivate func lastPlace(
        of character: Character,
        where holds: (Index) -> Bool
    ) -> Index? {
        indices.last { self[$0] == character && holds($0) }
    }
}
