/// Measure words of single things that are not counted as their kind is.
enum MeasureWords {
    /// The measure word of a thing, by its English name.
    static func word(of english: String, kind: ConceptKind) -> String {
        table[english] ?? kind.measureWord
    }

    /// All measure words.
    static let all: Set<Character> = Set(
        (Array(table.values) + ConceptKind.allCases.map(\.measureWord)).compactMap(\.first)
            + "个只名位些种幅条座棵朵张把"
    )

    private static let table: [String: String] = {
        var table: [String: String] = [:]
        for line in rows.split(separator: "\n") {
            let words = line.split(separator: " ").map(String.init)
            for name in words.dropFirst() {
                table[name.replacing("-", with: " ")] = words[0]
            }
        }
        return table
    }()

    /// A measure word in front of the things that it counts; of two rows with a thing the later counts.
    private static let rows = """
        根 banana carrot candle hot-dog baguette cucumber corn bone pen
        头 cow ox pig elephant whale water-buffalo bison donkey rhinoceros hippopotamus
        匹 horse wolf camel two-hump-camel zebra unicorn
        条 snake dragon dog sock scarf necktie jeans shorts towel bikini
        颗 strawberry cherry star gem-stone chestnut tooth pearl tomato candy peanut
        串 grapes oden dango
        片 leaf maple-leaf pizza cheese-wedge watermelon cloud bacon bread
        块 cookie chocolate-bar cake shortcake pie rock brick soap meat-on-bone
        顶 top-hat crown billed-cap graduation-cap tent rescue-workers-helmet woman's-hat
        顶 military-helmet umbrella
        副 glasses sunglasses goggles gloves
        只 shoe boot octopus crab lobster shrimp squid seal dolphin penguin snail butterfly
        只 high-heeled-shoe sandal bell
        棵 cactus deciduous-tree evergreen-tree palm-tree christmas-tree tree
        枚 rocket coin medal ring egg
        辆 car bus taxi bicycle motorcycle truck tractor ambulance
        列 train locomotive tram metro
        艘 ship sailboat canoe speedboat ferry
        张 bed chair table sofa map scroll couch armchair
        支 pencil crayon paintbrush lipstick
        封 envelope letter
        部 telephone mobile-phone camera movie-camera
        台 computer laptop television printer radio
        碗 rice noodles soup steaming-bowl curry-rice
        杯 coffee tea beer wine cocktail milk
        瓶 champagne bottle sake
        盏 lamp lantern light-bulb
        把 key knife axe hammer guitar violin umbrella chair scissors broom sword
        朵 rose tulip sunflower hibiscus cherry-blossom blossom mushroom lotus
        """
}
