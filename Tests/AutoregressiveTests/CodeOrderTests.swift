import Autoregressive
import Foundation
import Neural
import TestSupport
import Testing
import Torch

/// Codes that are drawn in other orders than row by row.
@Suite struct CodeOrderTests {
    private let source = RandomSource(seed: 21)

    private func network(
        _ order: CodeOrder,
        groups: Int = 1,
        sides: (rows: Int, columns: Int) = (3, 4)
    ) -> TokenTransformer {
        var settings = TokenTransformer.Settings()
        (settings.codes, settings.rows, settings.columns) = (11, sides.rows, sides.columns)
        (settings.pieces, settings.prefix, settings.pieceWidth) = (5, 3, 8)
        (settings.width, settings.layers, settings.heads) = (16, 2, 2)
        (settings.dropout, settings.groups) = (0, groups)
        (settings.anchored, settings.order) = (true, order)
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

    private func prefix(_ count: Int) -> Tensor {
        .integers([count, 3], below: 5, using: source)
    }

    @Test("the order of rows has the weights that it had")
    func weights() {
        let names = { (order: CodeOrder) in
            Set(network(order).members.parameters.map(\.name))
        }
        #expect(names(.masked).subtracting(names(.raster)) == ["unknown.weight"])
        #expect(names(.raster).isSubset(of: names(.masked)))
    }

    @Test("a code is foreseen by those around it, and not by itself", arguments: [1, 3])
    func around(groups: Int) {
        let network = network(.masked, groups: groups)
        let (prefix, codes) = (prefix(1), codes(1, groups: groups))
        let before = network(prefix, codes)
        #expect(before.shape == [1, 12 * groups, 11])
        for place in 0..<12 {
            var numbers = codes.elements(as: Int.self)
            numbers[place * groups] = (numbers[place * groups] + 1) % 11
            let after = network(prefix, Tensor(numbers, shape: codes.shape))
            for other in 0..<12 {
                let isSame =
                    mismatch(
                        after.selected(other * groups, along: 1),
                        before.selected(other * groups, along: 1),
                        tolerance: 1e-6
                    ) == nil
                // Places of one colour of a chessboard see those of the other.
                let isSeen = (place / 4 + place % 4 + other / 4 + other % 4) % 2 == 1
                #expect(isSame != isSeen, "\(place) and \(other)")
            }
        }
    }

    @Test(
        "pictures are the same in any company, whatever number of steps they are drawn in",
        arguments: [1, 2, 5, 12, 40],
        [1, 2]
    )
    func company(steps: Int, groups: Int) {
        let network = network(.masked, groups: groups)
        let (prefix, chances) = (prefix(4), Tensor.uniform([4, 12 * groups], using: source))
        var sampling = TokenSampling()
        sampling.steps = steps
        let condition = GuidedCondition(prefix, over: network.open(4), by: 2)
        var told: [Int] = []
        let all = network.drawn(
            condition,
            sampling,
            by: chances,
            tellsFitness: true,
            watch: { told.append($0.count) }
        )
        #expect(told == told.sorted() && told.last == 12 * groups && told.count == min(steps, 12))
        #expect(all.codes.shape == [4, 12 * groups] && all.fitness?.shape == [4])
        let one = network.drawn(
            GuidedCondition(
                prefix.sliced(2..<3, along: 0),
                over: network.open(1),
                by: 2
            ),
            sampling,
            by: chances.sliced(2..<3, along: 0)
        )
        #expect(one.codes.doubles() == all.codes.selected(2).doubles())
        #expect(
            mismatch(one.likelihood, all.likelihood.sliced(2..<3, along: 0), tolerance: 1e-4) == nil
        )
    }

    @Test("codes that are known stay", arguments: [1, 2])
    func known(groups: Int) {
        let network = network(.masked, groups: groups)
        let (prefix, codes) = (prefix(3), codes(3, groups: groups))
        let count = 12 * groups
        let isKnown = Tensor((0..<3 * count).map { $0 / groups % 3 }, shape: [3, count])
            .isGreater(than: 0)
        let found = network.drawn(
            GuidedCondition(prefix),
            known: (codes, isKnown),
            by: .uniform([3, count], using: source)
        )
        #expect(found.codes.masked(isKnown).doubles() == codes.masked(isKnown).doubles())
        #expect(found.likelihood.doubles().allSatisfy { $0 < 0 && $0.isFinite })
    }

