import Checks
import Neural
import Torch

/// The discriminator: the generator in the mirror.
///
/// Source: as `R3GAN`. With labels the logit is the product of the features with a vector of the
/// label, and nothing else.
public final class R3DiscriminativeNetwork: Module, Discriminator {
    /// What the network was built from.
    public let settings: R3GAN.Settings
    /// The pictures it judges.
    public let spec: ImageSpec
    private let first: Convolution2D
    private let stages: [[R3Block]]
    private let mixes: [String: Convolution2D]
    private let basis: Convolution2D
    private let dense: Dense
    private let embedding: Embedding?
    private let filter: Filter

    /// A network whose weights are drawn from the source.
    public init(_ settings: R3GAN.Settings, for spec: ImageSpec, using source: RandomSource) {
        self.settings = settings
        self.spec = spec
        let widths = Array(settings.widths.reversed())
        let groups = Array(settings.groups.reversed())
        let blocks = Array(settings.blocks.reversed())
        let total = blocks.reduce(0, +)
        let base = settings.base(spec)
        let width = widths[widths.count - 1]
        first = R3GAN.mix(spec.channels, widths[0], using: source)
        stages = widths.indices.map { stage in
            (0..<blocks[stage]).map { _ in
                R3Block(
                    widths[stage],
                    expansion: settings.expansion,
                    groups: groups[stage],
                    blocks: total,
                    using: source
                )
            }
        }
        var mixes: [String: Convolution2D] = [:]
        for stage in widths.indices.dropFirst() where widths[stage] != widths[stage - 1] {
            mixes["\(stage)"] = R3GAN.mix(widths[stage - 1], widths[stage], using: source)
        }
        self.mixes = mixes
        basis = Convolution2D(
            inputs: width,
            outputs: width,
            kernel: Extent(rows: base.rows, columns: base.columns),
            groups: width,
            bias: false,
            initializer: R3GAN.start(1, inputs: base.rows * base.columns),
            using: source
        )
        let compared = settings.judgingEmbedding > 0 ? settings.judgingEmbedding : width
        dense = Dense(
            inputs: width,
            outputs: spec.labels > 0 ? compared : 1,
            bias: false,
            initializer: R3GAN.start(1, inputs: width),
            using: source
        )
        embedding =
            spec.labels > 0
            ? Embedding(
                count: spec.labels,
                width: compared,
                initializer: R3GAN.start(
                    1 / Double(compared).squareRoot(),
                    inputs: spec.labels
                ),
                using: source
            ) : nil
        filter = Filter(wraps: spec.wraps)
    }

    /// Every picture is judged alone.
    public var mixesSamples: Bool { false }

    /// The kernels that look at the last map as a whole.
    public var sharedWeight: Tensor { basis.weight }

    /// Layers that belong to sizes, the largest first.
    public var finestFirst: [String] { ["stages", "mixes"] }

    /// A map for each size, and the last one looked at as a whole.
    public func features(_ pictures: Tensor, labels: Tensor?) -> Features {
        var x = first(pictures)
        var maps: [Tensor] = []
        for (stage, blocks) in stages.enumerated() {
            if stage > 0 {
                x = filter.halved(x)
                x = mixes["\(stage)"]?(x) ?? x
            }
            for block in blocks { x = block(x) }
            maps.append(x)
        }
        return Features(maps: maps, vector: basis(x).reshaped([pictures.size(0), -1]))
    }

    /// Logits of features.
    public func logits(_ features: Features, labels: Tensor?) -> Tensor {
        let numbers = dense(features.vector)
        guard let embedding else { return numbers.squeezed(1) }
        guard let labels else { preconditionFailure("a conditional discriminator needs labels") }
        return (numbers * embedding(labels)).sum(over: [1])
    }
}
