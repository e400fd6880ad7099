import Foundation
import Runs

/// What to train on a data set, and why.
public struct Advice: Sendable, Codable, Equatable {
    /// The recipe.
    public var recipe: String
    /// What to change in it.
    public var changes: [String]
    /// Why, a sentence each.
    public var reasons: [String]

    /// What to train on such data.
    ///
    /// Rules: Karras et al., "Training generative adversarial networks with limited data", 2020, for
    /// the penalty (γ = 0.0002 · pixels / batch) and for augmentation by the number of pictures.
    public init(_ facts: DataFacts) {
        let isTiny = facts.shortestSide <= 32 && facts.channels == 1 && facts.count >= 5000
        self = isTiny ? Advice.small(facts) : Advice.styled(facts)
    }

    private init(recipe: String) { (self.recipe, changes, reasons) = (recipe, [], []) }

    /// Pictures of any kind: styles, with a penalty and augmentation by their number.
    private static func styled(_ facts: DataFacts) -> Advice {
        var advice = Advice(recipe: "stylegan2")
        let most = facts.hasGPU ? 256 : 64
        var side = 8
        while side * 2 <= min(max(facts.shortestSide, 8), most) { side *= 2 }
        var batch = side >= 64 && !facts.hasGPU ? 32 : 64
        while batch > 4, batch * 2 > facts.count { batch /= 2 }
        let penalty = 0.0002 * Double(side * side) / Double(batch)
        advice.changes = [
            "data.size=[\(side), \(side)]", "data.channels=\(facts.channels)",
            "training.batch=\(batch)",
        ]
        advice.reasons.append(
            "pictures are at least \(facts.shortestSide) pixels wide and high; \(side) is the largest"
                + " power of two that fits and \(facts.hasGPU ? "a card" : "a processor")"
                + " can train in reasonable time"
        )
        let few = facts.count < 5000
        let weight = few ? penalty * 5 : penalty
        let rounded = (weight * 100_000).rounded() / 100_000
        advice.changes.append("objective.regularisers.r1.weight=\(rounded)")
        advice.reasons.append(
            "γ of R1 is 0.0002 · \(side)² / \(batch)"
                + (few ? ", five times as much for few pictures" : "") + ": \(rounded)"
        )
        if side > 32 {
            advice.changes.append("model.channel-base=\(32 * side)")
            advice.changes.append("model.channel-max=\(facts.hasGPU ? 512 : 192)")
        }
        if facts.count < 1000 {
            advice.changes += [
                "objective.augmentations.ada=off", "objective.augmentations.diff-augment={}",
            ]
            advice.changes.append("training.average-half-lives=[10000]")
            advice.reasons.append(
                "\(facts.count) pictures are very few: colour, translation and cutout all the time;"
                    + " start from a trained network (start.from) if there is one"
            )
        } else if facts.count >= 50_000 {
            advice.changes.append("objective.augmentations.ada=off")
            advice.reasons.append("\(facts.count) pictures are enough to do without augmentation")
        } else {
            advice.reasons.append(
                "\(facts.count) pictures: augmentation as far as the discriminator needs it"
            )
        }
        if facts.classes > 1 {
            advice.changes.append("model.conditional=true")
            advice.reasons.append("\(facts.classes) classes, which can then be asked for")
        }
        let epochs = Advice.epochs(facts.count, images: facts.hasGPU ? 10_000_000 : 2_000_000)
        advice.changes.append("training.epochs=\(epochs)")
        return advice
    }

    /// Small grey pictures in great number: a small network does.
    private static func small(_ facts: DataFacts) -> Advice {
        var advice = Advice(recipe: "digits")
        let side = facts.shortestSide >= 32 ? 32 : max(facts.shortestSide / 4 * 4, 8)
        advice.changes = side == 28 ? [] : ["data.size=[\(side), \(side)]"]
        if facts.classes < 2 { advice.changes.append("model.conditional=false") }
        advice.changes.append(
            "training.epochs=\(Advice.epochs(facts.count, images: 1_200_000))"
        )
        advice.reasons = [
            "\(facts.count) small grey pictures: small networks at high rates learn them in minutes",
            facts.classes > 1
                ? "\(facts.classes) classes, which can then be asked for"
                : "no classes to ask for",
        ]
        return advice
    }

    private static func epochs(_ count: Int, images: Int) -> Int {
        max((images + max(count, 1) - 1) / max(count, 1), 1)
    }
}
