import Autoregressive
import Neural
import TestSupport
import Testing
import Torch

@Suite struct TokenTransformerTests {
    private let source = RandomSource(seed: 12)

    /// Heads of 16 numbers, which take a step in one call, or of 8, which do not.
    private func network(
        prefix: Int = 1,
        dropout: Double = 0,
        width: Int = 16,
        groups: Int = 1,
        noise: Double = 0,
        anchored: Bool = false
    ) -> TokenTransformer {
        var settings = TokenTransformer.Settings()
        (settings.codes, settings.rows, settings.columns) = (11, 3, 4)
        (settings.pieces, settings.prefix) = (5, prefix)
        (settings.width, settings.layers, settings.heads) = (width, 2, 2)
        (settings.dropout, settings.groups) = (dropout, groups)
        (settings.noise, settings.pieceWidth) = (noise, prefix > 1 ? 8 : 0)
        settings.anchored = anchored
        let network = TokenTransformer(settings, using: source, chance: source)
        for parameter in network.parameters {
            parameter.wrappedValue =
                Tensor.normal(parameter.wrappedValue.shape, deviation: 0.3, using: source)
        }
        return network
    }

    private func codes(_ count: Int, groups: Int = 1) -> Tensor {
        .integers([count, 12 * groups], below: 11, using: source)
    }

    private func prefix(_ count: Int, _ length: Int) -> Tensor {
        .integers([count, length], below: 5, using: source)
    }

