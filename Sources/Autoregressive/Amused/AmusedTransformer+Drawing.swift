import Checks
import Torch

extension AmusedTransformer {
    /// What is asked for: texts whose logits are summed with weights that sum to one.
    public struct GuidedTexts {
        let prepared: Prepared
        let weights: [Double]
    }

    /// What is asked for.
    ///
    /// - Parameters:
    ///   - texts: What each text says: of each place, and all in all.
    ///   - weights: What each counts; below nothing, it is gone away from.
    ///   - sides: Width and height that are told of the picture, in pixels.
    /// - Returns: For all steps of all pictures that are asked for so.
    public func guided(
        _ texts: [(states: Tensor, sum: Tensor)],
        weights: [Double],
        sides: (Int, Int)
    ) -> GuidedTexts {
        precondition(
            !texts.isEmpty && texts.count == weights.count,
            "\(texts.count) texts with \(weights.count) weights"
        )
        return withoutGradients {
            GuidedTexts(
                prepared: prepared(
                    states: Tensor.concatenated(texts.map(\.states)),
                    sums: Tensor.concatenated(texts.map(\.sum)),
                    sides: sides
                ),
                weights: weights
            )
        }
    }

    /// What is known of a picture before it is drawn.
    public struct Beginning {
        /// Codes, 1×places; those that are unknown have the network's mark.
        public var codes: Tensor
        /// Steps that count as done.
        public var step: Int
        /// What of the codes is drawn at all: what stays unknown after a step is a part of that.
        public var share: Double

        /// Some codes, the first steps being left out.
        public init(codes: Tensor, step: Int = 0, share: Double = 1) {
            (self.codes, self.step, self.share) = (codes, step, share)
        }
    }

    /// Even numbers from 0 to 1 that a picture is drawn with in so many steps.
    public func chances(steps: Int) -> Int { 2 * steps * settings.places }

    /// Draws the codes of a picture.
    ///
    /// At each step all unknown codes are chosen, and the least sure become unknown again: fewer each time.
    ///
    /// - Parameters:
    ///   - guided: What is asked for.
    ///   - sampling: How codes are chosen, and in how many steps.
    ///   - beginning: What is known before; nothing where nothing is said.
    ///   - bias: What is added to the logits, 1×places×codes: nats by which codes are likelier.
    ///   - chances: Even numbers from 0 to 1: for each step one a place to choose codes by, and one a place for what
    ///     stays known. More than are needed may be given.
    ///   - watch: Told after each step how many are done, all codes as they would be now, and those that are known.
    /// - Returns: 1×places codes, and the log-likelihood of those that were drawn, each as it stayed, in nats: 1.
    public func drawn(
        _ guided: GuidedTexts,
        _ sampling: MaskedSampling = MaskedSampling(),
        from beginning: Beginning? = nil,
        bias: Tensor? = nil,
        by chances: Tensor,
        watch: ((_ done: Int, _ codes: Tensor, _ known: Tensor) -> Void)? = nil
    ) -> (codes: Tensor, likelihood: Tensor) {
        withoutGradients {
            let places = settings.places
            let isLinear = sampling.isLinear ?? settings.isLinear
            let mask = Double(settings.mask)
            let steps = max(sampling.steps, 1)
            precondition(
                chances.count >= self.chances(steps: steps),
                "\(chances.count) chances for \(steps) steps of \(places) codes"
            )
            let numbers = chances.flattened(from: 0).sliced(
                0..<self.chances(steps: steps),
                along: 0
            ).reshaped([steps, 2, places])
            let nothing = Tensor.full([1, places], mask, dtype: .int64, device: device)
            var codes = beginning?.codes ?? nothing
            var likelihood = Tensor.zeros([1, places], device: device)
            let byChance =
                Int(exactly: (sampling.codes.sampledFraction * Double(steps)).rounded()) ?? steps
            for step in min(beginning?.step ?? 0, steps - 1)..<steps {
                var choice = sampling.codes
                if step >= byChance { choice.temperature = 0 }
                let unknown = codes.isEqual(to: mask)
                let logits = mixed(codes, guided, bias)
                let own = choice.draw(logits, by: numbers.selected(step).selected(0))
                    .reshaped([1, places])
                let all = unknown.selecting(own, otherwise: codes)
                let sure = logits.logProbability(of: all.flattened(from: 0)).reshaped([1, places])
                likelihood = unknown.selecting(sure, otherwise: likelihood)
                codes = all
                if step < steps - 1 {
                    let left = sampling.left(
                        after: step + 1,
                        of: places,
                        share: Float(beginning?.share ?? 1),
                        before: Int(exactly: unknown.converted(to: .int64).sum().item()) ?? places,
                        isLinear: isLinear
                    )
                    let boldness = choice.temperature * sampling.boldness(at: step)
                    let surest =
                        sure.clamped(from: Self.leastChance)
                        + numbers.selected(step).selected(1).gumbel() * boldness
                    let ordered = surest.filled(with: 1e30, where: unknown.logicalNot())
                    let limit = ordered.sorted(along: 1).values.sliced(left..<left + 1, along: 1)
                    codes = all.filled(with: mask, where: ordered .< limit)
                }
                watch?(step + 1, all, codes)
            }
            return (codes, likelihood.sum(over: [1]))
        }
    }

    /// log 10⁻²⁰: the published program tells no smaller chances apart.
    private static let leastChance = -46.051_701_859_880_914

    /// Logits after all texts, each counting so much.
    ///
    /// Shape: 1×places → places×codes.
    private func mixed(_ codes: Tensor, _ guided: GuidedTexts, _ bias: Tensor?) -> Tensor {
        let count = guided.prepared.count
        let found = logits(codes.expanded([count, settings.places]), guided.prepared)
        var sum: Tensor?
        for (row, weight) in guided.weights.enumerated() {
            let share = found.selected(row) * weight
            sum = sum.map { $0 + share } ?? share
        }
        guard let sum else { preconditionFailure("nothing is asked for") }
        return bias.map { sum + $0.squeezed(0) } ?? sum
    }
}
