import Settings

/// Reads scenes in Chinese.
enum ChineseReading: SceneLanguage {
    /// Without spaces, with the commas of Chinese, without a mark at the end; what is done somewhere left out:
    /// 在雪地里奔跑的狐狸 becomes 雪地里的狐狸.
    static func plain(_ typed: String) -> String {
        var text = typed.filter { !$0.isWhitespace }.replacing(",", with: "，").lowercased()
        while let last = text.last, "。！？；，".contains(last) { text.removeLast() }
        for verb in verbs {
            for side in "上下里中边前后旁空" where text.contains(verb) {
                text = text.replacing("\(side)\(verb)的", with: "\(side)的")
            }
        }
        // 一只在树上的鸟: what is counted stands behind the place.
        let number = counted(text) == nil ? "" : String(text.prefix(2))
        let rest = text.dropFirst(number.count)
        guard let lead = leads.first(where: { rest.hasPrefix($0) }) else { return text }
        let behind = rest.dropFirst(lead.count)
        guard let end = behind.firstIndex(of: "的"), end > behind.startIndex,
            behind.index(after: end) < behind.endIndex
        else { return text }
        let thing = behind[behind.index(after: end)...]
        return String(behind[...end]) + (counted(String(thing)) == nil ? number : "") + thing
    }

    /// What is done somewhere, which a picture shows by the place.
    private static let verbs = [
        "奔跑", "跑步", "跑", "散步", "行走", "飞翔", "飞行", "飞", "游泳", "游", "玩耍", "玩", "睡觉", "睡", "休息",
        "坐着", "站着", "躺着", "趴着", "唱歌", "跳舞", "生长", "盛开", "漂浮",
    ]

    /// What stands before a place.
    private static let leads = ["坐在", "站在", "躺在", "趴在", "停在", "飞在", "走在", "跑在", "放在", "长在", "在"]

    // MARK: What is said of the whole

    static func cutOpening(_ text: inout String) -> Bool {
        var isFound = false
        func cut(_ opening: String) {
            text = String(text.dropFirst(opening.count))
            isFound = true
        }
        if let ending = ["的图片", "的照片", "的图像", "的图画", "的插画", "的画"].first(where: text.hasSuffix),
            ending.count < text.count
        {
            text = String(text.dropLast(ending.count))
            isFound = true
            if let paper = ["一张", "一幅", "一副"].first(where: text.hasPrefix), text.count > 2 {
                cut(paper)
            }
        }
        let openings = [
            "请帮我画", "帮我画", "请给我画", "给我画", "请画", "我想要", "我要", "请生成", "生成", "画出",
        ]
        if let opening = openings.first(where: text.hasPrefix), opening.count < text.count {
            cut(opening)
        }
        // A painter is no request: 画 is one before a number.
        if text.hasPrefix("画"), counted(String(text.dropFirst())) != nil { cut("画") }
        if text.hasPrefix("有"), counted(String(text.dropFirst())) != nil { cut("有") }
        return isFound
    }

    static let hands: Phrases<String> = PictureHand.allCases.map {
        ("，" + $0.words.chinese, "，" + $0.words.chinese)
    }

    static let styleEnds: Phrases<PictureStyle> = longestFirst(
        PictureStyle.allCases.flatMap { style in
            style.chineseNames.flatMap { [("，" + $0, style), ("的" + $0, style)] }
        }
    )

    static let styleStarts: Phrases<PictureStyle> = longestFirst(
        PictureStyle.allCases.flatMap { style in style.chineseOpenings.map { ($0, style) } }
    )

    static let praiseEnds: Phrases<String> = longestFirst(
        [
            "高清", "超高清", "4k", "8k", "细节丰富", "高质量", "精致", "精美", "杰作", "写实", "逼真", "可爱", "唯美",
            "插画", "大师作品", "高分辨率", "电影感", "漂亮", "好看",
        ].map { ("，" + $0, $0) }
    )

    /// Places as they stand before what is there, without 的, and by themselves.
    private static let ways: [(before: String, alone: String, value: Surrounding)] = {
        var all: [(String, String, Surrounding)] = []
        for place in ScenePlace.allCases {
            for colour in place == .plain ? ColourTerm.allCases : [.white] {
                let way = place.chinese(colour)
                all.append((String(way.before.dropLast()), way.alone, (place, colour, nil, nil)))
            }
        }
        for (place, words) in more { all += words.map { ($0, $0, (place, .white, nil, nil)) } }
        for whole in SceneSurrounding.all {
            let prop = whole.prop.map { SceneProp(text: $0.chinese, spot: $0.spot) }
            all += whole.chinese.map { ($0, $0, (whole.place, whole.colour, prop, whole.scenery)) }
        }
        return all
    }()

    static let placeStarts: Phrases<Surrounding> = longestFirst(
        ways.flatMap { phrases(["", "在"], $0.before, ["的", "有", "，"], $0.value) }
    )

