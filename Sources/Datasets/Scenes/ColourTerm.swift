/// The eleven basic colour terms, which people agree on.
///
/// Source: Berlin and Kay, "Basic color terms", 1969.
public enum ColourTerm: String, Codable, Sendable, CaseIterable {
    case red
    case orange
    case yellow
    case green
    case blue
    case purple
    case pink
    case brown
    case black
    case white
    case grey

    /// The word in Chinese, as it stands before 的.
    public var chinese: String {
        switch self {
        case .red: "红色"
        case .orange: "橙色"
        case .yellow: "黄色"
        case .green: "绿色"
        case .blue: "蓝色"
        case .purple: "紫色"
        case .pink: "粉色"
        case .brown: "棕色"
        case .black: "黑色"
        case .white: "白色"
        case .grey: "灰色"
        }
    }

    /// Whether it has a hue.
    var isChromatic: Bool { ![.black, .white, .grey].contains(self) }

    /// What the term means at its best.
    var colour: LabColour {
        switch self {
        case .red: LabColour(214, 40, 40)
        case .orange: LabColour(245, 130, 32)
        case .yellow: LabColour(250, 208, 50)
        case .green: LabColour(70, 160, 70)
        case .blue: LabColour(52, 120, 220)
        case .purple: LabColour(138, 70, 190)
        case .pink: LabColour(245, 150, 190)
        case .brown: LabColour(130, 82, 48)
        case .black: LabColour(36, 36, 40)
        case .white: LabColour(246, 246, 246)
        case .grey: LabColour(140, 142, 146)
        }
    }

    /// The term that is nearest to a colour of sRGB, eight bits a sample.
    public init(red: UInt8, green: UInt8, blue: UInt8) {
        self = .nearest(to: LabColour(red, green, blue))
    }

    /// The term that is nearest to a colour; hue counts more than lightness.
    static func nearest(to colour: LabColour) -> ColourTerm {
        if colour.chroma < 0.04 {
            return colour.lightness > 0.85 ? .white : colour.lightness < 0.4 ? .black : .grey
        }
        func distance(_ term: ColourTerm) -> Float {
            let best = term.colour
            let light = (colour.lightness - best.lightness) * 0.6
            let (a, b) = (colour.a - best.a, colour.b - best.b)
            return light * light + a * a + b * b
        }
        return allCases.filter(\.isChromatic).min { distance($0) < distance($1) } ?? .grey
    }
}
