import Foundation
import Neural
import Optimizers
import TestSupport
import Testing
import Torch

@Suite struct WeightAverageTests {
    final class Net: Module {
        @Parameter var weight: Tensor
        @Buffer var statistics: Tensor
        @Buffer var count = Tensor([0])

        init(_ value: Double) {
            weight = Tensor([value, -value])
            statistics = Tensor([value])
        }

        func set(_ value: Double) {
            weight = Tensor([value, -value])
            statistics = Tensor([value])
            count = Tensor([Int(value)])
        }
    }

    private func average(_ decay: WeightAverage.Decay, of net: Net) -> WeightAverage {
        WeightAverage(of: net, decay: decay)
    }

    private func value(_ average: WeightAverage) -> Double {
        average.tensors[0].tensor.doubles()[0]
    }

    @Test func halfLifeIsInImages() {
        // After one half-life the start counts half, however many updates it took.
        for batch in [10, 50, 100] {
            let net = Net(1)
            let average = average(.halfLife(images: 100, rampUp: nil), of: net)
            net.set(3)
            for _ in 0..<(100 / batch) { average.update(images: batch) }
            #expect(abs(value(average) - 2) < 1e-12)
            #expect(average.imagesSeen == 100)
            #expect(average.updateCount == 100 / batch)
        }
    }

    @Test func closedForm() {
        let net = Net(1)
        let average = average(.halfLife(images: 40, rampUp: nil), of: net)
        var expected = 1.0
        for step in 1...20 {
            net.set(Double(step))
            average.update(images: 16)
            expected = pow(0.5, 0.4) * expected + (1 - pow(0.5, 0.4)) * Double(step)
        }
        #expect(abs(value(average) - expected) < 1e-12)
        #expect(average.tensors[0].tensor.doubles() == [value(average), -value(average)])
    }

    @Test func rampUpForgetsTheStart() {
        let decay = WeightAverage.Decay.halfLife(images: 1000, rampUp: 0.05)
        #expect(decay.share(images: 10, imagesSeen: 0, updateCount: 0) == 0)
        #expect(abs(decay.share(images: 10, imagesSeen: 200, updateCount: 9) - 0.5) < 1e-12)
        let later = decay.share(images: 10, imagesSeen: 1_000_000, updateCount: 9)
        #expect(abs(later - pow(0.5, 0.01)) < 1e-12)
        let net = Net(1)
        let average = average(decay, of: net)
        net.set(5)
        average.update(images: 10)
        #expect(value(average) == 5)
    }

    @Test(arguments: ["average", "average-warmup"])
    func trajectory(name: String) throws {
        let fixture = try FixtureCase.named(name, in: "optimizers")
        final class Three: Module {
            @Parameter var matrix: Tensor
            @Parameter var kernel: Tensor
            @Parameter var vector: Tensor

            init(_ tensors: [Tensor]) {
                (matrix, kernel, vector) = (tensors[0], tensors[1], tensors[2])
            }
        }
        let names = ["matrix", "kernel", "vector"]
        let net = Three(names.map { fixture.shared("given/parameter/\($0)", as: .float64) })
        let average = WeightAverage(
            of: net,
            decay: .perUpdate(
                keeps: fixture.number("decay"),
                warmsUp: fixture.flag("warmup")
            )
        )
        for step in 1...10 {
            for (name, parameter) in net.members.parameters {
                parameter.wrappedValue = fixture.shared(
                    "given/gradient/\(step)/\(name)",
                    as: .float64
                )
            }
            average.update(images: 1)
            for (name, tensor) in average.tensors where fixture.has("after/\(step)/\(name)") {
                let expected = fixture.tensor("after/\(step)/\(name)")
                #expect(mismatch(tensor, expected, tolerance: 1e-12, name) == nil)
            }
        }
    }

    @Test func buffersAreCopied() {
        let net = Net(1)
        let average = average(.halfLife(images: 1e9, rampUp: nil), of: net)
        net.set(7)
        average.update(images: 1)
        #expect(average.tensors.map(\.name) == ["weight", "statistics", "count"])
        #expect(average.tensors[1].tensor.doubles() == [7])
        #expect(average.tensors[2].tensor.elements(as: Int.self) == [7])
        #expect(!average.tensors.contains { $0.tensor.sharesStorage(with: net.statistics) })
    }

