import Datasets
import Torch

/// What a judge says of pictures that were asked for by scenes.
struct SceneVerdict {
    /// The likeliest things of each picture, two, the likelier first.
    private let things: [[Int]]
    private let colours: (first: [Int], second: [Int])
    private let counts: [Int]
    private let arrangements: [Int]
    private let styles: [Int]
    /// Features of the pictures, N×256.
    let features: Tensor

    /// Looks at pictures, and asks of each what its scene is about.
    ///
    /// - Parameters:
    ///   - pictures: As the judge looks at them, N×4×128×128.
    ///   - facts: What was asked for, N.
    ///   - judge: What looks.
    init(_ pictures: Tensor, _ facts: [SceneFacts], by judge: SceneJudge) {
        (things, colours, counts, arrangements, styles, features) = withoutGradients {
            let view = judge.look(pictures)
            let first = Tensor(facts.map(\.things[0].concept))
            let second = Tensor(facts.map { ($0.things.last ?? $0.things[0]).concept })
            func likeliest(_ logits: Tensor) -> [Int] {
                logits.argmax(along: 1).elements(as: Int.self)
            }
            let top = view.things.largest(2, along: 1).places.elements(as: Int.self)
            return (
                facts.indices.map { [top[2 * $0], top[2 * $0 + 1]] },
                (
                    likeliest(judge.colour(of: first, in: view)),
                    likeliest(judge.colour(of: second, in: view))
                ),
                likeliest(judge.count(of: first, in: view)),
                likeliest(judge.arrangement(of: first, and: second, in: view)),
                likeliest(judge.style(in: view)),
                view.features
            )
        }
    }

    /// Whether a picture shows what a row of the exam asks for.
    ///
    /// - Parameters:
    ///   - place: The picture's number.
    ///   - row: What is looked at.
    ///   - facts: What was asked for.
    /// - Returns: Whether the judge sees all of it.
    func isRight(_ place: Int, in row: SceneExamRow, _ facts: SceneFacts) -> Bool {
        let isThere = things[place][0] == facts.things[0].concept
        let areThere = facts.things.allSatisfy { things[place].contains($0.concept) }
        func has(_ colour: Int, _ thing: SceneFacts.Thing?) -> Bool {
            thing?.colour.flatMap(ColourTerm.allCases.firstIndex) == colour
        }
        return switch row {
        case .thing: isThere
        case .colour: isThere && has(colours.first[place], facts.things.first)
        case .counting: isThere && counts[place] == facts.count - 1
        case .twoThings: areThere
        case .position: areThere && isPlaced(arrangements[place], facts)
        case .binding:
            areThere && has(colours.first[place], facts.things.first)
                && has(colours.second[place], facts.things.last)
        case .wearing:
            areThere && arrangements[place] == SceneFacts.Arrangement.wears.rawValue
        case .style: isThere && styles[place] == SceneJudge.number(of: facts.style)
        }
    }

    private func isPlaced(_ seen: Int, _ facts: SceneFacts) -> Bool {
        let sides = [SceneFacts.Arrangement.leftOf, .rightOf].map(\.rawValue)
        return facts.relation == .beside
            ? sides.contains(seen) : seen == facts.arrangement?.rawValue
    }
}
