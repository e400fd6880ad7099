import Datasets
import Torch

/// What a judge says of pictures that were asked for by scenes.
///
/// A thing is there where it is likelier than each of 99 others: the precision of retrieval among a
/// hundred that papers on pictures from text report.
///
/// Source: Xu et al., "AttnGAN", CVPR 2018, for the hundred.
struct SceneVerdict {
    /// Whether each thing that was asked for is there, by pictures.
    private let areThere: [[Bool]]
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
        (areThere, colours, counts, arrangements, styles, features) = withoutGradients {
            let view = judge.look(pictures)
            let first = Tensor(facts.map(\.things[0].concept))
            let second = Tensor(facts.map { ($0.things.last ?? $0.things[0]).concept })
            func likeliest(_ logits: Tensor) -> [Int] {
                logits.argmax(along: 1).elements(as: Int.self)
            }
            let concepts = view.things.size(1)
            let likelihoods = view.things.elements(as: Float.self)
            return (
                facts.enumerated().map { number, facts in
                    SceneVerdict.whatIsThere(
                        facts.things.map(\.concept),
                        by: likelihoods[number * concepts..<(number + 1) * concepts]
                    )
                },
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

    /// How many others a thing has to be likelier than.
    private static let others = 99

    /// Which things are likelier than each of 99 others, the same ones in every exam.
    private static func whatIsThere(_ asked: [Int], by likelihoods: ArraySlice<Float>) -> [Bool] {
        asked.map { thing in
            let chance = RandomSource(seed: UInt64(thing), purpose: "others of a thing")
            let likelihood = likelihoods[likelihoods.startIndex + thing]
            return (0..<others).allSatisfy { _ in
                let other = chance.next(below: likelihoods.count)
                return asked.contains(other)
                    || likelihoods[likelihoods.startIndex + other] < likelihood
            }
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
        let isThere = areThere[place][0]
        let areThere = areThere[place].allSatisfy { $0 }
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
