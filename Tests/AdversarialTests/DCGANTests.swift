import Adversarial
import Neural
import TestSupport
import Testing
import Torch

@Suite struct DCGANTests {
    @Test func generatorOutputsAreThoseOfKeras() throws {
        for (name, isTraining) in [("generator-eval", false), ("generator-train", true)] {
            let keras = try KerasNetworks(name)
            keras.generator.setTraining(isTraining)
            let found = keras.generator(keras.fixture.tensor("input", as: .float64), labels: nil)
            // Keras rounds the slope 0.3 to single precision.
            #expect(
                mismatch(found, keras.fixture.tensor("output"), tolerance: 1e-6, name) == nil
            )
        }
    }

    @Test func runningStatisticsAreThoseOfKeras() throws {
        let keras = try KerasNetworks("generator-train")
        _ = keras.generator(keras.fixture.tensor("input", as: .float64), labels: nil)
        let expected = keras.expected(of: keras.generator, "generator") { fixture, name in
            fixture.has("after/generator/\(name)")
                ? fixture.tensor("after/generator/\(name)")
                : fixture.shared("given/generator/\(name)", as: .float64)
        }
        for (name, tensor) in keras.generator.state() where !name.hasSuffix("batchCount") {
            let other = try #require(expected[name])
            #expect(mismatch(tensor, other, tolerance: 1e-6, name) == nil)
        }
    }

    @Test func discriminatorOutputsAreThoseOfKeras() throws {
        let keras = try KerasNetworks("discriminator")
        let found = keras.discriminator(keras.fixture.tensor("input", as: .float64), labels: nil)
        let expected = keras.fixture.tensor("output").squeezed(1)
        #expect(mismatch(found, expected, tolerance: 1e-6) == nil)
    }

    @Test(arguments: [(28, 28, 1), (32, 16, 4), (8, 12, 3)])
    func shapes(_ height: Int, _ width: Int, _ channels: Int) {
        var settings = DCGAN.Settings()
        settings.generator.widths = [8, 6, 4]
        settings.discriminator.widths = [4, 6]
        let spec = ImageSpec(height: height, width: width, channels: channels, labels: 3)
        let source = RandomSource(seed: 3)
        let generator = DCGANGenerator(settings, for: spec, using: source)
        let discriminator = DCGANDiscriminator(
            settings,
            for: spec,
            using: NetworkStreams(weights: source, chance: source)
        )
        let labels = Tensor([0, 2])
        let drawn = generator(.normal([2, 100], using: source), labels: labels)
        #expect(drawn.shape == [2, channels, height, width])
        #expect(drawn.absolute().max().item() <= 1)
        #expect(discriminator(drawn, labels: labels).shape == [2])
    }

    @Test func fullSizeIsThatOfTheSeeds() {
        let source = RandomSource(seed: 0)
        let spec = ImageSpec(height: 28, width: 28, channels: 1)
        let generator = DCGANGenerator(DCGAN.Settings(), for: spec, using: source)
        let discriminator = DCGANDiscriminator(
            DCGAN.Settings(),
            for: spec,
            using: NetworkStreams(weights: source, chance: source)
        )
        // 100·12544 + 2·12544 + 5²·256·128 + 2·128 + 5²·128·64 + 2·64 + 5²·64
        #expect(generator.parameterCount == 2_305_472)
        // 5²·64 + 64 + 5²·64·128 + 128 + 6272 + 1
        #expect(discriminator.parameterCount == 212_865)
    }

    @Test func impossibleSizesAreNamed() {
        let problems = DCGAN.problems(
            DCGAN.Settings(),
            for: ImageSpec(height: 30, width: 28, channels: 1)
        )
        #expect(problems.map(\.path) == [["generator", "widths"]])
        #expect(problems.first?.expected.hasPrefix("widths for a height of 30") == true)
    }

    @Test(arguments: [LabelDrawing.concatenation, .norm]) func labelsMatter(_ labels: LabelDrawing)
    {
        var settings = DCGAN.Settings()
        settings.generator.widths = [8, 6, 4]
        settings.generator.labels = labels
        let source = RandomSource(seed: 5)
        let generator = DCGANGenerator(
            settings,
            for: ImageSpec(height: 28, width: 28, channels: 1, labels: 2),
            using: source
        )
        // Scales of all labels start alike.
        for parameter in generator.parameters {
            let shape = parameter.wrappedValue.shape
            parameter.wrappedValue =
                parameter.wrappedValue.detached() + Tensor.normal(shape, using: source) * 0.1
        }
        let latents = Tensor.normal([1, 100], using: source)
        generator.setTraining(false)
        let zero = generator(latents, labels: Tensor([0]))
        let one = generator(latents, labels: Tensor([1]))
        #expect((zero - one).absolute().max().item() > 1e-4)
        // A class is the vector with a one at its place.
        let hot = generator(latents, labels: Tensor([0.0, 1.0] as [Float], shape: [1, 2]))
        #expect((hot - one).absolute().max().item() < 1e-5)
    }
}