    static let placeEnds: Phrases<Surrounding> = longestFirst(
        ways.flatMap { phrases(["，"], $0.alone, [""], $0.value) }
            + ways.flatMap { phrases(leads, $0.before, [""], $0.value) }
            + ways.flatMap { phrases(["在"], $0.before, verbs, $0.value) }
    )

    /// Words with each of some before and each of others behind them.
    private static func phrases<Value>(
        _ starts: [String],
        _ words: String,
        _ ends: [String],
        _ value: Value
    ) -> Phrases<Value> {
        starts.flatMap { start in ends.map { end in (start + words + end, value) } }
    }

    /// More ways to say places, each as it stands behind 在.
    private static let more: [(ScenePlace, [String])] = [
        (.night, ["夜里", "晚上", "星空下", "夜空下", "夜空中", "太空中", "太空里"]),
        (.snow, ["雪中", "雪地上", "雪里", "雪地", "冬天"]),
        (.grass, ["草地", "草坪上", "田野里", "花园里", "公园里", "草丛里", "草丛中", "农场里"]),
        (.desert, ["沙漠中", "沙漠上"]),
        (.sea, ["沙滩上", "海滩上", "大海边", "海上", "大海上", "湖边", "湖上", "河边", "水上", "水面上"]),
        (.sky, ["天上", "空中", "蓝天下", "云中", "天空", "蓝天上"]), (.sunset, ["日落时", "黄昏", "傍晚"]),
        (.room, ["屋里", "屋子里", "家里", "厨房里", "卧室里", "客厅里", "教室里"]),
    ]

    private static func longestFirst<Value>(_ phrases: Phrases<Value>) -> Phrases<Value> {
        phrases.sorted { $0.phrase.count > $1.phrase.count }
    }

    // MARK: What is said of things

    private static let worn: [(name: String, place: WornPlace)] = [
        ("高顶礼帽", .top), ("礼帽", .top), ("毕业帽", .top), ("学士帽", .top), ("王冠", .top),
        ("皇冠", .top), ("头盔", .top), ("军盔", .top), ("帽子", .top), ("帽", .top), ("太阳镜", .eyes),
        ("墨镜", .eyes), ("护目镜", .eyes), ("眼镜", .eyes), ("围巾", .neck), ("领带", .neck),
    ]

    static func wornPlace(_ text: String) -> WornPlace? {
        worn.first { text.hasSuffix($0.name) }?.place
    }

    private static let holds = ["拿着", "举着", "抱着", "捧着", "提着", "握着", "手持", "拿"]

    /// What is held above the hand.
    private static let raised = ["气球", "风筝", "伞", "雨伞", "旗", "旗子", "旗帜", "灯笼", "火把"]

    static func carrying(_ text: String) -> (carrier: String, carried: SceneReading.Carried)? {
        for verb in ["戴着", "戴了", "戴", "围着", "系着", "打着"] {
            guard let range = text.firstRange(of: verb) else { continue }
            let (before, after) = (
                String(text[..<range.lowerBound]), String(text[range.upperBound...])
            )
            // 戴帽子的猫, or 猫戴着帽子.
            var (wearer, thing) = (before, after)
            if let split = after.lastPlace(
                of: "的",
                where: { wornPlace(String(after[..<$0])) != nil }
            ) {
                thing = String(after[..<split])
                wearer = before + after[after.index(after: split)...]
            }
            let things = list(thing)
            guard let place = wornPlace(things[0]), !wearer.isEmpty,
                things.allSatisfy({ wornPlace($0) != nil })
            else { continue }
            return (wearer, SceneReading.Carried(text: thing, place: .worn(place)))
        }
        for verb in holds {
            guard let range = text.firstRange(of: verb) else { continue }
            let (before, after) = (
                String(text[..<range.lowerBound]), String(text[range.upperBound...])
            )
            // 拿着气球的女孩, or 女孩拿着红色的气球.
            var (holder, thing) = (before, after)
            if before.isEmpty || before.count == 2 && counted(before + "人") != nil {
                guard let split = after.lastIndex(of: "的") else { continue }
                thing = String(after[..<split])
                holder = before + after[after.index(after: split)...]
            }
            guard !thing.isEmpty, !holder.isEmpty else { continue }
            let place = raised.contains(where: thing.hasSuffix) ? CarriedPlace.raised : .held
            return (holder, SceneReading.Carried(text: thing, place: place))
        }
        return nil
    }

    /// A side as it stands behind what a thing is related to.
    private struct Side {
        let phrase: String
        let relation: SceneRelation
        let isSwapped: Bool

        init(_ phrase: String, _ relation: SceneRelation, _ isSwapped: Bool) {
            (self.phrase, self.relation, self.isSwapped) = (phrase, relation, isSwapped)
        }

