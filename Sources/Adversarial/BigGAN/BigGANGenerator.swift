import Neural
import Torch

/// The generator of a BigGAN-deep with published weights: it draws, and does not learn.
public final class BigGANGenerator: Module, LayeredGenerator {
    /// What the network was built from.
    public let settings: BigGAN.Settings
    @Buffer private var classes: Tensor
    @Buffer private var startWeight: Tensor
    @Buffer private var startBias: Tensor
    private let blocks: [BigGANBlock]
    private let attention: BigGANAttention?
    private let norm: BigGANLastNorm
    private let last: BigGANConvolution

    init(_ settings: BigGAN.Settings, _ tensors: BigGANTensors) throws {
        self.settings = settings
        classes = try tensors.plain("embeddings.weight").transposed(0, 1).contiguous()
        startWeight = try tensors.normed("generator.gen_z")
        startBias = try tensors.plain("generator.gen_z.bias")
        blocks = try settings.blocks.enumerated().map { place, block in
            try BigGANBlock(
                block,
                width: settings.width,
                epsilon: settings.epsilon,
                "generator.layers.\(settings.layer(of: place))",
                tensors
            )
        }
        attention =
            settings.attention < settings.blocks.count
            ? try BigGANAttention("generator.layers.\(settings.attention)", tensors) : nil
        norm = try BigGANLastNorm("generator.bn", epsilon: settings.epsilon, tensors)
        last = try BigGANConvolution("generator.conv_to_rgb", .colours, tensors)
    }

    /// How many latent numbers make one picture.
    public var latentSize: Int { settings.latent }

    /// How many classes can be asked for.
    public var labelCount: Int { settings.classes }

    /// Draws pictures, −1 … 1, from normal numbers, as freely as the network was taught.
    public func callAsFunction(_ latents: Tensor, labels: Tensor?) -> Tensor {
        drawn(latents, labels: labels) { _, _ in }
    }

    /// Draws as freely as the network was taught, and tells of every map on the way.
    public func drawn(
        _ latents: Tensor,
        labels: Tensor?,
        watch: (_ layer: String, _ map: Tensor) -> Void
    ) -> Tensor {
        pictures(of: Self.truncated(latents), labels: labels, truncation: 1, watch: watch)
    }

    /// Normal numbers as those of a normal distribution that ends at two deviations: each keeps its rank.
    public static func truncated(_ normal: Tensor) -> Tensor {
        // erf(√2), the share of the normal distribution within two deviations.
        let share = 0.954_499_736_103_641_6
        let rank = (normal * (0.5).squareRoot()).errorFunction() * share
        return rank.inverseErrorFunction() * 2.0.squareRoot()
    }

    /// Draws pictures.
    ///
    /// Shape: N×latents, and N classes or N×classes that count by their shares → N×3×side×side.
    ///
    /// - Parameters:
    ///   - latents: Numbers within two deviations.
    ///   - labels: What is asked for.
    ///   - truncation: What the numbers are multiplied with, from 0 to 1; statistics follow.
    ///   - watch: Told a layer's name in the file and its map, from coarse to fine.
    /// - Returns: Numbers from −1 to 1.
    public func pictures(
        of latents: Tensor,
        labels: Tensor?,
        truncation: Double,
        watch: (_ layer: String, _ map: Tensor) -> Void = { _, _ in }
    ) -> Tensor {
        let asked = BigGANAsked(
            condition: Tensor.concatenated(
                [latents * truncation, embedded(labels, count: latents.size(0))],
                along: 1
            ),
            truncation: BigGANTruncation(truncation, rows: settings.statistics)
        )
        // Rows and columns come first in the file, channels last.
        var map = asked.condition.linear(weight: startWeight, bias: startBias)
            .reshaped([-1, BigGAN.start, BigGAN.start, BigGAN.first * settings.width])
            .permuted([0, 3, 1, 2]).contiguous()
        watch("gen_z", map)
        for (place, block) in blocks.enumerated() {
            if place == settings.attention, let attention {
                map = attention(map)
                watch("layers.\(place)", map)
            }
            map = block(map, asked)
            watch("layers.\(settings.layer(of: place))", map)
        }
        let colours = last(norm(map, asked.truncation))
        watch("rgb", colours)
        return colours.tanh()
    }

    /// The numbers of classes; zeros where nothing is asked for.
    private func embedded(_ labels: Tensor?, count: Int) -> Tensor {
        guard let labels else {
            return .zeros([count, settings.latent]).moved(to: classes.device)
        }
        return labels.rank == 1
            ? classes.selected(at: labels) : labels.multiplied(by: classes)
    }
}