    @Test func applyingSwapsAndRestores() {
        struct Stop: Error {}
        let net = Net(1)
        let average = average(.halfLife(images: 10, rampUp: nil), of: net)
        net.set(3)
        let own = net.weight
        #expect(average.applying { net.weight.doubles() + net.statistics.doubles() } == [1, -1, 1])
        #expect(net.weight.doubles() + net.statistics.doubles() == [3, -3, 3])
        #expect(net.weight.sharesStorage(with: own))
        #expect(net.weight.requiresGradient)
        #expect(throws: Stop.self) {
            try average.applying { () throws(Stop) in
                net.statistics = Tensor([100.0] as [Double])
                throw Stop()
            }
        }
        #expect(net.weight.doubles() + net.statistics.doubles() == [3, -3, 3])
        #expect(average.tensors[1].tensor.doubles() == [1])
        average.update(images: 10)
        #expect(value(average) == 2)
    }

    @Test func averagesGoIntoAnotherModule() {
        let net = Net(1)
        let average = average(.halfLife(images: 10, rampUp: nil), of: net)
        net.set(3)
        average.update(images: 10)
        let other = Net(0)
        let leaf = other.weight
        average.copy(into: other)
        #expect(other.weight.doubles() == [2, -2])
        #expect(other.weight.handle === leaf.handle)
        #expect(other.statistics.doubles() == [3])
    }

    @Test func resumesBitForBit() throws {
        let decay = WeightAverage.Decay.halfLife(images: 33, rampUp: 0.5)
        let net = Net(1)
        let whole = average(decay, of: net)
        for step in 1...5 {
            net.set(Double(step))
            whole.update(images: 7)
        }
        let state = whole.state()
        let second = average(decay, of: net)
        try second.load(state: state)
        for step in 6...10 {
            net.set(Double(step))
            whole.update(images: 7)
            second.update(images: 7)
        }
        #expect(second.imagesSeen == 70)
        #expect(second.state().map { $0.1.bytes() } == whole.state().map { $0.1.bytes() })
        #expect(
            state.map(\.0) == [
                "images", "updates", "weights.weight", "weights.statistics", "weights.count",
            ]
        )
        #expect(throws: OptimizerError.self) { try second.load(state: state.dropLast()) }
        #expect(throws: OptimizerError.self) {
            try second.load(state: state.dropLast() + [("weights.count", .zeros([2]))])
        }
        for name in ["images", "updates"] {
            for count in [Int.max, .min, -1] {
                let other = state.map { $0.0 == name ? (name, Tensor([count], shape: [])) : $0 }
                #expect(throws: OptimizerError.self) { try second.load(state: other) }
            }
        }
        #expect(second.imagesSeen == 70)
    }

    @Test func badSettingsAreRefused() {
        let bad: [WeightAverage.Decay] = [
            .halfLife(images: 0, rampUp: nil), .halfLife(images: 1, rampUp: -1),
            .perUpdate(keeps: 1, warmsUp: false),
        ]
        for decay in bad { #expect(throws: OptimizerError.self) { try decay.validate() } }
    }

    @Test func updateInsideApplyingStopsTheProgram() async throws {
        let result = await #expect(
            processExitsWith: .failure,
            observing: [\.standardErrorContent]
        ) {
            let average = WeightAverage(
                of: Net(1),
                decay: .perUpdate(keeps: 0.5, warmsUp: false)
            )
            average.applying { average.update(images: 1) }
        }
        let message = String(decoding: try #require(result).standardErrorContent, as: UTF8.self)
        #expect(message.contains("update after 'applying'"))
    }

    /// In a process of its own, where nothing else makes tensors.
    @Test func thousandUpdatesLeakNothing() async {
        await #expect(processExitsWith: .success) {
            let net = Net(1)
            let average = WeightAverage(of: net, decay: .halfLife(images: 10, rampUp: 0.05))
            withExtendedLifetime((net, average)) {
                average.update(images: 1)
                let before = Tensor.liveHandles
                for _ in 0..<1000 {
                    average.update(images: 1)
                    average.applying {}
                }
                guard Tensor.liveHandles == before else {
                    fatalError("\(before) handles, then \(Tensor.liveHandles)")
                }
            }
        }
    }
}