        func parts(_ first: String, _ second: String) -> SceneParts {
            isSwapped
                ? SceneParts(first: second, relation: relation, second: first)
                : SceneParts(first: first, relation: relation, second: second)
        }
    }

    /// Sides as they stand behind what a thing is related to; longer ones first.
    private static let sides: [Side] = [
        Side("左边", .leftOf, false), Side("左侧", .leftOf, false), Side("左面", .leftOf, false),
        Side("右边", .rightOf, false), Side("右侧", .rightOf, false), Side("右面", .rightOf, false),
        Side("上方", .above, false), Side("上面", .on, false), Side("下方", .below, false),
        Side("下面", .below, false), Side("底下", .below, false), Side("里面", .inside, false),
        Side("前面", .inFrontOf, false), Side("后面", .inFrontOf, true), Side("旁边", .beside, false),
        Side("身边", .beside, false), Side("上", .on, false), Side("下", .below, false),
        Side("里", .inside, false),
        Side("中", .inside, false), Side("前", .inFrontOf, false), Side("后", .inFrontOf, true),
        Side("旁", .beside, false),
    ]

    static func related(_ text: String) -> SceneParts? {
        // 骑马的人, or 人骑着马.
        for verb in ["骑着", "骑"] {
            guard let range = text.firstRange(of: verb) else { continue }
            let (before, after) = (
                String(text[..<range.lowerBound]), String(text[range.upperBound...])
            )
            if before.isEmpty || before.count == 2 && counted(before + "人") != nil {
                guard let split = after.lastIndex(of: "的") else { continue }
                let rider = before + after[after.index(after: split)...]
                let ridden = String(after[..<split])
                guard !ridden.isEmpty, rider != before else { continue }
                return SceneParts(first: rider, relation: .on, second: ridden)
            }
            guard !after.isEmpty else { continue }
            return SceneParts(first: before, relation: .on, second: after)
        }
        // 树上的鸟, 树上有鸟, or 鸟在树上.
        for side in sides {
            for link in ["的", "有"] {
                guard let range = text.firstRange(of: side.phrase + link) else { continue }
                let second = withoutLink(text[..<range.lowerBound])
                let first = String(text[range.upperBound...])
                if !first.isEmpty, !second.isEmpty { return side.parts(first, second) }
            }
            if text.hasSuffix(side.phrase), let at = text.firstRange(of: "在") {
                let second = withoutLink(text[at.upperBound...].dropLast(side.phrase.count))
                var first = String(text[..<at.lowerBound])
                if let verb = ["坐", "站", "躺", "停", "趴", "飞", "放"].first(where: first.hasSuffix) {
                    first.removeLast(verb.count)
                }
                if !first.isEmpty, !second.isEmpty { return side.parts(first, second) }
            }
        }
        return nil
    }

    /// Words without the 的 at their end: 房子的左边.
    private static func withoutLink(_ text: Substring) -> String {
        String(text.last == "的" ? text.dropLast() : text)
    }

    static func list(_ text: String) -> [String] {
        let parts = text.split { "、和与，及".contains($0) }.map(String.init)
        return parts.count > 1 && parts.allSatisfy { !$0.isEmpty } ? parts : [text]
    }

    private static let numbers: [Character: Int] = [
        "一": 1, "两": 2, "二": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9,
        "几": 4,
    ]

    /// How many a text that begins with a number and a measure word counts; nothing for any other.
    private static func counted(_ text: String) -> Int? {
        guard let first = text.first, text.count > 2,
            let number = numbers[first] ?? first.wholeNumberValue, (1...9).contains(number),
            MeasureWords.all.contains(text[text.index(after: text.startIndex)])
        else { return nil }
        return number
    }

    private static let sizes: [(phrase: String, size: SceneSize)] = [
        ("很小的", .tiny), ("微小的", .tiny), ("小小的", .small), ("大大的", .big), ("很大的", .big),
        ("巨大的", .huge),
    ]

    private static let praise = [
        "非常可爱的", "很可爱的", "可爱的", "漂亮的", "美丽的", "好看的", "精美的", "优雅的", "逼真的", "写实的",
    ]

    static func thing(_ phrase: String) -> (thing: SceneReading.Thing, unshown: [String]) {
        var text = phrase
        let count = counted(text)
        if count != nil { text = String(text.dropFirst(2)) }
        var (size, unshown): (SceneSize?, [String]) = (nil, [])
        while true {
            if size == nil, let found = sizes.first(where: { text.hasPrefix($0.phrase) }) {
                size = found.size
                text = String(text.dropFirst(found.phrase.count))
            } else if let found = praise.first(where: {
                text.hasPrefix($0) && text.count > $0.count
            }) {
                unshown.append(found)
                text = String(text.dropFirst(found.count))
            } else {
                break
            }
        }
        return (SceneReading.Thing(text: text, count: count ?? 1, size: size), unshown)
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
