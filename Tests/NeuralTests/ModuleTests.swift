import Neural
import Testing
import Torch

@Suite struct ModuleTests {
    private final class Block: Module {
        let dense: Dense
        @Buffer var table = Tensor.zeros([2])
        @Parameter var gain = Tensor.ones([3])

        init(_ size: Int = 3) {
            dense = Dense(inputs: size, outputs: size, using: RandomSource(seed: 1))
        }
    }

    private final class Network: Module {
        let blocks = [Block(), Block()]
        let heads = ["real": Block(2), "class": Block(2)]
        let absent: Block? = nil
        let plain = 5
    }

    private final class Wide: Module {
        var dense = Dense(inputs: 1, outputs: 1, using: RandomSource(seed: 1))
    }

    @Test func namesAreThoseOfPropertiesInOrderOfDeclaration() {
        #expect(
            Block().members.parameters.map(\.name) == ["dense.weight", "dense.bias", "gain"]
        )
        let members = Network().members
        #expect(
            members.buffers.map(\.name) == [
                "blocks.0.table", "blocks.1.table", "heads.class.table", "heads.real.table",
            ]
        )
        #expect(members.parameters.count == 12)
        #expect(members.parameters[3].name == "blocks.1.dense.weight")
        #expect(members.modules.first?.name == "")
    }

    @Test func countsParameters() {
        #expect(Block().parameterCount == 15)
    }

    @Test func trainingReachesEveryModuleAndComesBack() {
        let network = Network()
        network.blocks[1].setTraining(false)
        let inside = network.evaluating { network.members.modules.map(\.module.isTraining) }
        #expect(inside.count == 9)
        #expect(!inside.contains(true))
        #expect(network.isTraining)
        #expect(network.blocks[0].dense.isTraining)
        #expect(!network.blocks[1].isTraining)
        #expect(!network.blocks[1].dense.isTraining)
    }

    @Test func exchangedMembersStopTheProgram() async {
        let result = await #expect(
            processExitsWith: .failure,
            observing: [\.standardErrorContent]
        ) {
            let wide = Wide()
            wide.setTraining(false)
            wide.dense = Dense(inputs: 1, outputs: 1, using: RandomSource(seed: 2))
            wide.setTraining(true)
        }
        #expect(result.said("member 'dense' was exchanged after the first use of Wide"))
    }

    @Test func changedContentsDoNot() {
        let wide = Wide()
        wide.setTraining(false)
        wide.dense.weight = .zeros([1, 1])
        wide.setTraining(true)
        #expect(wide.parameters[0].wrappedValue.item() == 0)
    }

    @Test func bareTensorsStopTheProgram() async {
        let result = await #expect(
            processExitsWith: .failure,
            observing: [\.standardErrorContent]
        ) {
            Bare().setTraining(true)
        }
        #expect(result.said("property 'offset' is a bare Tensor"))
    }

    @Test func equalNamesStopTheProgram() async {
        let result = await #expect(
            processExitsWith: .failure,
            observing: [\.standardErrorContent]
        ) {
            Derived().setTraining(true)
        }
        #expect(result.said("two members are called 'dense'"))
    }

    @Test func oneModuleInTwoPlacesStopsTheProgram() async {
        let result = await #expect(
            processExitsWith: .failure,
            observing: [\.standardErrorContent]
        ) {
            Twice().setTraining(true)
        }
        #expect(result.said("'first' and 'second' are the same object"))
    }

    @Test func membersHiddenInStructsStopTheProgram() async {
        let result = await #expect(
            processExitsWith: .failure,
            observing: [\.standardErrorContent]
        ) {
            Hiding().setTraining(true)
        }
        #expect(result.said("property 'pair' hides a tensor or module in a Pair"))
    }
}

private func dense() -> Dense {
    Dense(inputs: 1, outputs: 1, using: RandomSource(seed: 1))
}

private final class Bare: Module {
    let offset = Tensor.zeros([1])
}

private class Base: Module {
    private let dense = NeuralTests.dense()
}

private final class Derived: Base {
    let dense = NeuralTests.dense()
}

private final class Twice: Module {
    let first: Dense
    let second: Dense

    override init() {
        first = dense()
        second = first
    }
}

private struct Pair {
    let left = dense()
}

private final class Hiding: Module {
    let pair = Pair()
}
