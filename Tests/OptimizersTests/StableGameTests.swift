import Neural
import Optimizers
import Testing
import Torch

/// Two players, one of whom wants x·y small and the other large: neither gains anything at 0, 0.
@Suite("A game of two players") struct StableGameTests {
    /// How far from 0, 0 they are after many turns.
    private func distance(_ rule: any UpdateRule, needsAveragedTargets: Bool = false) -> Double {
        let players = [0, 1].map { _ in Optimizer(rule, for: Samples.parameter([1])) }
        func move(_ step: (Optimizer, [Tensor]) -> Void) {
            let (x, y) = (players[0].weights[0].copied(), players[1].weights[0].copied())
            withoutGradients {
                step(players[0], [y])
                step(players[1], [x * -1])
            }
        }
        for _ in 0..<4000 {
            if needsAveragedTargets { move { $0.extrapolate($1) } }
            move { $0.step($1) }
        }
        return players.map { $0.weights[0].item() }.map { $0 * $0 }.reduce(0, +).squareRoot()
    }

    @Test("Adam circles ever farther away; optimistic Adam and a look ahead arrive")
    func arrival() {
        #expect(distance(Adam(learningRate: 0.03, beta1: 0)) > 2)
        #expect(distance(OptimisticAdam(learningRate: 0.03, beta1: 0)) < 1e-3)
        #expect(distance(Adam(learningRate: 0.03, beta1: 0), needsAveragedTargets: true) < 1e-3)
        #expect(distance(SGD(learningRate: 0.03)) > 2)
        #expect(distance(SGD(learningRate: 0.03), needsAveragedTargets: true) < 0.3)
    }

    @Test("two steps are those of the formula")
    func formula() {
        let optimizer = Optimizer(
            OptimisticAdam(learningRate: 0.1, beta1: 0.5, beta2: 0.9, epsilon: 0),
            for: Samples.parameter([1])
        )
        optimizer.step([Tensor([2.0] as [Double])])
        // The first direction is 1, taken twice.
        #expect(abs(optimizer.weights[0].item() - 0.8) < 1e-12)
        optimizer.step([Tensor([-1.0] as [Double])])
        let mean = (0.5 * 1 + 0.5 * -1) / (1 - 0.25)
        let square = (0.9 * 0.4 + 0.1 * 1) / (1 - 0.81)
        let wanted = 0.8 - 0.2 * (mean / square.squareRoot()) + 0.1
        #expect(abs(optimizer.weights[0].item() - wanted) < 1e-12)
    }
}
