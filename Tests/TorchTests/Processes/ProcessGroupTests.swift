import TestSupport
import Testing
import Torch

@Suite(.enabled(if: ProcessGroup.isBuilt, "built without Gloo")) struct ProcessGroupTests {
    @Test(arguments: [1 << 20, 8]) func meansAreThoseOfAll(_ bucketBytes: Int) throws {
        let found = try asProcesses(3) { group in
            let own = Double(group.rank)
            let tensors = [
                Tensor([own, 2 * own], shape: [2]), Tensor([Float(own)], shape: [1, 1]),
                Tensor.full([2, 3, 2, 2], own, dtype: .float64).channelsLast(),
            ]
            let means = group.averaged(tensors, bucketBytes: bucketBytes)
            #expect(means[2].isChannelsLast)
            #expect(means.map(\.shape) == tensors.map(\.shape))
            return means.map { $0.doubles() }
        }
        for means in found { #expect(means == [[1, 2], [1], [Double](repeating: 1, count: 24)]) }
    }

    @Test func bytesAndTensorsOfTheLeaderReachAll() throws {
        let found = try asProcesses(2) { group in
            let tensor = Tensor([group.leads ? 7.0 : 1.0])
            try group.spread(tensor)
            try group.meet()
            let bytes = try group.spread(group.leads ? [1, 2, 3] : [])
            let all = try group.gathered(Tensor([Double(group.rank)])).map { $0.item() }
            return (tensor.item(), bytes, all)
        }
        for (number, bytes, all) in found {
            #expect(number == 7)
            #expect(bytes == [1, 2, 3])
            #expect(all == [0, 1])
        }
    }

    /// d/dx of Σ over processes of c·(Σ x)² is 2·Σ x·Σ c, and the second derivative 2·Σ c·….
    @Test func sumsHaveDerivativesOfEveryOrder() throws {
        let found = try asProcesses(2) { group in
            let x = Tensor([Double(group.rank + 1)]).requiringGradient()
            let loss = (x.summed(over: group).squared() * Double(group.rank + 1)).sum()
            let slope = gradients(of: loss, for: [x], createsGraph: true)[0]
            let second = gradients(of: slope.sum(), for: [x])[0]
            return [loss.item(), slope.item(), second.item()]
        }
        // Σ x = 3, Σ c = 3; the slope is 2·3·3, its own derivative 2·3 at each of two processes.
        #expect(found[0] == [9, 18, 12])
        #expect(found[1] == [18, 18, 12])
    }

    @Test func sharedDrawsAreThoseOfOneProcess() throws {
        @Sendable func draws(_ count: Int) -> [[Double]] {
            let source = RandomSource(seed: 5)
            let image = Tensor.ones([count, 3, 2, 2]).channelsLast()
            return [
                Tensor.normal([count, 3], using: source),
                Tensor.uniform([2, count], pictures: 1, using: source).transposed(0, 1),
                Tensor.integers([count, 1], below: 1000, using: source),
                image.leakyDropout(slope: 0.2, rate: 0.5, using: source),
                Tensor.normal([count], dtype: .float64, using: source),
            ].map { $0.reshaped([count, -1]).doubles() }
        }
        let whole = draws(6)
        let shares = try asProcesses(2) { group in
            ProcessGroup.$current.withValue(group) { draws(3) }
        }
        for (index, numbers) in whole.enumerated() {
            let width = numbers.count / 6
            for picture in 0..<6 {
                let place = picture / 2 * width
                #expect(
                    Array(numbers[picture * width..<(picture + 1) * width])
                        == Array(shares[picture % 2][index][place..<place + width])
                )
            }
        }
    }

    @Test func wholeBatchesComeInTheirOrder() throws {
        let found = try asProcesses(2) { group in
            let share = Tensor((0..<3).map { Double(2 * $0 + group.rank) }, shape: [3, 1])
            return ProcessGroup.$current.withValue(group) { share.wholeBatch().doubles() }
        }
        #expect(found == [[0, 1, 2, 3, 4, 5], [0, 1, 2, 3, 4, 5]])
    }

    @Test func aLostProcessIsNamed() throws {
        let found = try asProcesses(2) { group in
            try group.announce("machine \(group.rank)")
            try group.meet()
            guard group.leads else {
                group.abort()
                return ""
            }
            let own = group.averaged([Tensor([1.0])])[0]
            // What comes back is not used; it must only be there.
            #expect(own.item() == 1)
            let error = #expect(throws: ProcessGroupError.self) { try group.check() }
            return error?.description ?? ""
        }
        #expect(found[0].hasPrefix("process 1 (machine 1) does not answer any more: "))
        #expect(found[0].contains("--resume last"))
    }

    @Test func whoIsAloneDoesNotWaitForEver() throws {
        let place = ProcessPlace(
            rank: 0,
            count: 2,
            localCount: 2,
            port: try ProcessPlace.freePort()
        )
        let error = #expect(throws: ProcessGroupError.self) {
            try ProcessGroup(place, timeout: 1)
        }
        #expect(error?.description.hasPrefix("the other processes were not met at ") == true)
    }
}
