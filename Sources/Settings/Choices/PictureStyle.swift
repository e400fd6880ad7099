/// A hand in which a picture can be drawn again, by a filter (nothing is learned).
public enum PictureStyle: String, CaseIterable, Codable, Sendable {
    /// Strokes of a bristle brush along the forms, lit from the upper left.
    case oil
    /// Thin washes with dark rims on grainy paper.
    case watercolour
    /// Grey lines and hatching on white paper.
    case pencil
    /// Large square pixels of few colours.
    case pixelArt = "pixel-art"
    /// A print in few flat inks with hard edges.
    case poster
    /// The shape alone, in one dark colour.
    case silhouette
    /// Glowing tubes along the edges, on dark.
    case neon
    /// Black lines that swell with the shade, on cream paper.
    case engraving

    /// What the style is called in English, most usual first; fits after a comma: `a fox, oil painting`.
    public var englishNames: [String] {
        switch self {
        case .oil: ["oil painting", "oil on canvas", "painted in oils"]
        case .watercolour: ["watercolour", "watercolor", "watercolour painting", "aquarelle"]
        case .pencil: ["pencil sketch", "pencil drawing", "sketch"]
        case .pixelArt: ["pixel art", "8-bit", "pixelated"]
        case .poster: ["poster", "screen print", "pop art"]
        case .silhouette: ["silhouette", "black silhouette", "shadow"]
        case .neon: ["neon", "neon sign", "neon lights"]
        case .engraving: ["engraving", "etching", "woodcut"]
        }
    }

    /// What stands before a thing in English: `an oil painting of` (a fox).
    public var englishOpenings: [String] {
        switch self {
        case .oil: ["an oil painting of", "a painting of"]
        case .watercolour: ["a watercolour of", "a watercolor painting of"]
        case .pencil: ["a pencil sketch of", "a pencil drawing of", "a sketch of"]
        case .pixelArt: ["pixel art of", "a pixel art picture of"]
        case .poster: ["a poster of", "a screen print of"]
        case .silhouette: ["a silhouette of", "the silhouette of"]
        case .neon: ["a neon sign of", "a neon picture of"]
        case .engraving: ["an engraving of", "an etching of"]
        }
    }

    /// What the style is called in Chinese, most usual first; fits after a comma or behind 的.
    public var chineseNames: [String] {
        switch self {
        case .oil: ["油画", "油画风格"]
        case .watercolour: ["水彩", "水彩画"]
        case .pencil: ["素描", "铅笔画"]
        case .pixelArt: ["像素画", "像素风格"]
        case .poster: ["海报", "海报风格"]
        case .silhouette: ["剪影", "黑色剪影"]
        case .neon: ["霓虹", "霓虹灯"]
        case .engraving: ["版画", "雕版画"]
        }
    }

    /// What stands before a thing in Chinese: `油画风格的` (狐狸).
    public var chineseOpenings: [String] {
        switch self {
        case .oil: ["油画风格的", "一幅油画："]
        case .watercolour: ["水彩风格的", "一幅水彩画："]
        case .pencil: ["素描风格的", "一幅铅笔画："]
        case .pixelArt: ["像素风格的", "一幅像素画："]
        case .poster: ["海报风格的", "一张海报："]
        case .silhouette: ["剪影风格的", "一幅剪影："]
        case .neon: ["霓虹风格的", "霓虹灯下的"]
        case .engraving: ["版画风格的", "一幅版画："]
        }
    }

    /// Finds a style by its raw value or one of its names, in any case, with spaces or hyphens.
    public init?(named name: String) {
        func plain(_ text: String) -> String {
            text.lowercased().split { " -_".contains($0) }.joined(separator: " ")
        }
        let wanted = plain(name)
        let found = Self.allCases.first { style in
            ([style.rawValue] + style.englishNames + style.chineseNames)
                .contains { plain($0) == wanted }
        }
        guard let found else { return nil }
        self = found
    }
}
