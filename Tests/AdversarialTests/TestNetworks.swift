import Adversarial
import Neural
import Runs
import Settings
import Torch

/// Every family with networks small enough for finite differences.
struct TestNetworks: Sendable, CustomStringConvertible {
    let name: String
    let family: ModelFamily
    let settings: SettingValue
    let spec: ImageSpec

    var description: String { name }

    private init<Kind: Family>(
        _ family: Kind.Type,
        _ name: String = "",
        labels: Int = 0,
        side: Int = 8,
        _ change: (inout Kind.Settings) -> Void
    ) {
        var settings = Kind.Settings()
        change(&settings)
        self.family = ModelFamily(family)
        self.settings = SettingCoding.tree(settings)
        self.name = Kind.name + (name.isEmpty ? "" : " \(name)") + (labels > 0 ? " labelled" : "")
        spec = ImageSpec(height: side, width: side, channels: 3, labels: labels)
    }

    static let all: [TestNetworks] =
        [0, 3].flatMap { labels in
            [
                TestNetworks(DCGAN.self, labels: labels) { small(&$0) },
                TestNetworks(MLPGAN.self, labels: labels) {
                    $0.latent = 5
                    $0.generatorWidths = [16]
                    $0.discriminatorWidths = [12, 8]
                    $0.dropout = 0
                },
                TestNetworks(ResNetGAN.self, labels: labels) {
                    $0.latent = 5
                    $0.generatorWidths = [6, 4]
                    $0.discriminatorWidths = [4, 4, 4]
                    $0.halvings = 1
                    $0.labels = labels > 0 ? .projection : .ignored
                },
                TestNetworks(ProGAN.self, labels: labels) {
                    $0.latent = 5
                    $0.widths = [6, 4]
                    $0.stableImages = 100
                    $0.fadeImages = 100
                    $0.group = 2
                },
                TestNetworks(StyleGAN2.self, labels: labels) { small(&$0) },
                TestNetworks(StyleGAN3.self, labels: labels) { small(&$0) },
                TestNetworks(R3GAN.self, labels: labels) {
                    $0.latent = 5
                    $0.widths = [6, 4]
                    $0.groups = [3, 2]
                    $0.blocks = [1, 2]
                    $0.embedding = 4
                },
            ]
        } + [
            TestNetworks(StyleGAN3.self, "radial") {
                small(&$0)
                $0.kernel = 1
                $0.radial = true
            },
            TestNetworks(ResNetGAN.self, "attentive", labels: 3) {
                $0.latent = 6
                $0.generatorWidths = [8, 8, 8]
                $0.discriminatorWidths = [8, 8]
                $0.halvings = 2
                $0.generatorSpectralNorm = true
                $0.attention = 4
                $0.embedding = 4
                $0.splitsLatents = true
                $0.labels = .projection
            },
            TestNetworks(DCGAN.self, "norm", labels: 3) {
                small(&$0)
                $0.generator.labels = .norm
                $0.generator.firstNorm = .channels
                $0.discriminator.norm = .spectral
                $0.discriminator.labels = .concatenation
            },
            TestNetworks(DCGAN.self, "layer") {
                small(&$0)
                $0.generator.keepsFirst = false
                $0.generator.slope = 0
                $0.discriminator.norm = .layer
            },
            TestNetworks(DCGAN.self, "instance") {
                small(&$0)
                $0.discriminator.norm = .instance
            },
            TestNetworks(ResNetGAN.self, "plain") {
                $0.latent = 5
                $0.generatorWidths = [6, 4]
                $0.discriminatorWidths = [4, 4]
                $0.halvings = 2
                $0.spectralNorm = false
            },
            TestNetworks(StyleGAN2.self, "instance-norm residual plain") {
                small(&$0)
                $0.form = .instanceNorm
                $0.generatorShape = .residual
                $0.discriminatorShape = .plain
                $0.clamp = 100
            },
        ]

    private static func small(_ settings: inout DCGAN.Settings) {
        settings.latent = 5
        settings.generator.widths = [8, 6, 4]
        settings.discriminator.widths = [4, 6]
        settings.discriminator.dropout = 0
    }

    private static func small(_ settings: inout StyleGAN2.Settings) {
        settings.latent = 5
        settings.style = 6
        settings.mappingLayers = 2
        settings.channelBase = 32
        settings.channelMax = 6
        settings.group = 2
        settings.mixing = 0.5
    }

    private static func small(_ settings: inout StyleGAN3.Settings) {
        settings.latent = 5
        settings.style = 6
        settings.channelBase = 24
        settings.channelMax = 6
        settings.layers = 3
        settings.critical = 1
        settings.margin = 2
        settings.judgingChannelBase = 32
        settings.judgingChannelMax = 6
        settings.group = 2
    }

    func generator(_ dtype: DType = .float32) -> any Generator {
        let generator = family.generator(settings, for: spec, using: streams)
        generator.convert(to: dtype)
        return generator
    }

    func discriminator(_ dtype: DType = .float32) -> any Discriminator {
        let discriminator = family.discriminator(settings, for: spec, using: streams)
        discriminator.convert(to: dtype)
        return discriminator
    }

    var streams: NetworkStreams {
        NetworkStreams(weights: RandomSource(seed: 1), chance: RandomSource(seed: 2))
    }

    func labels(_ count: Int) -> Tensor? {
        spec.labels == 0 ? nil : Tensor((0..<count).map { $0 % spec.labels })
    }
}

/// Moves every parameter a little, so that none stays at a special start such as zero.
func stir(_ module: Module, by deviation: Double = 0.1, seed: UInt64 = 9) {
    let source = RandomSource(seed: seed)
    for parameter in module.parameters {
        let value = parameter.wrappedValue.detached()
        parameter.wrappedValue =
            value
            + Tensor.normal(value.shape, deviation: deviation, using: source)
            .converted(to: value.dtype)
    }
}
