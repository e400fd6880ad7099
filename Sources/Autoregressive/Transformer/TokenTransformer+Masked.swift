import Checks
import Foundation
import Neural
import Torch

extension TokenTransformer {
    /// The vectors that stand for a prefix, and for all places, some of them unknown.
    ///
    /// Shape: N×prefix pieces, N×places×groups codes, N×places of 1 where the codes are unknown
    /// → N×(prefix + places)×width.
    func vectors(_ prefix: Tensor, _ byPlace: Tensor, isUnknown: Tensor) -> Tensor {
        guard let unknown else {
            preconditionFailure("a transformer without a mark for unknown codes")
        }
        let known = vectors(byPlace)
        var here = isUnknown.isGreater(than: 0.5).unsqueezed(2)
            .selecting(unknown.weight.unsqueezed(0).converted(to: known.dtype), otherwise: known)
        if let anchors {
            here = here + anchors(pieces(prefix), isSaid(prefix), at: 0..<settings.places)
        }
        return Tensor.concatenated([asked(prefix), here], along: 1)
    }

    /// What is known of every place once all places have looked at each other.
    ///
    /// Shape: as for `vectors` → N×places×width.
    func states(_ prefix: Tensor, _ byPlace: Tensor, isUnknown: Tensor) -> Tensor {
        let length = settings.prefix + settings.places
        var x = dropped(vectors(prefix, byPlace, isUnknown: isUnknown))
        for block in blocks { x = block(x, rotary, at: 0..<length, mask: nil, cache: nil) }
        return norm(x.sliced(settings.prefix..<length, along: 1))
    }

    /// Logits of every code, given the codes of the places that are known.
    ///
    /// Shape: as for `states` → N×places×groups×codes.
    func maskedLogits(_ prefix: Tensor, _ byPlace: Tensor, isUnknown: Tensor) -> Tensor {
        let found = states(prefix, byPlace, isUnknown: isUnknown)
        let logits = (0..<settings.groups).map { group in
            self.logits(found, after: byPlace.sliced(0..<group, along: 2))
        }
        return Tensor.stacked(logits, along: 2)
    }

    /// The mean of −log p of the codes of unknown places, in nats a code.
    ///
    /// How much of a picture is unknown is drawn for each, as often as it is while one is drawn. Outside of training
    /// always the same places are unknown, so that two values compare.
    func maskedLoss(
        _ prefix: Tensor,
        _ drawn: Tensor,
        seen: Tensor,
        using chance: RandomSource
    ) -> Tensor {
        let (count, places, groups) = (drawn.size(0), settings.places, settings.groups)
        let source = isTraining ? chance : RandomSource(seed: 0, purpose: "unknown codes")
        let share = (Tensor.uniform([count, 1], using: source) * (Double.pi / 2)).cosine()
        let isUnknown = (Tensor.uniform([count, places], using: source) .< share)
            .converted(to: .float32).moved(to: drawn.device)
        let logits = maskedLogits(
            prefix,
            seen.reshaped([count, places, groups]),
            isUnknown: isUnknown
        )
        let nats = logits.logProbability(of: drawn.reshaped([count, places, groups])).mean(over: [2]
        )
        return -(nats * isUnknown).sum() / isUnknown.sum().clamped(from: 1)
    }

    /// Logits of every code, given those of the places that differ from its own in the sum of row and column by an
    /// odd number.
    ///
    /// Shape: N×prefix pieces and N×(places · groups) codes → N×(places · groups)×codes.
    func logitsAmongOthers(_ prefix: Tensor, _ drawn: Tensor) -> Tensor {
        let (count, places, groups) = (drawn.size(0), settings.places, settings.groups)
        let isOdd = (0..<places).map { place in
            Float((place / settings.columns + place % settings.columns) % 2)
        }
        let odd = Tensor(isOdd, shape: [1, places]).moved(to: drawn.device)
        let byPlace = drawn.reshaped([count, places, groups])
        let (first, second) = (
            maskedLogits(prefix, byPlace, isUnknown: odd.expanded([count, places])),
            maskedLogits(prefix, byPlace, isUnknown: (1 - odd).expanded([count, places]))
        )
        return odd.isGreater(than: 0.5).reshaped([1, places, 1, 1])
            .selecting(first, otherwise: second)
            .reshaped([count, places * groups, settings.codes])
    }

