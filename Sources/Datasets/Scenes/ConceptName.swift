/// What an emoji's or a model's name says: the thing, its colour, and whether only a face is drawn.
struct ConceptName: Sendable, Equatable {
    /// The thing in English: `apple` of `red apple`.
    let english: String
    /// The thing in Chinese; nothing where no name is known.
    let chinese: String?
    /// The colour that the name says.
    let colour: ColourTerm?
    /// Whether only the head is drawn, seen from the front.
    let isHead: Bool

    /// Reads a name; nothing for names of no single thing.
    init?(english name: String, chinese: String?, kind: ConceptKind) {
        var name = name.lowercased()
        guard !name.contains(":"), !name.contains("skin tone"), !name.contains(" with "),
            !name.contains("("), !name.contains(" and "), name.split(separator: " ").count <= 3,
            !Self.leftOut.contains(name)
        else { return nil }
        var head = Self.heads.contains(name)
        if name.hasSuffix(" face"), kind != .face {
            name = String(name.dropLast(5))
            head = true
        }
        var colour: ColourTerm?
        if let first = name.split(separator: " ").first, name.contains(" "),
            let term = ColourTerm(rawValue: String(first)), kind != .face
        {
            colour = term
            name = String(name.dropFirst(first.count + 1))
        }
        if let shorter = Self.shorter[name] { name = shorter }
        english = name
        isHead = head || kind == .face
        self.colour = colour
        self.chinese =
            Self.translations[name] ?? Self.chinese(chinese, isHead: head, colour: colour)
    }

    /// A Chinese name without the parts that the English one lost; nothing where that is not certain.
    private static func chinese(
        _ name: String?,
        isHead: Bool,
        colour: ColourTerm?
    ) -> String? {
        guard var name, !name.contains("：") else { return nil }
        if isHead, name.count > 1, ["脸", "头"].contains(where: name.hasSuffix) {
            name = String(name.dropLast())
        }
        if let colour {
            let marks = [colour.chinese + "的", colour.chinese, String(colour.chinese.dropLast())]
            guard let mark = marks.first(where: name.hasPrefix), mark.count < name.count else {
                return nil
            }
            name = String(name.dropFirst(mark.count))
        }
        return name
    }

    /// Names of animals' heads that do not say so.
    private static let heads: Set<String> = [
        "lion", "fox", "bear", "koala", "panda", "raccoon", "frog", "hamster", "wolf", "polar bear",
        "unicorn", "zebra", "moose", "boar", "hatching chick",
    ]

    /// Signs and parts of things that make no picture by themselves.
    private static let leftOut: Set<String> = [
        "zzz", "anger symbol", "eye in speech bubble", "dashing away", "comet", "foggy",
        "bridge at night", "cityscape", "night with stars", "sunrise", "sunset", "milky way",
        "hole", "dizzy", "collision", "fire", "droplet", "water wave", "cyclone", "fog",
        "foot", "speech balloon", "kiss mark", "minibus stop", "bus stop",
    ]

    /// Shorter names that people use.
    private static let shorter = [
        "automobile": "car", "sport utility vehicle": "jeep", "deciduous tree": "tree",
        "evergreen tree": "pine tree", "t-rex": "dinosaur", "sauropod": "dinosaur",
        "pot of food": "pot", "hot beverage": "coffee",
        "teacup without handle": "tea", "spouting whale": "whale", "baby chick": "chick",
        "front-facing baby chick": "chick", "smiling cat": "cat", "bactrian camel": "camel",
        "two-hump camel": "camel", "water buffalo": "buffalo", "honeybee": "bee",
        "lady beetle": "ladybug", "ewe": "sheep", "closed umbrella": "umbrella",
        "umbrella on ground": "umbrella", "closed book": "book", "couch": "sofa",
        "couch and lamp": "sofa", "rescue worker’s helmet": "helmet",
        "woman’s hat": "hat", "billed cap": "cap", "red heart": "heart", "glowing star": "star",
        "tropical fish": "fish", "passenger ship": "ship", "small airplane": "airplane",
        "kitchen knife": "knife", "water pistol": "toy gun",
        "electric plug": "plug", "wrapped gift": "gift", "necktie": "tie",
        "soft ice cream": "ice cream", "mobile phone": "phone", "fire engine": "fire truck",
        "oncoming automobile": "car", "oncoming taxi": "taxi",
        "oncoming bus": "bus", "oncoming police car": "police car", "crescent moon": "moon",
        "full moon": "moon", "snowman without snow": "snowman",
        "carp streamer": "fish flag", "running shoe": "shoe", "man’s shoe": "shoe",
        "hiking boot": "boot", "woman’s boot": "boot",
    ]

    /// Chinese names of the things whose English name was shortened, and of frequent ones.
    private static let translations = [
        "car": "汽车", "jeep": "越野车", "tree": "树", "pine tree": "松树", "dinosaur": "恐龙",
        "pot": "锅", "coffee": "咖啡", "tea": "茶", "whale": "鲸鱼", "chick": "小鸡", "cat": "猫",
        "camel": "骆驼", "buffalo": "水牛", "bee": "蜜蜂", "ladybug": "瓢虫", "sheep": "羊",
        "umbrella": "雨伞", "book": "书", "sofa": "沙发", "helmet": "头盔", "hat": "帽子",
        "cap": "帽子", "heart": "心", "star": "星星", "fish": "鱼", "ship": "船",
        "airplane": "飞机", "knife": "刀", "toy gun": "水枪", "plug": "插头", "gift": "礼物",
        "tie": "领带", "ice cream": "冰淇淋", "phone": "手机", "fire truck": "消防车",
        "taxi": "出租车", "bus": "公共汽车", "police car": "警车", "moon": "月亮",
        "snowman": "雪人", "shoe": "鞋", "boot": "靴子", "dog": "狗", "fox": "狐狸", "bird": "鸟",
        "apple": "苹果", "banana": "香蕉", "house": "房子", "horse": "马", "cow": "牛", "pig": "猪",
        "mouse": "老鼠", "rabbit": "兔子", "bear": "熊", "panda": "熊猫", "tiger": "老虎",
        "lion": "狮子", "monkey": "猴子", "frog": "青蛙", "dragon": "龙", "rocket": "火箭",
        "crown": "皇冠", "glasses": "眼镜", "sunglasses": "墨镜", "scarf": "围巾",
        "top hat": "礼帽", "bicycle": "自行车", "flower": "花", "rose": "玫瑰",
        "cake": "蛋糕", "birthday cake": "生日蛋糕", "elephant": "大象", "penguin": "企鹅",
        "owl": "猫头鹰", "chair": "椅子", "bed": "床", "key": "钥匙", "boat": "船",
        "sailboat": "帆船", "sun": "太阳", "cloud": "云", "robot": "机器人", "ghost": "幽灵",
        "goggles": "护目镜", "graduation cap": "学士帽", "wolf": "狼", "koala": "考拉",
        "hamster": "仓鼠", "unicorn": "独角兽", "circle": "圆", "square": "方块",
    ]
}
