/// What kind of thing a concept is: what it can do in a scene, and how it is counted in Chinese.
public enum ConceptKind: String, Codable, Sendable, CaseIterable {
    case animal
    case bird
    case fish
    case bug
    case plant
    case flower
    case food
    case drink
    case building
    case vehicle
    case ship
    case aircraft
    case sky
    case clothing
    case instrument
    case tool
    case book
    case furniture
    case toy
    case person
    case face
    case thing

    /// The kind of an emoji's subgroup; nothing for those that are no things.
    init?(group: String, subgroup: String) {
        switch subgroup {
        case "animal-mammal", "animal-amphibian", "animal-reptile": self = .animal
        case "animal-bird": self = .bird
        case "animal-marine": self = .fish
        case "animal-bug": self = .bug
        case "plant-flower": self = .flower
        case "plant-other": self = .plant
        case "food-fruit", "food-vegetable", "food-prepared", "food-asian", "food-marine",
            "food-sweet":
            self = .food
        case "drink": self = .drink
        case "place-building", "place-religious": self = .building
        case "transport-ground": self = .vehicle
        case "transport-water": self = .ship
        case "transport-air": self = .aircraft
        case "sky & weather": self = .sky
        case "clothing": self = .clothing
        case "musical-instrument": self = .instrument
        case "tool": self = .tool
        case "book-paper": self = .book
        case "game": self = .toy
        case "household": self = .thing
        case "face-smiling", "face-affection", "face-tongue", "face-neutral-skeptical",
            "face-sleepy", "face-unwell", "face-concerned", "face-negative", "face-costume",
            "cat-face", "face-glasses", "face-hat":
            self = .face
        case "person-fantasy", "person-role", "person": self = .person
        case "sport", "event", "award-medal", "arts & crafts", "dishware", "phone", "computer",
            "light & video", "money", "mail", "writing", "office", "lock", "science", "medical",
            "other-object", "music", "heart", "emotion", "time", "hotel", "sound",
            "monkey-face", "place-other":
            self = .thing
        default: return nil
        }
    }

    /// The measure word that Chinese counts it with.
    var measureWord: String {
        switch self {
        case .animal, .bird, .bug: "只"
        case .fish: "条"
        case .plant: "棵"
        case .flower: "朵"
        case .food, .sky, .toy, .thing, .face: "个"
        case .drink: "杯"
        case .building: "座"
        case .vehicle: "辆"
        case .ship: "艘"
        case .aircraft: "架"
        case .clothing: "件"
        case .instrument, .tool: "把"
        case .book: "本"
        case .furniture: "件"
        case .person: "位"
        }
    }
}
