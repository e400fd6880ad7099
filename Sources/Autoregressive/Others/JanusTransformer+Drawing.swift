import Checks
import Torch

extension JanusTransformer {
    /// What is asked for: texts whose logits are summed with weights that sum to one.
    public struct GuidedTexts: Sendable {
        /// Pieces of each text, its marks among them.
        public let texts: [[Int]]
        /// What each counts; below nothing, it is gone away from.
        public let weights: [Double]

        /// As many weights as texts.
        public init(_ texts: [[Int]], weights: [Double]) {
            precondition(
                !texts.isEmpty && texts.count == weights.count && texts.allSatisfy { !$0.isEmpty },
                "\(texts.count) texts with \(weights.count) weights"
            )
            (self.texts, self.weights) = (texts, weights)
        }
    }

    /// Draws the codes of pictures, each a function of the texts and its own chances alone.
    ///
    /// - Parameters:
    ///   - guided: What is asked for, of all pictures alike.
    ///   - sampling: How codes are chosen.
    ///   - known: Codes, N×places, and which of them are known.
    ///   - bias: What is added to the logits, N×places×codes: nats by which codes are likelier.
    ///   - chances: Even numbers from 0 to 1: N×places.
    ///   - watch: Told the codes so far, after each place; N each.
    /// - Returns: N×places codes, and the log-likelihood of each row, in nats.
    public func drawn(
        _ guided: GuidedTexts,
        _ sampling: TokenSampling = TokenSampling(),
        known: (codes: Tensor, isKnown: Tensor)? = nil,
        bias: Tensor? = nil,
        by chances: Tensor,
        watch: (([Tensor]) -> Void)? = nil
    ) -> (codes: Tensor, likelihood: Tensor) {
        withoutGradients {
            let count = chances.size(0)
            // Texts of one length share the passes over the weights.
            let lengths = Set(guided.texts.map(\.count)).sorted()
            let groups = lengths.map { length in
                guided.texts.indices.filter { guided.texts[$0].count == length }
            }
            let walks = groups.map { group in
                Walk(
                    self,
                    after: group.flatMap { [[Int]](repeating: guided.texts[$0], count: count) }
                )
            }
            func mixed() -> Tensor {
                var sum: Tensor?
                for (group, walk) in zip(groups, walks) {
                    let parts = walk.logits.split([Int](repeating: count, count: group.count))
                    for (text, part) in zip(group, parts) {
                        let share = part * guided.weights[text]
                        sum = sum.map { $0 + share } ?? share
                    }
                }
                guard let sum else { preconditionFailure("nothing is asked for") }
                return sum
            }
            var sampling = sampling
            let byChance = Int((sampling.sampledFraction * Double(settings.places)).rounded())
            var drawn: [Tensor] = []
            var likelihood = Tensor.zeros([count], device: device)
            for place in 0..<settings.places {
                if place == byChance { sampling.temperature = 0 }
                let own = mixed()
                let logits = bias.map { own + $0.selected(place, along: 1) } ?? own
                var codes = sampling.draw(logits, by: chances.selected(place, along: 1))
                if let known {
                    codes = known.isKnown.selected(place, along: 1)
                        .selecting(known.codes.selected(place, along: 1), otherwise: codes)
                }
                likelihood = likelihood + logits.logProbability(of: codes)
                drawn.append(codes)
                watch?(drawn)
                guard place < settings.places - 1 else { break }
                for (group, walk) in zip(groups, walks) {
                    walk.append(codes, repeated: group.count)
                }
            }
            return (Tensor.stacked(drawn, along: 1), likelihood)
        }
    }
}
