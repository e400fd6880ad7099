import Evaluation
import TestSupport
import Testing
import Torch

/// The Inception network beside torch-fidelity's, with weights that both make of the tensors' names.
@Suite struct InceptionTests {
    private static func weight(_ name: String, _ shape: [Int]) -> Tensor {
        let inputs = Double(shape.dropFirst().reduce(1, *))
        let isKernel = name.hasSuffix("conv.weight")
        let isAboutOne = name.hasSuffix("bn.weight") || name.hasSuffix("running_var")
        return NamedNumbers.tensor(
            name,
            shape,
            scale: isKernel
                ? (6 / inputs).squareRoot()
                : name == "fc.weight" ? (3 / inputs).squareRoot() : 0.3,
            shift: isAboutOne ? 1 : 0
        )
    }

    @Test(arguments: try FixtureCase.all(in: "inception"))
    func seesWhatTorchFidelitySees(_ fixture: FixtureCase) throws {
        var tensors: [String: Tensor] = [:]
        for (name, shape) in InceptionNetwork.outline {
            tensors[name] = InceptionTests.weight(name, shape)
        }
        #expect(tensors.count == 94 * 5 + 1)
        let network = try InceptionNetwork(tensors, origin: "test")
        withoutGradients {
            let pictures = fixture.tensor("pictures", as: .float32) / 127.5 - 1
            let features = network.features(pictures)
            #expect(mismatch(features, fixture.tensor("features"), tolerance: 1e-4) == nil)
            let logits = network.logits(features)
            #expect(mismatch(logits, fixture.tensor("logits"), tolerance: 1e-4) == nil)
        }
        tensors["fc.weight"] = nil
        #expect(throws: FeatureError.missing("fc.weight", origin: "test")) {
            try InceptionNetwork(tensors, origin: "test")
        }
        tensors["Conv2d_1a_3x3.bn.bias"] = .zeros([3])
        #expect(
            throws: FeatureError.otherShape(
                "Conv2d_1a_3x3.bn.bias",
                expected: [32],
                found: [3],
                origin: "test"
            )
        ) { try InceptionNetwork(tensors, origin: "test") }
    }
}
