import Autoregressive
import Testing
import Torch

/// Drawing from what is kept, beside whole passes: the shortest of three rounds of each.
@Suite(.serialized) struct DrawingSpeedTests {
    private let source = RandomSource(seed: 3)

    private func model() -> PixelModel {
        var settings = GatedPixelCNN.Settings()
        settings.width = 48
        settings.layers = 7
        let spec = PixelSpec(channels: 1, classes: 10)
        let model = PixelModel(
            GatedPixelCNN(settings, for: spec, using: source),
            CategoricalHead(features: 48, channels: 1, using: source),
            for: spec
        )
        model.setTraining(false)
        return model
    }

    /// How often a drawing from what is kept fits into one that makes a whole pass for each pixel.
    private func gain(_ model: PixelModel, side: Int, count: Int) -> Double {
        let condition = PixelCondition(classes: Tensor([Int](repeating: 3, count: count)))
        let chances = Tensor.uniform([count, side * side], using: source)
        let picture = Tensor.zeros([count, 1, side, side])
        let clock = ContinuousClock()
        func shortest(_ body: () -> Void) -> Double {
            (0..<3).map { _ in clock.measure(body) / .seconds(1) }.min() ?? .infinity
        }
        let kept = shortest {
            _ = model.draw(by: chances, rows: side, columns: side, condition)
        }
        let pass = shortest {
            withoutGradients { _ = model.features(of: picture, condition) }
        }
        return pass * Double(side * side) / kept
    }

    /// On an idle machine it is a hundred times at 28×28; beside other tests it may be thirty.
    @Test func whatIsKeptPaysAndMoreForLargerPictures() {
        let model = model()
        let gains = [14, 28].map { gain(model, side: $0, count: 8) }
        print("drawing from what is kept: \(gains[0]) times as fast at 14×14, \(gains[1]) at 28×28")
        #expect(gains[1] > 10)
        #expect(gains[1] > gains[0])
    }
}
