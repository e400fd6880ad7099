import Checks
import Neural
import Torch

/// The generator: a learned first map scaled by the latents, then blocks at each size.
///
/// Source: as `R3GAN`.
public final class R3GenerativeNetwork: Module, Generator {
    /// What the network was built from.
    public let settings: R3GAN.Settings
    /// The pictures it draws.
    public let spec: ImageSpec
    private let embedding: Embedding?
    private let dense: Dense
    @Parameter private var basis: Tensor
    private let mixes: [String: Convolution2D]
    private let stages: [[R3Block]]
    private let last: Convolution2D
    private let filter: Filter

    /// A network whose weights are drawn from the source.
    public init(_ settings: R3GAN.Settings, for spec: ImageSpec, using source: RandomSource) {
        self.settings = settings
        self.spec = spec
        let widths = settings.widths
        let total = settings.blocks.reduce(0, +)
        embedding =
            spec.labels > 0
            ? Embedding(
                count: spec.labels,
                width: settings.embedding,
                initializer: R3GAN.start(1, inputs: spec.labels),
                using: source
            ) : nil
        let inputs = settings.latent + (spec.labels > 0 ? settings.embedding : 0)
        dense = Dense(
            inputs: inputs,
            outputs: widths[0],
            bias: false,
            initializer: R3GAN.start(1, inputs: inputs),
            using: source
        )
        let base = settings.base(spec)
        basis = .normal([widths[0], base.rows, base.columns], using: source)
        var mixes: [String: Convolution2D] = [:]
        for stage in widths.indices.dropFirst() where widths[stage] != widths[stage - 1] {
            mixes["\(stage)"] = R3GAN.mix(widths[stage - 1], widths[stage], using: source)
        }
        self.mixes = mixes
        stages = widths.indices.map { stage in
            (0..<settings.blocks[stage]).map { _ in
                R3Block(
                    widths[stage],
                    expansion: settings.expansion,
                    groups: settings.groups[stage],
                    blocks: total,
                    using: source
                )
            }
        }
        last = R3GAN.mix(widths[widths.count - 1], spec.channels, using: source)
        filter = Filter(wraps: spec.wraps)
    }

    /// How many latent numbers make one picture.
    public var latentSize: Int { settings.latent }

    /// How many labels can be asked for.
    public var labelCount: Int { spec.labels }

    /// Draws pictures, about −1 … 1: nothing keeps them within.
    public func callAsFunction(_ latents: Tensor, labels: Tensor?) -> Tensor {
        var input = latents
        if let embedding {
            guard let labels else { preconditionFailure("a conditional generator needs labels") }
            input = Tensor.concatenated([input, embedding(labels)], along: 1)
        }
        let shares = dense(input)
        var x = basis.unsqueezed(0) * shares.reshaped([shares.size(0), -1, 1, 1])
        for (stage, blocks) in stages.enumerated() {
            if stage > 0 { x = filter.doubled(mixes["\(stage)"]?(x) ?? x) }
            for block in blocks { x = block(x) }
        }
        return last(x)
    }
}