    /// Draws codes in a few steps: at each all unknown ones are chosen, and the least sure become unknown again.
    ///
    /// Parameters and results are those of `drawn`.
    func drawnInSteps(
        _ condition: GuidedCondition,
        _ sampling: TokenSampling,
        known: (codes: Tensor, isKnown: Tensor)?,
        bias: Tensor?,
        by chances: Tensor,
        tellsFitness: Bool,
        watch: (([Tensor]) -> Void)?
    ) -> (codes: Tensor, likelihood: Tensor, fitness: Tensor?) {
        let (count, places, groups) = (condition.count, settings.places, settings.groups)
        let shape = [count, places, groups]
        var masked = MaskedSampling()
        masked.codes = sampling
        masked.steps = min(max(sampling.steps ?? masked.steps, 1), places)
        let device = chances.device
        var codes =
            known?.codes.reshaped(shape) ?? Tensor.zeros(shape, dtype: .int64, device: device)
        // A place is known with all of its codes.
        var isUnknown =
            known.map {
                1 - $0.isKnown.reshaped(shape).converted(to: .float32).mean(over: [2]).floor()
            }
            ?? Tensor.ones([count, places], device: device)
        let wanted = isUnknown.sum(over: [1], keepingDimensions: true)
        var likelihood = Tensor.zeros([count, places], device: device)
        var fitness = tellsFitness && condition.hasContrast ? likelihood : nil
        let byChance = Int(exactly: (sampling.sampledFraction * Double(masked.steps)).rounded())
        for step in 0..<masked.steps {
            if step >= byChance ?? masked.steps { masked.codes.temperature = 0 }
            let numbers = chances.reshaped(shape).turned(by: Double(step) * 0.618_033_988_75)
            let found = states(
                condition.rows,
                condition.repeated(codes),
                isUnknown: condition.repeated(isUnknown)
            )
            let isHere = isUnknown.isGreater(than: 0.5)
            var (all, sure, fit): ([Tensor], Tensor, Tensor?) = (
                [], Tensor.zeros([count, places], device: device),
                fitness.map { _ in likelihood * 0 }
            )
            for group in 0..<groups {
                let earlier =
                    group == 0 ? codes.sliced(0..<0, along: 2) : Tensor.stacked(all, along: 2)
                let asked = logits(found, after: condition.repeated(earlier))
                var logits = condition.mixed(asked)
                if let bias {
                    logits =
                        logits
                        + bias.reshaped([-1, places, groups, settings.codes]).selected(
                            group,
                            along: 2
                        )
                }
                let own = masked.codes.draw(
                    logits.reshaped([count * places, settings.codes]),
                    by: numbers.selected(group, along: 2).flattened(from: 0)
                ).reshaped([count, places])
                let here = isHere.selecting(own, otherwise: codes.selected(group, along: 2))
                sure = sure + logits.logProbability(of: here)
                fit = fit.map { $0 + condition.fitness(of: here, in: asked) }
                all.append(here)
            }
            let left = (wanted * Double(masked.unknown(after: step + 1, isLinear: false))).floor()
            let stays = staying(
                sure,
                isUnknown: isUnknown,
                left: step < masked.steps - 1 ? left : left * 0,
                chance: numbers.selected(0, along: 2).lowDigits().gumbel()
                    * (masked.codes.temperature * masked.boldness(at: step))
            )
            let becomes = isUnknown * stays
            likelihood = likelihood + sure * becomes
            fitness = zip(fitness, fit).map { $0 + $1 * becomes }
            codes = Tensor.stacked(all, along: 2)
            isUnknown = isUnknown - becomes
            let done = places * (step + 1) / masked.steps
            let rows = codes.reshaped([count, places * groups])
            watch?((0..<done * groups).map { rows.selected($0, along: 1) })
        }
        if known != nil { likelihood = likelihood + natsAmongOthers(condition, codes) }
        return (
            codes.reshaped([count, places * groups]), likelihood.sum(over: [1]),
            fitness?.sum(over: [1])
        )
    }

    /// 1 where a place stays as it was chosen: all but so many unknown ones of each picture, the least sure.
    ///
    /// Shape: N×places of nats, of 1 where a place is unknown, N×1 of how many are to stay so, N×places of chance
    /// → N×places.
    private func staying(
        _ sure: Tensor,
        isUnknown: Tensor,
        left: Tensor,
        chance: Tensor
    ) -> Tensor {
        let order = (sure + chance).filled(with: 1e30, where: isUnknown.isLess(than: 0.5))
        let place = left.converted(to: .int64).clamped(from: 0)
        let last = Tensor.full([sure.size(0), 1], 2e30, device: sure.device)
        let limit = Tensor.concatenated([order.sorted(along: 1).values, last], along: 1)
            .gathered(place, along: 1)
        return 1 - (order .< limit).converted(to: .float32)
    }

    /// How likely all codes are beside those around them: of several drawings the likeliest fits best to what was given.
    ///
    /// Shape: N×places×groups → N×places, in nats.
    private func natsAmongOthers(_ condition: GuidedCondition, _ codes: Tensor) -> Tensor {
        let rows = codes.flattened(from: 1)
        let logits = condition.mixed(logitsAmongOthers(condition.rows, condition.repeated(rows)))
        return logits.logProbability(of: rows).reshaped(codes.shape).sum(over: [2])
    }
}

/// The pair of two values where both are there.
private func zip<A, B>(_ first: A?, _ second: B?) -> (A, B)? {
    guard let first, let second else { return nil }
    return (first, second)
}

extension Tensor {
    /// Even numbers from 0 to 1, all moved on by the same, from 1 on again from 0.
    fileprivate func turned(by share: Double) -> Tensor {
        guard share != 0 else { return self }
        let moved = self + share
        return moved - moved.floor()
    }

    /// Other even numbers, from what of these is small: 12 bits of the 24 that they have.
    fileprivate func lowDigits() -> Tensor {
        let large = self * 4096
        return large - large.floor()
    }

    /// Even numbers as those of Gumbel's distribution: the largest of a sum with logarithms of chances comes up as
    /// often as these say.
    func gumbel() -> Tensor {
        let inner = -clamped(from: 1e-20).log()
        return -inner.clamped(from: 1e-20).log()
    }
}
