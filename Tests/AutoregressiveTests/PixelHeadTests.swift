import Autoregressive
import Neural
import TestSupport
import Testing
import Torch

@Suite struct PixelHeadTests {
    private let source = RandomSource(seed: 8)

    private func head(_ isMixture: Bool, channels: Int) -> any PixelHead {
        let head: any PixelHead =
            isMixture
            ? LogisticMixtureHead(features: 5, channels: channels, mixtures: 4, using: source)
            : CategoricalHead(features: 5, channels: channels, using: source)
        for parameter in head.parameters {
            parameter.wrappedValue = Tensor.normal(
                parameter.wrappedValue.shape,
                deviation: 0.4,
                using: source
            )
        }
        return head
    }

    /// Every picture of one pixel.
    private func pixels(channels: Int) -> Tensor {
        let line = Tensor.range(to: 256).converted(to: .float32) / 127.5 - 1
        guard channels == 2 else { return line.reshaped([256, 1, 1, 1]) }
        let first = line.reshaped([256, 1]).expanded([256, 256]).reshaped([-1])
        let second = line.reshaped([1, 256]).expanded([256, 256]).reshaped([-1])
        return Tensor.stacked([first, second], along: 1).reshaped([-1, 2, 1, 1])
    }

    @Test(arguments: [false, true], [1, 2])
    func chancesAddUpToOne(_ isMixture: Bool, _ channels: Int) {
        let head = head(isMixture, channels: channels)
        let pixels = pixels(channels: channels)
        let features = Tensor.normal([1, 5, 1, 1], using: source)
        let all = features.expanded([pixels.size(0), 5, 1, 1])
        let chances = withoutGradients { head.logLikelihood(all, of: pixels).exp() }
        #expect(abs(chances.sum().item() - 1) < 1e-4)
        // The mean by its definition, of the first channel.
        let mean = (pixels.selected(0, along: 1).reshaped([-1]) * chances).sum().item()
        let found = head.expectation(features, given: Tensor.zeros([1, channels, 1, 1]))
        let difference = abs(found.selected(0, along: 1).item() - mean)
        // A mixture's mean is that of its parts before they are cut into levels.
        #expect(difference < (isMixture ? 2e-3 : 1e-4))
    }

    @Test(arguments: [false, true]) func drawsFollowTheChances(_ isMixture: Bool) {
        let head = head(isMixture, channels: 2)
        let pixels = pixels(channels: 2)
        let features = Tensor.normal([1, 5, 1, 1], using: source)
        let chances = withoutGradients {
            head.logLikelihood(features.expanded([pixels.size(0), 5, 1, 1]), of: pixels).exp()
        }
        let count = 40_000
        let drawn = withoutGradients {
            head.draw(
                features.expanded([count, 5, 1, 1]),
                temperature: 1,
                chances: .uniform([count, head.chances], using: source)
            )
        }.reshaped([count, 2])
        // Means and the mean product of both channels.
        let flat = pixels.reshaped([-1, 2])
        for channel in 0..<2 {
            let expected = (flat.selected(channel, along: 1) * chances).sum().item()
            let spread =
                (flat.selected(channel, along: 1).squared() * chances).sum().item()
                - expected * expected
            let found = drawn.selected(channel, along: 1).mean().item()
            #expect(abs(found - expected) < 5 * (spread / Double(count)).squareRoot() + 1e-6)
        }
        let product = (flat.selected(0, along: 1) * flat.selected(1, along: 1) * chances).sum()
        let found = (drawn.selected(0, along: 1) * drawn.selected(1, along: 1)).mean()
        #expect(abs(found.item() - product.item()) < 0.02)
    }

    @Test func withoutTemperatureTheLikeliestLevelIsDrawn() {
        let head = head(false, channels: 1)
        let features = Tensor.normal([1, 5, 1, 1], using: source)
        let pixels = pixels(channels: 1)
        let best = head.logLikelihood(features.expanded([256, 5, 1, 1]), of: pixels)
            .argmax(along: 0).item()
        let drawn = head.draw(features, temperature: 0, chances: .zeros([1, 1]))
        #expect(abs((drawn.item() + 1) * 127.5 - best) < 1e-3)
    }

    /// Far from all parts and for the narrowest ones the logs stay finite, and so do derivatives.
    @Test func mixturesAreFiniteFarAway() {
        let head = head(true, channels: 1)
        let features = (Tensor.normal([64, 5, 1, 1], using: source) * 100).requiringGradient()
        let pictures = Tensor.uniform([64, 1, 1, 1], from: -1, to: 1, using: source)
        let found = head.logLikelihood(features, of: pictures)
        #expect(found.isFinite().all())
        #expect(gradients(of: found.sum(), for: [features])[0].isFinite().all())
    }
}
