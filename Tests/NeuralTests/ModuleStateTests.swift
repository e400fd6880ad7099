import Foundation
import Neural
import TestSupport
import Testing
import Torch

@Suite struct ModuleStateTests {
    private final class Network: Module {
        let dense: Dense
        let norm: BatchNorm

        init(seed: UInt64, width: Int = 3) {
            dense = Dense(inputs: 2, outputs: width, using: RandomSource(seed: seed))
            norm = BatchNorm(width, decay: 0.9, epsilon: 1e-3)
        }

        func callAsFunction(_ input: Tensor) -> Tensor { norm(dense(input)) }
    }

    private static func input() -> Tensor {
        Tensor([1, 2, 3, 5, 8, 13] as [Float], shape: [3, 2])
    }

    private func bytes(_ module: Module) -> [[UInt8]] { module.state().map { $0.tensor.bytes() } }

    @Test func stateIsParametersThenBuffers() {
        #expect(
            Network(seed: 1).state().map(\.name) == [
                "dense.weight", "dense.bias", "norm.weight", "norm.bias", "norm.runningMean",
                "norm.runningVariance", "norm.batchCount",
            ]
        )
    }

    @Test func stateMovesFromOneModuleToAnother() throws {
        let first = Network(seed: 1)
        let second = Network(seed: 2)
        #expect(first(Self.input()).shape == [3, 3])
        #expect(bytes(first) != bytes(second))
        try second.load(state: Dictionary(uniqueKeysWithValues: first.state().map { ($0, $1) }))
        #expect(bytes(first) == bytes(second))
        // Copies: what the first does next leaves the second alone.
        let before = bytes(second)
        #expect(first(Self.input()).shape == [3, 3])
        #expect(bytes(second) == before)
        for (mine, other) in zip(first.state(), second.state()) {
            #expect(!mine.tensor.sharesStorage(with: other.tensor))
        }
        #expect(second.parameters.allSatisfy { $0.wrappedValue.requiresGradient })
    }

    @Test func everythingThatDiffersIsNamedAndNothingChanges() {
        let network = Network(seed: 1)
        var state = Dictionary(uniqueKeysWithValues: network.state().map { ($0, $1.copied()) })
        state["dense.weight"] = .zeros([2, 3])
        state["dense.bias"] = .zeros([3], dtype: .float64)
        state["norm.bias"] = nil
        state["norm.scale"] = .zeros([3])
        state["norm.weight"] = .full([3], 7)
        let before = bytes(network)
        let error = #expect(throws: StateMismatch.self) { try network.load(state: state) }
        #expect(error?.missing == ["norm.bias"])
        #expect(error?.unexpected == ["norm.scale"])
        #expect(error?.different.map(\.name) == ["dense.bias", "dense.weight"])
        #expect(error?.different[1].expected == TensorOutline(shape: [3, 2], dtype: .float32))
        #expect(error?.different[1].actual == TensorOutline(shape: [2, 3], dtype: .float32))
        #expect(bytes(network) == before)
    }

    @Test func filesKeepEveryBit() throws {
        let folder = try ScratchFolder()
        let file = folder.url.appending(path: "network.safetensors")
        let first = Network(seed: 1)
        #expect(first(Self.input()).shape == [3, 3])
        try first.save(to: file, metadata: ["step": "1"])
        let second = Network(seed: 2)
        #expect(try second.load(from: file) == ["step": "1"])
        #expect(bytes(first) == bytes(second))
        first.setTraining(false)
        second.setTraining(false)
        #expect(first(Self.input()).bytes() == second(Self.input()).bytes())
    }

    @Test func filesOfOtherModelsAreRefusedByName() throws {
        let folder = try ScratchFolder()
        let file = folder.url.appending(path: "network.safetensors")
        try Network(seed: 1, width: 4).save(to: file)
        let network = Network(seed: 2)
        let before = bytes(network)
        let error = #expect(throws: StateMismatch.self) { try network.load(from: file) }
        #expect(error?.description.contains(file.path) == true)
        #expect(error?.different.count == 6)
        #expect(bytes(network) == before)
    }

    @Test func typesChangeWithoutWholeNumbers() {
        let network = Network(seed: 1)
        network.convert(to: .float64)
        #expect(network.dense.weight.dtype == .float64)
        #expect(network.norm.runningMean.dtype == .float64)
        #expect(network.norm.batchCount.dtype == .int64)
        #expect(network(Self.input().converted(to: .float64)).dtype == .float64)
    }

    /// In a process of its own, where no other test makes tensors.
    @Test func nothingIsLeftAlive() async {
        await #expect(processExitsWith: .success) {
            let folder = try ScratchFolder()
            let file = folder.url.appending(path: "network.safetensors")
            func work() throws {
                let network = Network(seed: 1)
                let loss = network(ModuleStateTests.input()).squared().sum()
                let slopes = gradients(of: loss, for: network.parameters.map { $0.wrappedValue })
                // The optimizer would let go of what is not needed any more.
                withExtendedLifetime((network, loss, slopes)) {
                    precondition(
                        slopes.count == 4 && Tensor.liveHandles > 4,
                        "\(slopes.count) slopes, \(Tensor.liveHandles) tensors"
                    )
                }
                try network.save(to: file)
                try Network(seed: 2).load(from: file)
                #expect(throws: StateMismatch.self) {
                    try Network(seed: 2, width: 5).load(from: file)
                }
            }
            let before = Tensor.liveHandles
            for _ in 0..<20 { try work() }
            precondition(Tensor.liveHandles == before, "\(Tensor.liveHandles) after \(before)")
        }
    }
}
