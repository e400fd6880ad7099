import ImageMetrics
import Settings

/// What each attribute of what is asked for does to each attribute of what is drawn: an arrow where it does something.
///
/// An attribute that moves only what it names has one arrow. A model that learned from pictures of red things at night draws
/// the night with the red, and the arrow from colour to ground shows it.
///
/// Source: Pearl, "Causality", 2009, for doing as against seeing: one thing is changed, all else and all chances stay.
public struct AttributeGraph: Codable, Sendable, Equatable {
    /// What one attribute does to another.
    public struct Arrow: Codable, Sendable, Equatable {
        /// The attribute that is changed.
        public var from: String
        /// The attribute that is looked at.
        public var to: String
        /// The share of drawings that show something else because of it, beyond what chance would: 0 to 1.
        public var effect: Double
        /// The ends of the interval of 95 %.
        public var low: Double
        /// The upper end.
        public var high: Double
        /// How often as much is found where the attribute does nothing.
        public var chance: Double
        /// Whether it is no chance, all pairs of attributes being considered (Holm, 5 %).
        public var isClear: Bool
    }

    /// All pairs, by what is changed, then by what is looked at.
    public var arrows: [Arrow]
    /// Drawings in all.
    public var drawings: Int
    /// Texts, or places, that were drawn.
    public var settings: Int

    /// The arrows of several graphs, considered together.
    init(merging graphs: [AttributeGraph]) {
        self.init(
            arrows: Self.corrected(graphs.flatMap(\.arrows)),
            drawings: graphs.reduce(0) { $0 + $1.drawings },
            settings: graphs.reduce(0) { $0 + $1.settings }
        )
    }

    init(arrows: [Arrow], drawings: Int, settings: Int) {
        (self.arrows, self.drawings, self.settings) = (arrows, drawings, settings)
    }

    /// Those that are no chance.
    public var clear: [Arrow] { arrows.filter(\.isClear) }

    /// Finds the arrows of drawings that were looked at.
    ///
    /// - Parameters:
    ///   - attributes: What is changed, and how many options each has.
    ///   - names: What is looked at.
    ///   - answers: What was seen: for each choice of options, the last attribute's changing fastest, for each seed, for
    ///     each name.
    ///   - trials: How often chance is tried, and pictures are drawn anew from those that are there.
    ///   - seed: Of both.
    /// - Returns: The graph.
    public static func found(
        _ attributes: [(name: String, options: Int)],
        _ names: [String],
        _ answers: [[[String]]],
        trials: Int = 999,
        seed: UInt64 = 0
    ) -> AttributeGraph {
        var arrows: [Arrow] = []
        for (place, attribute) in attributes.enumerated() {
            let pairs = pairs(attributes.map(\.options), changing: place)
            for (column, name) in names.enumerated() {
                let seen = pairs.map { pair in
                    zip(answers[pair.0], answers[pair.1]).map { ($0[column], $1[column]) }
                }
                let trial = AttributeTrial(seen)
                let stream = UInt64(arrows.count)
                arrows.append(
                    trial.arrow(attribute.name, name, trials, seed: seed &+ stream &* 0x9E37_79B9)
                )
            }
        }
        return AttributeGraph(
            arrows: corrected(arrows),
            drawings: answers.reduce(0) { $0 + $1.count },
            settings: answers.count
        )
    }

    /// Choices that differ in one attribute alone.
    static func pairs(_ options: [Int], changing place: Int) -> [(Int, Int)] {
        let step = options.dropFirst(place + 1).reduce(1, *)
        let count = options.reduce(1, *)
        return (0..<count).flatMap { first -> [(Int, Int)] in
            let option = first / step % options[place]
            return (option + 1..<max(options[place], option + 1)).map {
                (first, first + ($0 - option) * step)
            }
        }
    }

    /// Says which arrows are clear, so that of graphs without any one in twenty has one.
    ///
    /// Source: Holm, "A simple sequentially rejective multiple test procedure", 1979.
    private static func corrected(_ arrows: [Arrow]) -> [Arrow] {
        var arrows = arrows
        for place in arrows.indices { arrows[place].isClear = false }
        let order = arrows.indices.sorted { arrows[$0].chance < arrows[$1].chance }
        for (rank, place) in order.enumerated() {
            guard arrows[place].chance * Double(arrows.count - rank) <= 0.05 else { break }
            arrows[place].isClear = true
        }
        return arrows
    }

    /// The clear arrows in Graphviz's language, thicker where more changes.
    public var dot: String {
        func quoted(_ text: String) -> String {
            "\""
                + text.replacingOccurrences(of: "\\", with: "\\\\")
                .replacingOccurrences(of: "\"", with: "\\\"") + "\""
        }
        let asked = Set(arrows.map(\.from)).sorted()
        let seen = Set(arrows.map(\.to)).sorted()
        let lines =
            asked.map { "    \(quoted("asked: " + $0)) [label=\(quoted($0)), shape=box];" }
            + seen.map { "    \(quoted("drawn: " + $0)) [label=\(quoted($0))];" }
            + clear.map { arrow in
                let percent = Int((100 * min(max(arrow.effect, 0), 1)).rounded())
                return "    \(quoted("asked: " + arrow.from)) -> \(quoted("drawn: " + arrow.to))"
                    + " [label=\"\(percent) %\", penwidth=\(1 + percent / 20)];"
            }
        return "digraph attributes {\n    rankdir=LR;\n" + lines.joined(separator: "\n") + "\n}\n"
    }
}