    @Test("codes come up as often as they are likely")
    func shares() {
        let network = network(.masked)
        // Nothing says anything: every code is as likely.
        for parameter in network.parameters {
            parameter.wrappedValue = parameter.wrappedValue.zerosLike()
        }
        for steps in [1, 4, 12] {
            var sampling = TokenSampling()
            sampling.steps = steps
            let drawn = network.drawn(
                GuidedCondition(prefix(500)),
                sampling,
                by: .uniform([500, 12], using: source)
            ).codes.elements(as: Int.self)
            for code in 0..<11 {
                let share = Double(drawn.count { $0 == code }) / Double(drawn.count)
                #expect(abs(share - 1 / 11.0) < 0.013, "\(steps) steps, code \(code): \(share)")
            }
        }
    }

    @Test("outside of training a loss is the same each time, in training it is not")
    func loss() {
        let network = network(.masked)
        let (prefix, codes) = (prefix(8), codes(8))
        func loss() -> Double { network.loss(prefix, codes).item() }
        network.setTraining(false)
        #expect(loss() == loss())
        network.setTraining(true)
        #expect(loss() != loss())
    }

    @Test("an order that is that of rows costs what the order of rows costs", arguments: [1, 3])
    func identity(groups: Int) {
        let network = network(.raster, groups: groups)
        let (prefix, codes) = (prefix(4), codes(4, groups: groups))
        network.setTraining(false)
        let plain = network.loss(prefix, codes).item() as Double
        let same = network.loss(prefix, codes, inOrder: Array(0..<12)).item() as Double
        #expect(abs(plain - same) < 1e-5)
        let other = network.loss(prefix, codes, inOrder: (0..<12).reversed()).item() as Double
        #expect(abs(plain - other) > 1e-4)
    }

    @Test("in any order the chances of all pictures sum to one")
    func chances() {
        let network = network(.raster, sides: (1, 2))
        network.setTraining(false)
        let prefix = prefix(1)
        for order in [[0, 1], [1, 0]] {
            var sum = 0.0
            for number in 0..<121 {
                let codes = Tensor([number / 11, number % 11], shape: [1, 2])
                let loss: Double = network.loss(prefix, codes, inOrder: order).item()
                sum += exp(-2 * loss)
            }
            #expect(abs(sum - 1) < 1e-4, "\(order): \(sum)")
        }
    }

    @Test(
        "five pictures are learned by heart in steps, and in orders by chance",
        arguments: [1, 2]
    )
    func byHeart(groups: Int) {
        for order in CodeOrder.allCases {
            let network = network(order, groups: groups)
            let codes = codes(5, groups: groups)
            let prefix = Tensor((0..<15).map { $0 / 3 }, shape: [5, 3])
            network.setTraining(true)
            var squares = network.parameters.map { $0.wrappedValue.zerosLike() }
            for number in 0..<300 {
                let rate = 5e-3 * (1 - Double(number) / 300)
                let turn = (0..<12).map { ($0 * 5 + number) % 12 }
                let isShuffled = order == .raster && number < 150
                let loss = network.loss(prefix, codes, inOrder: isShuffled ? turn : nil)
                let weights = network.parameters.map(\.wrappedValue)
                let slopes = gradients(of: loss, for: weights)
                for (index, parameter) in network.parameters.enumerated() {
                    squares[index] = squares[index] * 0.9 + slopes[index].squared() * 0.1
                    let step = slopes[index] / (squares[index].squareRoot() + 1e-6)
                    parameter.wrappedValue = weights[index].detached() - step * rate
                }
            }
            network.setTraining(false)
            var sampling = TokenSampling()
            sampling.temperature = 0
            let drawn = network.draw(
                GuidedCondition(prefix),
                sampling,
                by: .zeros([5, 12 * groups])
            )
            let pairs = zip(drawn.elements(as: Int.self), codes.elements(as: Int.self))
            let same = pairs.count { $0 == $1 }
            #expect(same == 60 * groups, "\(order): \(same) of \(60 * groups)")
        }
    }
}
