import Settings

/// Surroundings that people name and no place is painted for: a place with things in it, which the model draws.
struct SceneSurrounding: Sendable {
    /// What stands there: what asks for one of it in both languages.
    struct Prop: Sendable {
        let english: String
        let chinese: String
        let spot: SceneProp.Spot
    }

    let place: ScenePlace
    /// The colour of a plain background.
    var colour = ColourTerm.white
    /// Ways to say it in English, each behind what it is said of.
    let english: [String]
    /// Ways to say it in Chinese, each as it stands behind 在.
    let chinese: [String]
    var prop: Prop?
    /// What is painted in place of the place.
    var scenery: SceneScenery?

    static let all = [
        SceneSurrounding(
            place: .grass,
            english: [
                "in a forest", "in the forest", "in the woods", "in a wood", "in the jungle",
                "in a jungle", "among the trees",
            ],
            chinese: ["森林里", "森林中", "树林里", "树林中", "丛林里", "丛林中", "林中"],
            prop: Prop(english: "a tree", chinese: "树", spot: .behind)
        ),
        SceneSurrounding(
            place: .grass,
            english: [
                "in the city", "in a city", "in town", "on the street", "on a street",
                "in the street", "in the streets", "downtown",
            ],
            chinese: ["城市里", "城市中", "城里", "街上", "街道上", "大街上", "街头"],
            scenery: .city
        ),
        SceneSurrounding(
            place: .grass,
            english: [
                "in the mountains", "on a mountain", "on the mountain", "on a hill", "on the hill",
            ],
            chinese: ["山里", "山上", "山中", "山坡上", "山顶上", "山顶", "山下"],
            scenery: .mountains
        ),
        SceneSurrounding(
            place: .sky,
            english: ["in the rain", "in rain", "on a rainy day"],
            chinese: ["雨中", "雨里", "下雨天"],
            scenery: .rain
        ),
        SceneSurrounding(
            place: .sky,
            english: ["in the sun", "in the sunshine", "under the sun", "on a sunny day"],
            chinese: ["阳光下", "太阳下", "晴天"],
            prop: Prop(english: "a sun", chinese: "太阳", spot: .above)
        ),
        SceneSurrounding(
            place: .night,
            english: [
                "in the moonlight", "under the moon", "under a full moon", "under the full moon",
            ],
            chinese: ["月光下", "月亮下", "月下", "月夜"],
            prop: Prop(english: "a moon", chinese: "月亮", spot: .above)
        ),
        SceneSurrounding(
            place: .plain,
            colour: .blue,
            english: ["underwater", "under water", "under the sea", "under the water"],
            chinese: ["水下", "水底", "海底", "海里", "水里", "水中", "海中"]
        ),
    ]
}
