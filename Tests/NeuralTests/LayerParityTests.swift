import Neural
import TestSupport
import Testing
import Torch

/// Every layer against whole tensors of PyTorch and Keras: outputs, statistics, derivatives.
@Suite struct LayerParityTests {
    @Test(arguments: try FixtureCase.all(in: "layers"), [DType.float64, .float32])
    func agreesWithPyTorch(_ fixture: FixtureCase, _ dtype: DType) throws {
        let layer = try #require(TorchLayers.layer(fixture), "no layer for \(fixture.operation)")
        let run = LayerRun(
            fixture: fixture,
            layer: layer,
            dtype: dtype,
            tolerance: dtype == .float64 ? 1e-10 : 1e-5,
            comparesSecond: dtype == .float64
        )
        #expect(run.mismatches() == [])
    }

    @Test(arguments: try FixtureCase.all(in: "keras-layers"), [DType.float64, .float32])
    func agreesWithKeras(_ fixture: FixtureCase, _ dtype: DType) throws {
        let layer = try #require(KerasLayers.layer(fixture), "no layer for \(fixture.operation)")
        // Keras rounds the slope of its leaky ReLU and enlarges bilinearly in single precision.
        let isRounded =
            fixture.operation == "LeakyReLU" || fixture.name == "up_sampling-bilinear"
        let run = LayerRun(
            fixture: fixture,
            layer: layer,
            dtype: dtype,
            tolerance: dtype == .float64 ? (isRounded ? 1e-6 : 1e-10) : 1e-5,
            comparesSecond: dtype == .float64
        )
        #expect(run.mismatches() == [])
    }

    @Test func fixturesCoverWhatDiffersBetweenLibraries() throws {
        let keras = try FixtureCase.all(in: "keras-layers")
        let same = keras.filter { $0.name.contains("same") && $0.operation.hasPrefix("Conv2D") }
        #expect(same.count == 24)
        let torch = try FixtureCase.all(in: "layers")
        #expect(Set(torch.map(\.operation)).count >= 15)
        #expect(torch.filter { $0.has("penalty") }.count >= 12)
    }
}
