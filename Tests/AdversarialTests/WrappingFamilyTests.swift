import Adversarial
import Neural
import Runs
import Settings
import TestSupport
import Testing
import Torch

/// Networks whose pictures go on from their right edge to their left one: `model.wraps: horizontally`.
@Suite struct WrappingFamilyTests {
    /// A family with small networks; how many pixels of a picture a column of its first map becomes, and the channels of that.
    struct Case: Sendable, CustomStringConvertible {
        let family: ModelFamily
        let settings: SettingValue
        let width: Int
        let growth: Int
        let channels: Int
        var description: String { family.name }

        init<Kind: Family>(
            _ family: Kind.Type,
            width: Int = 16,
            growth: Int,
            channels: Int,
            _ change: (inout Kind.Settings) -> Void
        ) {
            var settings = Kind.Settings()
            change(&settings)
            self.family = ModelFamily(family)
            self.settings = SettingCoding.tree(settings)
            (self.width, self.growth, self.channels) = (width, growth, channels)
        }

        func generator(wraps: Bool) -> any Generator {
            let source = RandomSource(seed: 1)
            let generator = family.generator(
                settings,
                for: ImageSpec(height: 8, width: width, channels: 3, wraps: wraps),
                using: NetworkStreams(weights: source, chance: source)
            )
            stir(generator)
            generator.setTraining(false)
            return generator
        }
    }

    private static let cases = [
        Case(DCGAN.self, growth: 4, channels: 8) {
            $0.latent = 5
            $0.generator.widths = [8, 6, 4]
        },
        Case(ProGAN.self, growth: 2, channels: 6) {
            $0.latent = 5
            $0.widths = [6, 4]
            $0.stableImages = 0
            $0.group = 2
            $0.fadeImages = 1
        },
        Case(ResNetGAN.self, growth: 2, channels: 6) {
            $0.latent = 5
            $0.generatorWidths = [6, 4]
        },
        Case(R3GAN.self, growth: 2, channels: 6) {
            $0.latent = 5
            $0.widths = [6, 4]
            $0.groups = [3, 2]
            $0.blocks = [1, 2]
        },
        Case(StyleGAN2.self, width: 8, growth: 2, channels: 6) {
            $0.latent = 5
            $0.style = 6
            $0.channelBase = 32
            $0.channelMax = 6
            $0.group = 2
            $0.noise = false
        },
        Case(StyleGAN2.self, width: 8, growth: 2, channels: 6) {
            $0.latent = 5
            $0.style = 6
            $0.channelBase = 32
            $0.channelMax = 6
            $0.group = 2
            $0.noise = false
            $0.form = .instanceNorm
            $0.generatorShape = .residual
        },
    ]

    /// Turns what the first map comes from by a column.
    private func turnFirstMap(_ generator: any Generator, _ one: Case) {
        let (rows, columns) = (8 / one.growth, one.width / one.growth)
        for parameter in generator.parameters {
            let value = parameter.wrappedValue.detached()
            let shape = value.shape
            if shape.count >= 2, shape.suffix(2) == [rows, columns], shape.contains(one.channels) {
                parameter.wrappedValue = value.rolled(by: 1, along: shape.count - 1)
            } else if shape.first == rows * columns * one.channels {
                parameter.wrappedValue =
                    value.reshaped([rows, columns, one.channels] + shape.dropFirst())
                    .rolled(by: 1, along: 1).reshaped(shape)
            }
        }
    }

    /// A first map that was turned by a column gives the turned picture, as the networks know of no edge; without `wraps` they do.
    @Test(arguments: cases) func picturesHaveNoSeam(_ one: Case) {
        let latents = Tensor.normal([3, 5], using: RandomSource(seed: 4))
        for wraps in [true, false] {
            let generator = one.generator(wraps: wraps)
            if let growing = generator.growing { growing.growth = 1 }
            let before = generator(latents, labels: nil)
            turnFirstMap(generator, one)
            let turned = generator(latents, labels: nil)
            let expected = before.rolled(by: one.growth, along: 3)
            #expect(mismatch(before, turned, tolerance: 1e-3) != nil)
            #expect((mismatch(turned, expected, tolerance: 1e-4) == nil) == wraps)
        }
    }

    /// What judges such pictures sees them as cylinders, too.
    @Test(arguments: cases.prefix(5)) func theJudgeSeesNoEdge(_ one: Case) {
        let source = RandomSource(seed: 1)
        let picture = Tensor.normal([2, 3, 8, one.width], using: RandomSource(seed: 4))
        for wraps in [true, false] {
            let judge = one.family.discriminator(
                one.settings,
                for: ImageSpec(height: 8, width: one.width, channels: 3, wraps: wraps),
                using: NetworkStreams(weights: source, chance: source)
            )
            judge.setTraining(false)
            let first = { (picture: Tensor) in judge.features(picture, labels: nil).maps[0] }
            let shrinks = picture.size(3) / first(picture).size(3)
            let turned = first(picture.rolled(by: shrinks, along: 3))
            let expected = first(picture).rolled(by: 1, along: 3)
            // A first layer of single pixels has no edges to begin with.
            if wraps { #expect(mismatch(turned, expected, tolerance: 1e-4) == nil) }
        }
    }

    @Test(
        arguments: [
            (ModelFamily(MLPGAN.self), SettingCoding.tree(MLPGAN.Settings())),
            (ModelFamily(StyleGAN3.self), SettingCoding.tree(StyleGAN3.Settings())),
        ]
    )
    func whatCannotWrapSaysSo(_ family: ModelFamily, _ settings: SettingValue) throws {
        let spec = ImageSpec(height: 32, width: 32, channels: 3, wraps: true)
        let problems = family.problems(settings, for: spec)
        #expect(problems.map(\.path) == [["wraps"]])
        #expect(problems[0].expected.contains(family.name))
        let flat = ImageSpec(height: 32, width: 32, channels: 3)
        #expect(family.problems(settings, for: flat).isEmpty)
    }
}
