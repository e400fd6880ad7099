import Datasets
import Imaging

/// What can be told of a picture without a judge that has learned anything: what stands before the ground, of which colour, how large,
/// in how many parts and where; and the ground itself.
///
/// The ground is what touches the border, clear pixels included.
public struct PictureTraits: Sendable, Equatable {
    /// The colour that most of what is drawn has; `nothing` for an empty picture.
    public let colour: String
    /// The colour of the ground; `clear` where it is transparent.
    public let ground: String
    /// How much of the picture is drawn on: `small`, `middle`, `large`.
    public let size: String
    /// How many separate parts are drawn, `5+` for more than four.
    public let parts: String
    /// Where the middle of what is drawn is: `left`, `middle`, `right`.
    public let position: String

    /// What is looked at, in the order of `values`.
    public static let names = ["colour", "ground", "size", "parts", "position"]

    /// What was told, by `names`.
    public var values: [String] { [colour, ground, size, parts, position] }

    private static let side = 64

    /// Looks at a picture.
    public init(_ picture: Picture) {
        let small = picture.converted(depth: .eight).converted(channels: 4)
            .resized(width: Self.side, height: Self.side, fit: .contain)
        let terms = Self.terms(small.samples)
        let side = Self.side
        let border = terms.indices.filter {
            $0 < side || $0 >= side * (side - 1) || $0 % side == 0 || $0 % side == side - 1
        }
        let ground = Self.commonest(border.map { terms[$0] })
        let shown = terms.indices.filter { terms[$0] != ground && terms[$0] != nil }
        self.ground = ground?.rawValue ?? "clear"
        colour = Self.commonest(shown.map { terms[$0] })?.rawValue ?? "nothing"
        let share = Double(shown.count) / Double(side * side)
        size = share < 0.1 ? "small" : share < 0.3 ? "middle" : "large"
        let found = Self.parts(shown)
        parts = found > 4 ? "5+" : "\(found)"
        let middle =
            shown.isEmpty
            ? 0.5
            : Double(shown.reduce(0) { $0 + $1 % side }) / Double(shown.count * (side - 1))
        position = middle < 0.4 ? "left" : middle > 0.6 ? "right" : "middle"
    }

    /// The colour of each pixel; nothing for those that are clear.
    private static func terms(_ bytes: [UInt8]) -> [ColourTerm?] {
        stride(from: 0, to: bytes.count - 3, by: 4).map { place in
            bytes[place + 3] < 128
                ? nil
                : ColourTerm(red: bytes[place], green: bytes[place + 1], blue: bytes[place + 2])
        }
    }

    private static func commonest(_ terms: [ColourTerm?]) -> ColourTerm? {
        let counts = Dictionary(terms.map { ($0, 1) }, uniquingKeysWith: +)
        let best = counts.max {
            ($0.value, $1.key?.rawValue ?? "") < ($1.value, $0.key?.rawValue ?? "")
        }
        return best?.key ?? nil
    }

    /// How many parts touch each other nowhere; those of less than a hundredth of what is drawn are dust.
    private static func parts(_ shown: [Int]) -> Int {
        var open = Set(shown)
        var count = 0
        for start in shown where open.remove(start) != nil {
            var (edge, size) = ([start], 0)
            while let place = edge.popLast() {
                size += 1
                let (x, y) = (place % side, place / side)
                for (nextX, nextY) in [(x - 1, y), (x + 1, y), (x, y - 1), (x, y + 1)]
                where (0..<side).contains(nextX) && (0..<side).contains(nextY) {
                    let next = nextY * side + nextX
                    if open.remove(next) != nil { edge.append(next) }
                }
            }
            if size * 100 >= max(shown.count, 100) { count += 1 }
        }
        return count
    }
}
