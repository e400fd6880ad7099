import Neural
import Torch

/// What judges translations: drawings beside the picture that they were made from, or, without pairs, drawings of each
/// kind by themselves.
public final class TranslationJudges: Module, Discriminator {
    private let there: PatchDiscriminator
    private let back: PatchDiscriminator?

    /// Networks whose weights are drawn from the streams.
    public init(
        _ settings: Translation.Settings,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) {
        let channels = spec.channels * (settings.mode == .paired ? 2 : 1)
        func network() -> PatchDiscriminator {
            PatchDiscriminator(settings.judge, channels: channels, using: streams.weights)
        }
        there = network()
        back = settings.mode == .cycle ? network() : nil
    }

    /// A patch's logit depends on its own picture alone.
    public var mixesSamples: Bool { false }

    /// The weights that make logits of what translations there are seen as.
    public var sharedWeight: Tensor { there.last.weight }

    /// Logits of patches.
    ///
    /// - Parameters:
    ///   - pictures: N×C×H×W, real or drawn.
    ///   - source: What drawings are made from, where pairs are judged.
    ///   - backwards: Whether they are of the kind that a translation begins with.
    /// - Returns: N×1×rows×columns.
    public func callAsFunction(
        _ pictures: Tensor,
        from source: Tensor?,
        backwards: Bool = false
    ) -> Tensor {
        let judge = backwards ? back ?? there : there
        return judge(source.map { Tensor.concatenated([$0, pictures], along: 1) } ?? pictures)
    }

    /// What is seen in examples: both pictures of a pair, or the second one alone.
    ///
    /// Shape: N×C×2H×W → see `Features`.
    public func features(_ pictures: Tensor, labels: Tensor?) -> Features {
        let (source, target) = TranslationGenerator.sides(of: pictures)
        let seen = back == nil ? Tensor.concatenated([source, target], along: 1) : target
        let maps = there.maps(seen)
        return Features(maps: [maps], vector: there.last(maps).flattened(from: 1))
    }

    /// The mean logit of all patches.
    ///
    /// Shape: features → N.
    public func logits(_ features: Features, labels: Tensor?) -> Tensor {
        features.vector.mean(over: [1])
    }
}
