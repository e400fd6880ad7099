import Evaluation
import TestSupport
import Testing
import Torch

/// A narrow VGG network beside torchvision's, with weights that both make of the tensors' names.
@Suite struct VGGTests {
    private static let widths = [
        0: 4, 2: 4, 5: 8, 7: 8, 10: 16, 12: 16, 14: 16, 17: 32, 19: 32, 21: 32, 24: 32, 26: 32,
        28: 32,
    ]

    private static func tensors() -> [String: Tensor] {
        var tensors: [String: Tensor] = [:]
        var inputs = 3
        func add(_ name: String, _ outputs: Int, kernel: [Int]) {
            let shape = [outputs, inputs] + kernel
            let scale = (6 / Double(shape.dropFirst().reduce(1, *))).squareRoot()
            for (part, shape, scale) in [("weight", shape, scale), ("bias", [outputs], 0.3)] {
                tensors["\(name).\(part)"] = NamedNumbers.tensor(
                    "\(name).\(part)",
                    shape,
                    scale: scale,
                    shift: 0
                )
            }
            inputs = outputs
        }
        for (place, width) in widths.sorted(by: { $0.key < $1.key }) {
            add("features.\(place)", width, kernel: [3, 3])
        }
        inputs *= 49
        for (place, width) in [(0, 24), (3, 20), (6, 10)] {
            add("classifier.\(place)", width, kernel: [])
        }
        return tensors
    }

    @Test(arguments: try FixtureCase.all(in: "vgg"))
    func seesWhatTorchvisionSees(_ fixture: FixtureCase) throws {
        let network = try VGGNetwork(VGGTests.tensors(), origin: "test")
        withoutGradients {
            let pictures = fixture.tensor("pictures", as: .float32) / 127.5 - 1
            let features = network.features(pictures)
            #expect(mismatch(features, fixture.tensor("features"), tolerance: 1e-4) == nil)
            let logits = network.logits(features)
            #expect(mismatch(logits, fixture.tensor("logits"), tolerance: 1e-4) == nil)
        }
    }

    @Test func otherNetworksAreRefused() throws {
        var tensors = VGGTests.tensors()
        tensors["features.7.weight"] = .zeros([8, 5, 3, 3])
        #expect(
            throws: FeatureError.otherShape(
                "features.7.weight",
                expected: [8, 8, 3, 3],
                found: [8, 5, 3, 3],
                origin: "test"
            )
        ) { try VGGNetwork(tensors, origin: "test") }
        tensors["features.5.bias"] = nil
        #expect(throws: FeatureError.missing("features.5.bias", origin: "test")) {
            try VGGNetwork(tensors, origin: "test")
        }
    }
}
