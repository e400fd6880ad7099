import Adversarial
import Neural
import TestSupport
import Testing
import Torch

@Suite struct StyleGAN2Tests {
    private let source = RandomSource(seed: 12)

    private func generator(
        _ change: (inout StyleGAN2.Settings) -> Void = { _ in }
    ) -> StyleGAN2Generator {
        var settings = StyleGAN2.Settings()
        settings.latent = 16
        settings.style = 16
        settings.mappingLayers = 2
        settings.channelBase = 512
        settings.channelMax = 32
        change(&settings)
        return StyleGAN2Generator(
            settings,
            for: ImageSpec(height: 16, width: 16, channels: 3),
            using: NetworkStreams(weights: source, chance: RandomSource(seed: 1))
        )
    }

    /// Demodulation gives variance 1 for inputs of variance 1, whatever the style.
    @Test(arguments: [1.0, 30]) func demodulatedMapsHaveVarianceOne(_ scale: Double) {
        let convolution = ModulatedConvolution(
            inputs: 64,
            outputs: 48,
            kernel: 3,
            style: 8,
            using: source
        )
        let style = Tensor.normal([2, 8], using: source) * scale
        let drawn = convolution(.normal([2, 64, 24, 24], using: source), style: style)
        let inner = drawn.sliced(2..<22, along: 2).sliced(2..<22, along: 3)
        let deviation = inner.squared().mean().squareRoot().item()
        #expect(abs(deviation - 1) < 0.05)
    }

    @Test func theMeanStyleMovesInTrainingAlone() {
        let network = generator { $0.styleDecay = 0.5 }
        #expect(network.averageStyle.absolute().max().item() == 0)
        let latents = Tensor.normal([8, 16], using: source)
        let mean = network.mapped(latents, labels: nil).mean(over: [0])
        _ = network(latents, labels: nil)
        #expect(mismatch(network.averageStyle, mean * 0.5, tolerance: 1e-5) == nil)
        network.setTraining(false)
        let before = network.averageStyle.floats()
        _ = network(latents, labels: nil)
        #expect(network.averageStyle.floats() == before)
    }

    @Test func noiseAndMixingAreForTraining() {
        let latents = Tensor.normal([2, 16], using: source)
        let noisy = generator { $0.mixing = 0 }
        for parameter in noisy.parameters where parameter.wrappedValue.rank == 0 {
            parameter.wrappedValue = Tensor(1)
        }
        let first = noisy(latents, labels: nil)
        let second = noisy(latents, labels: nil)
        #expect(mismatch(first, second, tolerance: 1e-3) != nil)
        let mixed = generator {
            $0.mixing = 1
            $0.noise = false
        }
        let pair = [mixed(latents, labels: nil), mixed(latents, labels: nil)]
        #expect(mismatch(pair[0], pair[1], tolerance: 1e-4) != nil)
        mixed.setTraining(false)
        #expect(mixed(latents, labels: nil).floats() == mixed(latents, labels: nil).floats())
    }

    @Test func truncationMovesFirstLayersTowardsTheMean() {
        let network = generator()
        network.averageStyle = Tensor.normal([16], using: source)
        let styles = Tensor.normal([2, 16], using: source)
        let near = network.truncated(styles, by: 0.25, layers: 2)
        #expect(near.shape == [2, 6, 16])
        let expected = network.averageStyle + (styles - network.averageStyle) * 0.25
        #expect(mismatch(near.selected(1, along: 1), expected, tolerance: 1e-6) == nil)
        #expect(mismatch(near.selected(2, along: 1), styles, tolerance: 0) == nil)
    }

    @Test func weightsStartAsThePaperHasThem() {
        for (name, tensor) in generator().state()
        where tensor.count > 200 && name.hasSuffix("weight") {
            let deviation = tensor.squared().mean().squareRoot().item()
            // The mapping learns a hundred times slower from weights as much larger.
            let wanted = name.hasPrefix("mapping") ? 100.0 : 1
            #expect(abs(deviation / wanted - 1) < 0.2, "\(name): \(deviation)")
        }
    }
}
