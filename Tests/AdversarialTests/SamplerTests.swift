import Adversarial
import Neural
import TestSupport
import Testing
import Torch

@Suite struct SamplerTests {
    /// A generator whose statistics and shifts are not those that it begins with.
    private static func generator(classes: Int) -> DCGANGenerator {
        var settings = DCGAN.Settings()
        settings.generator.widths = [64, 48, 32]
        let generator = DCGANGenerator(
            settings,
            for: ImageSpec(height: 28, width: 28, channels: 1, labels: classes),
            using: RandomSource(seed: 1)
        )
        let source = RandomSource(seed: 2)
        for _ in 0..<3 {
            let latents = Tensor.normal([8, 100], using: source) * 2
            let labels = classes > 0 ? Tensor.integers([8], below: classes, using: source) : nil
            #expect(generator(latents, labels: labels).shape == [8, 1, 28, 28])
        }
        for parameter in generator.parameters where parameter.wrappedValue.rank == 1 {
            let shape = parameter.wrappedValue.shape
            parameter.wrappedValue = Tensor.normal(shape, mean: 1, deviation: 0.5, using: source)
                .requiringGradient()
        }
        generator.setTraining(false)
        return generator
    }

    @Test(arguments: [0, 10]) func drawsWhatTheGeneratorDraws(_ classes: Int) {
        let generator = Self.generator(classes: classes)
        let latents = Tensor.normal([20, 100], using: RandomSource(seed: 3))
        let labels = classes > 0 ? Tensor((0..<20).map { $0 % classes }) : nil
        withoutGradients {
            let expected = generator(latents, labels: labels)
            let sampler = generator.sampler(dtype: .float32)
            let found = sampler(latents, labels: labels)
            #expect(expected.floats().contains { abs($0) > 0.1 })
            #expect(mismatch(found, expected, tolerance: 1e-5) == nil)
            let shortSampler = generator.sampler(dtype: .bfloat16)
            let autocast = shortSampler(latents, labels: labels)
            #expect(autocast.dtype == .float32)
            #expect(mismatch(autocast, expected, tolerance: 0.05) == nil)
            let plainSampler = AutocastSampler(generator: generator, dtype: nil)
            let plain = plainSampler(latents, labels: labels)
            #expect(plain.floats() == expected.floats())
        }
    }

    @Test func keepsTheWeightsItWasMadeWith() {
        let generator = Self.generator(classes: 0)
        let latents = Tensor.normal([2, 100], using: RandomSource(seed: 3))
        withoutGradients {
            let sampler = generator.sampler(dtype: .float32)
            let before = sampler(latents, labels: nil).floats()
            for parameter in generator.parameters {
                parameter.wrappedValue = parameter.wrappedValue * 0
            }
            #expect(sampler(latents, labels: nil).floats() == before)
            let other = generator.sampler(dtype: .float32)
            #expect(other(latents, labels: nil).floats() != before)
        }
    }
}
