/// What is behind the things of a scene, with the words for it.
package enum ScenePlace: String, Codable, Sendable, CaseIterable {
    case sky
    case sunset
    case night
    case sea
    case grass
    case desert
    case snow
    case room
    case plain
    case gradient

    /// Whether things stand on something there.
    var hasGround: Bool {
        switch self {
        case .sunset, .sea, .grass, .desert, .snow, .room: true
        case .sky, .night, .plain, .gradient: false
        }
    }

    /// Ways to say it in English, each after what it is said of.
    ///
    /// - Parameter colour: The colour of a plain background.
    /// - Returns: Words such as `at night`.
    func english(_ colour: ColourTerm) -> [String] {
        switch self {
        case .sky: ["in the sky", "under a blue sky", "with clouds"]
        case .sunset: ["at sunset", "in front of a sunset"]
        case .night: ["at night", "under the stars", "at night with stars"]
        case .sea: ["by the sea", "at the sea", "on the beach"]
        case .grass: ["on the grass", "in a meadow", "in the grass"]
        case .desert: ["in the desert"]
        case .snow: ["in the snow", "in winter"]
        case .room: ["in a room", "indoors"]
        case .plain:
            [
                "on \(EnglishNoun.article(before: colour.rawValue)) \(colour.rawValue) background",
                "with \(EnglishNoun.article(before: colour.rawValue)) \(colour.rawValue) background",
            ]
        case .gradient: ["on a gradient", "on a soft gradient"]
        }
    }

    /// Ways to say it in Chinese: before a thing, ending in 的, or by itself.
    func chinese(_ colour: ColourTerm) -> (before: String, alone: String) {
        switch self {
        case .sky: ("天空中的", "蓝天")
        case .sunset: ("夕阳下的", "日落")
        case .night: ("夜晚的", "夜晚")
        case .sea: ("海边的", "海边")
        case .grass: ("草地上的", "草地上")
        case .desert: ("沙漠里的", "沙漠里")
        case .snow: ("雪地里的", "雪地里")
        case .room: ("房间里的", "室内")
        case .plain: ("\(colour.chinese)背景上的", "\(colour.chinese)背景")
        case .gradient: ("渐变背景上的", "渐变背景")
        }
    }
}
