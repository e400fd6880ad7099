import Torch

/// How codes are chosen by their logits.
public struct TokenSampling: Codable, Sendable, Equatable {
    /// What logits are divided by; 0 takes the likeliest code.
    public var temperature = 1.0
    /// The likeliest codes that count; 0 for all.
    public var topK = 0
    /// The least total chance of the likeliest codes that count.
    public var topP = 1.0
    /// The share of a picture's codes that chance decides; the likeliest follow.
    public var sampledFraction = 1.0
    /// Steps that codes are drawn in, of networks that draw in steps; nothing for the usual number.
    public var steps: Int?

    /// The distribution itself.
    public init() {}

    /// A code for each row of logits.
    ///
    /// Temperature first, then the likeliest codes by number, then by total chance; one at least.
    ///
    /// Shape: N×codes and N even numbers from 0 to 1 → N.
    public func draw(_ logits: Tensor, by chances: Tensor) -> Tensor {
        guard temperature > 0 else { return logits.argmax(along: 1) }
        var warm = logits / temperature
        let count = logits.size(1)
        if topK > 0, topK < count {
            let least = warm.largest(topK, along: 1).values.sliced(topK - 1..<topK, along: 1)
            warm = warm.filled(with: -.infinity, where: warm .< least)
        }
        if topP < 1 {
            let sorted = warm.largest(count, along: 1)
            let shares = sorted.values.softmax(along: 1)
            // A code counts while those likelier than it fall short of the wanted total.
            let before = shares.cumulativeSum(along: 1) - shares
            let counts = before.isLess(than: topP).converted(to: .int64).sum(
                over: [1],
                keepingDimensions: true
            )
            let least = sorted.values.gathered((counts - 1).clamped(from: 0), along: 1)
            warm = warm.filled(with: -.infinity, where: warm .< least)
        }
        return warm.choice(by: chances)
    }
}

extension TokenTransformer {
    /// Draws the codes of pictures.
    ///
    /// Each picture depends on its own row of chances alone.
    ///
    /// - Parameters:
    ///   - condition: What is asked for.
    ///   - sampling: How codes are chosen.
    ///   - chances: Even numbers from 0 to 1: N×(places · groups).
    ///   - dtype: The type that is computed in.
    /// - Returns: N×(places · groups) codes.
    public func draw(
        _ condition: GuidedCondition,
        _ sampling: TokenSampling = TokenSampling(),
        by chances: Tensor,
        dtype: DType = .float32
    ) -> Tensor {
        drawn(condition, sampling, by: chances, dtype: dtype).codes
    }

    /// Draws the codes of pictures of which some are known, and tells how likely all of them are.
    ///
    /// Known codes count in the likelihood: where several drawings are made, the likeliest fits best
    /// to the known ones that come later.
    ///
    /// - Parameters:
    ///   - condition: What is asked for.
    ///   - sampling: How codes are chosen.
    ///   - known: Codes, N×(places · groups), and which of them are known.
    ///   - bias: What is added to the logits of each code: N×(places · groups)×codes.
    ///   - chances: Even numbers from 0 to 1: N×(places · groups).
    ///   - tellsFitness: Whether to tell how much of the likelihood comes of what is asked for.
    ///   - dtype: The type that is computed in.
    ///   - watch: Told the codes so far, after each place or step; N each.
    /// - Returns: N×(places · groups) codes, the log-likelihood of each row, and how much of it comes of what is asked
    ///   for, both in nats; nothing of that where it is not to be told, or the condition goes away from nothing.
    public func drawn(
        _ condition: GuidedCondition,
        _ sampling: TokenSampling = TokenSampling(),
        known: (codes: Tensor, isKnown: Tensor)? = nil,
        bias: Tensor? = nil,
        by chances: Tensor,
        tellsFitness: Bool = false,
        dtype: DType = .float32,
        watch: (([Tensor]) -> Void)? = nil
    ) -> (codes: Tensor, likelihood: Tensor, fitness: Tensor?) {
        withoutGradients {
            guard settings.order == .raster else {
                return autocast(dtype == .float32 ? nil : dtype, on: chances.device.kind) {
                    drawnInSteps(
                        condition,
                        sampling,
                        known: known,
                        bias: bias,
                        by: chances,
                        tellsFitness: tellsFitness,
                        watch: watch
                    )
                }
            }
            let walk = walk(condition.rows, dtype: dtype)
            var drawn: [Tensor] = []
            var likelihood = Tensor.zeros([condition.count], device: chances.device)
            var fitness = tellsFitness && condition.hasContrast ? likelihood : nil
            var sampling = sampling
            let byChance = Int((sampling.sampledFraction * Double(settings.length)).rounded())
            for place in 0..<settings.places {
                var here: [Tensor] = []
                for group in 0..<settings.groups {
                    let index = place * settings.groups + group
                    if index == byChance { sampling.temperature = 0 }
                    let asked =
                        group == 0
                        ? walk.logits
                        : walk.logits(after: condition.repeated(Tensor.stacked(here, along: 1)))
                    var logits = condition.mixed(asked)
                    if let bias { logits = logits + bias.selected(index, along: 1) }
                    var codes = sampling.draw(logits, by: chances.selected(index, along: 1))
                    if let known {
                        codes = known.isKnown.selected(index, along: 1)
                            .selecting(known.codes.selected(index, along: 1), otherwise: codes)
                    }
                    likelihood = likelihood + logits.logProbability(of: codes)
                    fitness = fitness.map { $0 + condition.fitness(of: codes, in: asked) }
                    here.append(codes)
                }
                drawn += here
                watch?(drawn)
                guard place < settings.places - 1 else { break }
                walk.append(condition.repeated(Tensor.stacked(here, along: 1)))
            }
            return (Tensor.stacked(drawn, along: 1), likelihood, fitness)
        }
    }
}
