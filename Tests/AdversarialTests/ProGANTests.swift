import Adversarial
import Neural
import TestSupport
import Testing
import Torch

@Suite struct ProGANTests {
    private let settings: ProGAN.Settings
    private let spec = ImageSpec(height: 16, width: 32, channels: 3)
    private let source = RandomSource(seed: 1)

    init() {
        var settings = ProGAN.Settings()
        settings.latent = 7
        settings.widths = [12, 8, 6]
        settings.stableImages = 100
        settings.fadeImages = 50
        self.settings = settings
    }

    /// A file may say anything of it.
    @Test(arguments: [Double.nan, .infinity, -.infinity, -1, 1e300])
    func anyGrowth(_ growth: Double) {
        let generator = ProGANGenerator(settings, for: spec, using: source)
        generator.growth = growth
        #expect(generator(.ones([1, 7]), labels: nil).shape == [1, 3, 16, 32])
    }

    @Test func growthFollowsTheImages() {
        let generator = ProGANGenerator(settings, for: spec, using: source)
        let expected: [(Int, Double)] = [
            (0, 0), (99, 0), (125, 0.5), (150, 1), (249, 1), (260, 1.2), (300, 2), (5000, 2),
        ]
        for (images, growth) in expected {
            #expect(abs(generator.growth(at: images) - growth) < 1e-12)
        }
    }

    /// A size that has faded in altogether is the size itself.
    @Test(arguments: [0, 1]) func nothingJumpsWhenASizeIsDone(_ stage: Int) {
        let generator = ProGANGenerator(settings, for: spec, using: source)
        let discriminator = ProGANDiscriminator(settings, for: spec, using: source)
        let latents = Tensor.normal([4, 7], using: source)
        let reals = Tensor.normal([4, 3, 16, 32], using: source)
        func look(_ growth: Double) -> [Tensor] {
            generator.growth = growth
            discriminator.growth = growth
            let drawn = generator(latents, labels: nil)
            return [
                drawn, discriminator(drawn), discriminator.faded(reals), discriminator(reals),
            ]
        }
        let before = look(Double(stage + 1) - 1e-9)
        let after = look(Double(stage + 1))
        #expect(mismatch(before[0], after[0], tolerance: 1e-5) == nil)
        #expect(mismatch(before[1], after[1], tolerance: 1e-5) == nil)
        // Shown real pictures have the detail of the size in both cases.
        let seen = [before[2], after[2]].map {
            let factor = 1 << (1 - stage)
            return $0.averagePooled(window: [factor, factor], stride: [factor, factor])
        }
        #expect(mismatch(seen[0], seen[1], tolerance: 1e-5) == nil)
        let halfway = look(Double(stage) + 0.5)
        #expect(mismatch(halfway[0], after[0], tolerance: 1e-3) != nil)
        #expect(mismatch(halfway[1], after[1], tolerance: 1e-3) != nil)
    }

    @Test func smallSizesHaveNoDetail() {
        let generator = ProGANGenerator(settings, for: spec, using: source)
        let drawn = generator(.normal([2, 7], using: source), labels: nil)
        #expect(drawn.shape == [2, 3, 16, 32])
        let coarse = drawn.averagePooled(window: [4, 4], stride: [4, 4])
            .resampled(size: [16, 32], .nearest)
        #expect(mismatch(coarse, drawn, tolerance: 1e-6) == nil)
    }

    @Test func equalisedWeightsStartAtOne() {
        let generator = ProGANGenerator(settings, for: spec, using: source)
        for (name, tensor) in generator.state() where name.hasSuffix("weight") && tensor.count > 200
        {
            let deviation = tensor.squared().mean().squareRoot().item()
            #expect(abs(deviation - 1) < 0.15, "\(name)")
        }
    }

    @Test func theBatchTellsHowMuchItsPicturesDiffer() {
        let layer = MinibatchDeviation(group: 2)
        let one = Tensor.normal([1, 2, 3, 3], using: source)
        let other = Tensor.normal([1, 2, 3, 3], using: source)
        // Pictures 0 and 2 are one group, 1 and 3 another.
        let same = layer(Tensor.concatenated([one, other, one, other]))
        #expect(same.shape == [4, 3, 3, 3])
        #expect(same.sliced(2..<3, along: 1).absolute().max().item() < 1e-3)
        let mixed = layer(Tensor.concatenated([one, one, other, one]))
        let planes = mixed.sliced(2..<3, along: 1).mean(over: [1, 2, 3]).doubles()
        let expected = (((one - other) * 0.5).squared() + 1e-8).squareRoot().mean().item()
        #expect(mismatch(planes, [expected, 1e-4, expected, 1e-4], tolerance: 1e-5) == nil)
        // A group that does not divide the batch shrinks.
        #expect(MinibatchDeviation(group: 4)(.normal([3, 2, 2, 2], using: source)).size(1) == 3)
    }
}
