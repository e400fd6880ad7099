/// A parameter that a prompt can have: `--chaos 20`.
///
/// Source: Midjourney's documentation, Parameter List.
public enum PromptParameter: String, Codable, Sendable, CaseIterable, CodingKeyRepresentable {
    case aspect, seed, sameseed, chaos, stylize, weird, quality, stop, tile, panorama, background,
        no, iw
    case sref, sw, sv, cref, cw, oref, ow, profile, style, raw, literal, lora
    case version, niji, `repeat`, video, draft, hd, exp, fast, relax, turbo, stealth, `public`, zoom

    /// Other names.
    public var aliases: [String] {
        switch self {
        case .aspect: ["ar"]
        case .background: ["bg"]
        case .chaos: ["c", "variety"]
        case .stylize: ["s"]
        case .weird: ["w"]
        case .quality: ["q"]
        case .profile: ["p"]
        case .version: ["v", "model"]
        case .repeat: ["r"]
        default: []
        }
    }

    /// What it takes.
    public enum Value: Sendable, Equatable {
        /// It takes no value.
        case nothing
        /// Nothing or a whole number.
        case optional(ClosedRange<Int>)
        /// A whole number.
        case whole(ClosedRange<Int>)
        /// A number.
        case number(ClosedRange<Double>)
        /// One of these numbers.
        case choice([Double])
        /// Two whole numbers: `3:2`.
        case ratio
        /// It takes words.
        case text
        /// Words between commas.
        case list
        /// Whole numbers that may have weights, or `random`: `12::2 7`.
        case codes
        /// The name of a colour, its numbers, or `transparent`.
        case colour
        /// Names that may have weights, between commas: `flowers:0.8, dogs`.
        case updates
    }

    /// What it takes.
    public var value: Value {
        switch self {
        case .aspect: .ratio
        case .seed: .whole(0...4_294_967_295)
        case .sameseed: .optional(0...4_294_967_295)
        case .chaos: .whole(0...100)
        case .stylize: .whole(0...1000)
        case .weird: .whole(0...3000)
        case .quality: .choice([0.25, 0.5, 1, 2, 4, 8, 16])
        case .stop: .whole(10...100)
        case .no: .list
        case .iw: .number(0...3)
        case .sw: .whole(0...1000)
        case .sv: .whole(1...8)
        case .cw: .whole(0...100)
        case .ow: .whole(1...1000)
        case .background: .colour
        case .lora: .updates
        case .sref: .codes
        case .cref, .oref, .profile, .style, .version: .text
        case .repeat: .whole(2...40)
        case .exp: .whole(0...100)
        case .zoom: .number(1...2)
        case .tile, .panorama, .raw, .literal, .niji, .video, .draft, .hd, .fast, .relax, .turbo,
            .stealth,
            .public:
            .nothing
        }
    }

    /// What it does, in a few words.
    public var summary: String {
        switch self {
        case .aspect: "width to height, in whole numbers"
        case .seed: "the key of all chance: the same pictures again"
        case .sameseed: "all pictures start from the same chance"
        case .chaos: "how much the pictures differ from each other"
        case .stylize: "how freely the model draws beside what is asked for"
        case .weird: "how unusual the pictures are"
        case .quality: "candidates for each picture, of which the best is kept"
        case .stop: "how much of a picture is drawn by chance before the likeliest completes it"
        case .tile: "the picture continues itself at its edges"
        case .panorama: "all around: twice as wide as high, right and left edges meet"
        case .background: "the colour behind what is drawn"
        case .no: "what is to be avoided"
        case .iw: "what pictures count beside the words"
        case .sref: "a code for the style, or random"
        case .sw: "how strong the style is"
        case .sv: "which way of styles"
        case .cref, .oref: "a picture of the character or object"
        case .cw, .ow: "how much of it is kept"
        case .profile: "a person's own taste"
        case .style: "a style by its code, or raw"
        case .raw: "nothing is beautified"
        case .literal: "words that no caption has stay as they are"
        case .lora: "updates of the model's weights, by name and weight"
        case .version: "the model"
        case .niji: "a model for anime"
        case .repeat: "the job so many times"
        case .video: "a film of the picture forming"
        case .draft: "many small pictures"
        case .hd: "twice the size"
        case .exp: "an experiment with looks"
        case .fast, .relax, .turbo: "the place in the queue"
        case .stealth, .public: "who sees the pictures"
        case .zoom: "the picture with more around it"
        }
    }

    /// Whether it counts for variations of a picture, too, and not only for the first ones.
    public var countsForVariations: Bool {
        switch self {
        case .background, .chaos, .iw, .quality, .seed, .sameseed, .stylize, .video: false
        default: true
        }
    }

    /// The parameter of that name, whatever its case.
    public init?(named name: String) {
        let name = name.lowercased()
        guard
            let found = PromptParameter.allCases.first(where: {
                $0.rawValue == name || $0.aliases.contains(name)
            })
        else { return nil }
        self = found
    }

    /// Names that were once known and never will be again, with the reason.
    static let gone = [
        "h": "heights follow from --aspect; write --aspect 2:3",
        "uplight": "pictures are enlarged with --size or --enlarge",
        "upbeta": "pictures are enlarged with --size or --enlarge",
        "creative": "say how freely to draw with --stylize",
        "test": "models are chosen with --version", "testp": "models are chosen with --version",
        "wallpaper": "say the shape with --aspect",
    ]
}
