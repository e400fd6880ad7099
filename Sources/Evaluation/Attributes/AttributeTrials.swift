import Foundation
import Generation
import Imaging
import Prompts
import Torch

/// Draws what a graph of attributes is found from: each choice of options by the same chances.
public enum AttributeTrials {
    /// Why there is nothing to compare.
    public enum Problem: Error, Sendable, Equatable, CustomStringConvertible {
        /// A text without groups of options.
        case noOptions(String)
        /// More names than groups, or fewer.
        case otherNames(found: Int, expected: Int)

        /// What happened and what to do.
        public var description: String {
            switch self {
            case .noOptions(let text):
                "'\(text)' leaves nothing to choose. Write options in braces, as in \"a {red,blue} {apple,car}\"."
            case .otherNames(let found, let expected):
                "there are \(found) names for \(expected) groups of options. Give one for each group."
            }
        }
    }

    /// Looks at drawings in further ways.
    public typealias Look = (_ pictures: [Picture]) throws -> [[String]]

    /// The graph of what the options of a text do.
    ///
    /// - Parameters:
    ///   - model: What draws; it is asked with texts, or with classes.
    ///   - text: A prompt with options in braces, a group for each attribute.
    ///   - names: What the groups are called; their first options by default.
    ///   - count: Drawings of each text, of the places 0 to count − 1 of the seed's row.
    ///   - seed: Of the chances.
    ///   - further: What else is looked at: names, and what tells them.
    ///   - rules: What is not drawn.
    ///   - watch: Told what happens.
    /// - Returns: The graph, and the first drawings of each text.
    /// - Throws: What is wrong with the text, or what the model cannot do.
    public static func graph(
        of model: GeneratorModel,
        _ text: String,
        names: [String] = [],
        count: Int,
        seed: UInt64,
        further: (names: [String], look: Look)? = nil,
        by rules: PromptRules = .house,
        watch: (String) -> Void
    ) throws -> (graph: AttributeGraph, drawings: [Drawing]) {
        let options = try Permutations.options(
            of: KeyboardForms.plain(text),
            limit: Prompt.permutations
        )
        guard options.contains(where: { $0.count > 1 }) else { throw Problem.noOptions(text) }
        guard names.isEmpty || names.count == options.count else {
            throw Problem.otherNames(found: names.count, expected: options.count)
        }
        let called = names.isEmpty ? options.map { "{\($0.joined(separator: ","))}" } : names
        let prompts = try Prompt.all(of: text)
        guard prompts.count == options.reduce(1, { $0 * $1.count }) else {
            throw Problem.noOptions(text)
        }
        var drawings: [Drawing] = []
        var answers: [[[String]]] = []
        for prompt in prompts {
            try rules.check(prompt)
            watch("drawing '\(prompt.text)'")
            let found = try model.draw(
                model.request(prompt, seed: seed, indices: Array(0..<count))
            )
            drawings += found.prefix(6)
            answers.append(try seen(found.map(\.picture), further?.look))
        }
        let graph = AttributeGraph.found(
            zip(called, options).map { ($0, $1.count) },
            PictureTraits.names + (further?.names ?? []),
            answers,
            seed: seed
        )
        return (graph, drawings)
    }

    /// The graph of what directions of a model of styles do: each is gone back, left, and gone on.
    ///
    /// - Parameters:
    ///   - model: Of styles.
    ///   - directions: As long as a style, those that matter most first.
    ///   - reach: How far they are gone, in the direction's own length.
    ///   - count: Drawings that are moved, of the places 0 to count − 1 of the seed's row.
    ///   - seed: Of the chances.
    ///   - watch: Told what happens.
    /// - Returns: The graph.
    /// - Throws: `GenerationError.lacks` for models without styles.
    public static func graph(
        of model: GeneratorModel,
        along directions: [[Double]],
        reach: Double,
        count: Int,
        seed: UInt64,
        watch: (String) -> Void
    ) throws -> AttributeGraph {
        var arrows: [AttributeGraph] = []
        for (place, direction) in directions.enumerated() {
            watch("moving along direction \(place + 1) of \(directions.count)")
            let rows = try (0..<count).map { index in
                try seen(
                    model.moved(
                        along: direction,
                        by: [-reach, 0, reach],
                        model.request(seed: seed, indices: [index])
                    ).map(\.picture),
                    nil
                )
            }
            arrows.append(
                .found(
                    [("direction \(place + 1)", 3)],
                    PictureTraits.names,
                    (0..<3).map { step in rows.map { $0[step] } },
                    seed: seed &+ UInt64(place)
                )
            )
        }
        return AttributeGraph(merging: arrows)
    }

    private static func seen(_ pictures: [Picture], _ look: Look?) throws -> [[String]] {
        let plain = pictures.map { PictureTraits($0).values }
        guard let look else { return plain }
        return zip(plain, try look(pictures)).map(+)
    }
}
