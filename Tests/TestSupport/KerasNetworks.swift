import Adversarial
import Neural
import Torch

/// The seed networks with the weights of a Keras fixture, in double precision.
public struct KerasNetworks {
    /// The network that draws.
    public let generator: DCGANGenerator
    /// The network that judges.
    public let discriminator: DCGANDiscriminator
    /// The case of the fixture.
    public let fixture: FixtureCase

    /// The networks with the fixture's weights.
    public init(_ name: String) throws {
        fixture = try FixtureCase.named(name, in: "keras-networks")
        var settings = DCGAN.Settings()
        settings.latent = 8
        settings.generator.widths = [8, 6, 4]
        settings.discriminator.widths = [4, 6]
        settings.discriminator.dropout = 0
        let source = RandomSource(seed: 1)
        let spec = ImageSpec(height: 28, width: 28, channels: 1)
        generator = DCGANGenerator(settings, for: spec, using: source)
        discriminator = DCGANDiscriminator(
            settings,
            for: spec,
            using: NetworkStreams(weights: source, chance: source)
        )
        generator.convert(to: .float64)
        discriminator.convert(to: .float64)
        try generator.load(
            state: expected(of: generator, "generator") { fixture, name in
                fixture.shared("given/generator/\(name)", as: .float64)
            }
        )
        try discriminator.load(
            state: expected(of: discriminator, "discriminator") { fixture, name in
                fixture.shared("given/discriminator/\(name)", as: .float64)
            }
        )
    }

    /// Tensors of the fixture under our names and in our order of channels.
    ///
    /// The fixture counts the dense layer's outputs channel by channel, we count them pixel by
    /// pixel. What the fixture does not have keeps our value.
    public func expected(
        of module: Module,
        _ network: String,
        _ read: (FixtureCase, String) -> Tensor
    ) -> [String: Tensor] {
        var state: [String: Tensor] = [:]
        for (name, tensor) in module.state() {
            guard let theirs = KerasNetworks.name(name, network) else {
                state[name] = tensor.copied()
                continue
            }
            state[name] = KerasNetworks.reordered(read(fixture, theirs), name, network)
        }
        return state
    }

    /// The fixture's name of one of our tensors; nothing for those it does not have.
    private static func name(_ name: String, _ network: String) -> String? {
        let parts = name.split(separator: ".").map(String.init)
        let names = [
            "weight": "weight", "bias": "bias", "runningMean": "running_mean",
            "runningVariance": "running_var",
        ]
        guard let kind = names[parts[parts.count - 1]] else { return nil }
        switch parts[0] {
        case "dense": return "dense/\(kind)"
        case "norms": return "norm\((Int(parts[1]) ?? 0) + 1)/\(kind)"
        default:
            let layer = network == "generator" ? "deconv" : "conv"
            return "\(layer)\((Int(parts[1]) ?? 0) + 1)/\(kind)"
        }
    }

    private static func reordered(_ tensor: Tensor, _ name: String, _ network: String) -> Tensor {
        if network == "generator", name.hasPrefix("dense") || name.hasPrefix("norms.0") {
            let rest = tensor.shape.dropFirst()
            return tensor.reshaped([8, 49] + rest).transposed(0, 1).contiguous()
                .reshaped([392] + rest)
        }
        if network == "discriminator", name == "dense.weight" {
            return tensor.reshaped([1, 6, 49]).transposed(1, 2).contiguous().reshaped([1, 294])
        }
        return tensor
    }
}