    /// A code changes logits of later places alone; a piece of the prefix changes all.
    @Test(arguments: [
        (1, 1, false), (1, 3, false), (4, 1, false), (4, 3, false), (1, 3, true), (4, 1, true),
    ])
    func noCodeSeesItselfOrWhatFollows(_ length: Int, _ groups: Int, _ anchored: Bool) {
        let network = network(prefix: length, groups: groups, anchored: anchored)
        let (prefix, codes) = (prefix(1, length), codes(1, groups: groups))
        let count = 12 * groups
        let before = network(prefix, codes)
        func differs(_ other: Tensor, _ place: Int) -> Bool {
            mismatch(
                other.selected(place, along: 1),
                before.selected(place, along: 1),
                tolerance: 1e-6
            ) != nil
        }
        for place in 0..<count {
            var numbers = codes.elements(as: Int.self)
            numbers[place] = (numbers[place] + 1) % 11
            let after = network(prefix, Tensor(numbers, shape: [1, count]))
            for other in 0..<count { #expect(differs(after, other) == (other > place)) }
        }
        for piece in 0..<length {
            var numbers = prefix.elements(as: Int.self)
            numbers[piece] = (numbers[piece] + 1) % 5
            let after = network(Tensor(numbers, shape: [1, length]), codes)
            for other in 0..<count { #expect(differs(after, other)) }
        }
    }

    /// The order of pieces counts.
    @Test func piecesHavePlaces() {
        let network = network(prefix: 3)
        let codes = codes(1)
        let found = network(Tensor([0, 1, 2], shape: [1, 3]), codes)
        let other = network(Tensor([1, 0, 2], shape: [1, 3]), codes)
        #expect(mismatch(found, other, tolerance: 1e-3) != nil)
    }

    /// Pieces that stand for nothing add nothing to what places are told, wherever they are; others do, in whatever order.
    @Test func placesAreToldWhatIsAskedFor() {
        let (plain, told) = (network(prefix: 3), network(prefix: 3, anchored: true))
        let open = told.open(1)
        #expect(open.elements(as: Int.self) == [5, 5, 5])
        let names = Set(told.members.parameters.map(\.name))
        #expect(
            names.subtracting(plain.members.parameters.map(\.name))
                == ["anchors.places.weight", "anchors.meaning.weight"]
        )
        // With nothing to attend by, words are told by their anchors alone.
        for (name, parameter) in told.members.parameters
        where name.hasPrefix("prefixPlaces") || name.hasPrefix("widening") {
            parameter.wrappedValue = parameter.wrappedValue.zerosLike()
        }
        let codes = codes(1)
        func logits(_ pieces: [Int]) -> Tensor { told(Tensor(pieces, shape: [1, 3]), codes) }
        #expect(mismatch(logits([0, 1, 5]), logits([1, 5, 0]), tolerance: 1e-5) == nil)
        #expect(mismatch(logits([0, 1, 5]), logits([0, 2, 5]), tolerance: 1e-3) != nil)
    }

    /// Attention is computed in another way where it is learned, with the same results.
    @Test func whatIsLearnedIsWhatIsUsed() {
        let network = network(prefix: 3)
        let (prefix, codes) = (prefix(4, 3), codes(4))
        network.setTraining(true)
        let learned = network(prefix, codes)
        network.setTraining(false)
        #expect(mismatch(learned, network(prefix, codes), tolerance: 1e-5) == nil)
    }

    /// In training codes before are wrong now and then; those that are learned are the true ones.
    @Test func noiseIsForTrainingAlone() {
        let network = network(noise: 1)
        let (prefix, codes) = (prefix(8, 1), codes(8))
        func loss() -> Double { network.loss(prefix, codes).item() }
        network.setTraining(true)
        #expect(loss() != loss())
        network.setTraining(false)
        let expected = -network(prefix, codes).logProbability(of: codes).mean().item()
        #expect(loss() == expected)
    }

    @Test(
        arguments: [(1, 16, 1), (4, 16, 1), (1, 32, 1), (4, 32, 1), (1, 16, 3), (4, 32, 3)],
        [false, true]
    )
    func whatIsKeptIsWhatAWholePassFinds(_ sizes: (Int, Int, Int), _ anchored: Bool) {
        let (length, width, groups) = sizes
        let network = network(prefix: length, width: width, groups: groups, anchored: anchored)
        let (prefix, codes) = (prefix(3, length), codes(3, groups: groups))
        let whole = network(prefix, codes)
        let walk = network.walk(prefix)
        for place in 0..<12 {
            let here = codes.sliced(place * groups..<(place + 1) * groups, along: 1)
            for group in 0..<groups {
                let found =
                    group == 0 ? walk.logits : walk.logits(after: here.sliced(0..<group, along: 1))
                let expected = whole.selected(place * groups + group, along: 1)
                #expect(mismatch(found, expected, tolerance: 1e-4) == nil)
            }
            if place < 11 { walk.append(here) }
        }
    }

    /// Rows in every number, and the shorter type within its precision.
    @Test(arguments: [1, 2, 3, 5, 9])
    func shortNumbersStayNear(_ count: Int) {
        let network = network(width: 32)
        let (prefix, codes) = (prefix(count, 1), codes(count))
        let long = network.walk(prefix)
        let short = network.walk(prefix, dtype: .bfloat16)
        let scale = network(prefix, codes).absolute().max().item()
        for place in 0..<11 {
            #expect(mismatch(short.logits / scale, long.logits / scale, tolerance: 0.05) == nil)
            let here = codes.sliced(place..<place + 1, along: 1)
            long.append(here)
            short.append(here)
        }
    }

    @Test(arguments: [1, 2]) func knownCodesStayAndCountInTheLikelihood(_ groups: Int) {
        let network = network(groups: groups)
        let (prefix, codes) = (prefix(3, 1), codes(3, groups: groups))
        let count = 12 * groups
        let isKnown = Tensor((0..<3 * count).map { $0 % 3 }, shape: [3, count])
            .isGreater(than: 0)
        let found = network.drawn(
            GuidedCondition(prefix),
            known: (codes, isKnown),
            by: .uniform([3, count], using: source)
        )
        #expect(found.codes.masked(isKnown).doubles() == codes.masked(isKnown).doubles())
        let logits = network(prefix, found.codes).logSoftmax(along: 2)
        let expected = logits.gathered(found.codes.unsqueezed(2), along: 2).sum(over: [1, 2])
        #expect(mismatch(found.likelihood, expected, tolerance: 1e-4) == nil)
    }

    @Test(arguments: [1, 2]) func fivePicturesAreLearnedByHeart(_ groups: Int) {
        let network = network(dropout: 0, groups: groups)
        let codes = codes(5, groups: groups)
        let count = 12 * groups
        let prefix = Tensor(Array(0..<5), shape: [5, 1])
        var squares = network.parameters.map { $0.wrappedValue.zerosLike() }
        var losses: [Double] = []
        for number in 0..<150 {
            // The rate falls to zero, so that no last step leads away again.
            let rate = 5e-3 * (1 - Double(number) / 150)
            let loss = network.loss(prefix, codes)
            losses.append(loss.item())
            let weights = network.parameters.map(\.wrappedValue)
            let slopes = gradients(of: loss, for: weights)
            for (index, parameter) in network.parameters.enumerated() {
                squares[index] = squares[index] * 0.9 + slopes[index].squared() * 0.1
                let step = slopes[index] / (squares[index].squareRoot() + 1e-6)
                parameter.wrappedValue = weights[index].detached() - step * rate
            }
        }
        // Each has its own class: where two share one, a drawing may begin as one and go on as the other.
        #expect(losses[149] < 0.15, "\(losses[0]) to \(losses[149])")
        #expect(network.loss(prefix, codes).item() < 0.15)
        var sampling = TokenSampling()
        sampling.temperature = 0
        let drawn = network.draw(GuidedCondition(prefix), sampling, by: .zeros([5, count]))
            .elements(as: Int.self)
        let known = codes.elements(as: Int.self)
        func picture(_ numbers: [Int], _ row: Int) -> [Int] {
            Array(numbers[row * count..<(row + 1) * count])
        }
        let pictures = (0..<5).map { picture(known, $0) }
        let right = (0..<5).count { picture(drawn, $0) == pictures[$0] }
        #expect(right == 5, "\(right) of 5")
    }

    @Test func withoutTrainingEveryCodeIsAsLikely() {
        var settings = TokenTransformer.Settings()
        settings.codes = 7
        let network = TokenTransformer(settings, using: source, chance: source)
        let codes = Tensor.integers([2, 64], below: 7, using: source)
        #expect(abs(network.loss(network.open(2), codes).item() - 1.945_910_1) < 1e-5)
    }

    @Test func guidanceGoesPastWhatIsAskedFor() {
        let (asked, open) = (Tensor([1, 2] as [Float]), Tensor([0, 3] as [Float]))
        let condition = GuidedCondition(prefix(1, 1), over: prefix(1, 1), by: 3)
        #expect(condition.weights == [3, -2])
        #expect(condition.mixed(Tensor.stacked([asked, open])).floats() == [3, 0])
        #expect(GuidedCondition(prefix(1, 1), over: prefix(1, 1), by: 1).prefixes.count == 1)
    }

    /// Asked for twice with a half each, codes are as if asked for once.
    @Test func wishesOfTheSameAreTheSame() {
        let network = network(groups: 2)
        let (prefix, chances) = (prefix(3, 1), Tensor.uniform([3, 24], using: source))
        let once = network.drawn(GuidedCondition(prefix), by: chances)
        let twice = network.drawn(
            GuidedCondition([prefix, prefix], weights: [0.5, 0.5]),
            by: chances
        )
        #expect(once.codes.doubles() == twice.codes.doubles())
        #expect(mismatch(once.likelihood, twice.likelihood, tolerance: 1e-4) == nil)
    }

    /// How well drawings fit is how much likelier their codes are after what was asked for than after what was not.
    @Test(arguments: [1, 2]) func fitnessIsTheLikelihoodThatTheWishAdds(_ groups: Int) throws {
        let network = network(prefix: 3, groups: groups, anchored: true)
        let prefixes = (0..<3).map { _ in prefix(4, 3) }
        let condition = GuidedCondition(prefixes, weights: [1.5, 1, -1.5])
        let chance = Tensor.uniform([4, 12 * groups], using: source)
        let found = network.drawn(condition, by: chance, tellsFitness: true)
        let untold = network.drawn(condition, by: chance)
        #expect(untold.fitness == nil && untold.codes.doubles() == found.codes.doubles())
        let chances = prefixes.map {
            network($0, found.codes).logProbability(of: found.codes).sum(over: [1])
        }
        let expected = chances[0] * 0.6 + chances[1] * 0.4 - chances[2]
        #expect(mismatch(try #require(found.fitness), expected, tolerance: 1e-3) == nil)
        let plain = network.drawn(
            GuidedCondition([prefixes[0], prefixes[1]], weights: [0.5, 0.5]),
            by: chance,
            tellsFitness: true
        )
        #expect(plain.fitness == nil)
    }

    /// Of codes that chance does not decide, chances do not count.
    @Test func theLikeliestFollowChance() {
        let network = network(groups: 2)
        var sampling = TokenSampling()
        sampling.sampledFraction = 0.5
        let (prefix, first) = (prefix(2, 1), Tensor.uniform([2, 12], using: source))
        var places: [Int] = []
        func draw(_ rest: Double) -> [Int] {
            network.drawn(
                GuidedCondition(prefix),
                sampling,
                by: Tensor.concatenated([first, .full([2, 12], rest)], along: 1),
                watch: { places.append($0.count) }
            ).codes.elements(as: Int.self)
        }
        #expect(draw(0.01) == draw(0.99))
        #expect(places == (1...12).map { 2 * $0 } + (1...12).map { 2 * $0 })
    }

    @Test func unlikelyCodesAreLeftOut() {
        let chances = [0.4, 0.3, 0.15, 0.1, 0.05]
        let logits = Tensor(chances).log().converted(to: .float32).unsqueezed(0)
            .expanded([4000, 5])
        func seen(_ change: (inout TokenSampling) -> Void) -> [Double] {
            var sampling = TokenSampling()
            change(&sampling)
            let drawn = sampling.draw(logits, by: .uniform([4000], using: source))
                .elements(as: Int.self)
            return (0..<5).map { code in Double(drawn.count { $0 == code }) / 4000 }
        }
        func near(_ found: [Double], _ expected: [Double]) -> Bool {
            zip(found, expected).allSatisfy { abs($0 - $1) < 0.04 }
        }
        #expect(near(seen { _ in }, chances))
        #expect(near(seen { $0.topK = 2 }, [4.0 / 7, 3.0 / 7, 0, 0, 0]))
        // The code that crosses the wanted total counts.
        #expect(near(seen { $0.topP = 0.75 }, [0.4 / 0.85, 0.3 / 0.85, 0.15 / 0.85, 0, 0]))
        #expect(seen { $0.topP = 0.01 } == [1, 0, 0, 0, 0])
        #expect(seen { $0.temperature = 0 } == [1, 0, 0, 0, 0])
        let squares = chances.map { $0 * $0 }
        let total = squares.reduce(0, +)
        #expect(near(seen { $0.temperature = 0.5 }, squares.map { $0 / total }))
    }
}
