import Checks
import Neural
import Torch

/// The discriminator: the generator in the mirror, with a look at the batch before the end.
///
/// Source: as `ProGAN`.
public final class ProGANDiscriminator: Module, Discriminator, Growing {
    /// What the network was built from.
    public let settings: ProGAN.Settings
    /// The pictures it judges.
    public let spec: ImageSpec
    @Buffer private var grown: Tensor
    private let inputs: [Convolution2D]
    private let firsts: [Convolution2D]
    private let seconds: [Convolution2D]
    private let deviation: MinibatchDeviation
    private let convolution: Convolution2D
    private let dense: Dense
    private let last: Dense
    private let projection: Embedding?

    /// A network whose weights are drawn from the source, not grown yet.
    public init(_ settings: ProGAN.Settings, for spec: ImageSpec, using source: RandomSource) {
        self.settings = settings
        self.spec = spec
        let widths = settings.widths
        let scale = 1 << (widths.count - 1)
        grown = .zeros([], dtype: .float64)
        inputs = widths.map {
            ProGAN.convolution(spec.channels, $0, kernel: 1, using: source)
        }
        firsts = widths.dropFirst().map { ProGAN.convolution($0, $0, using: source) }
        seconds = zip(widths, widths.dropFirst()).map {
            ProGAN.convolution($1, $0, using: source)
        }
        deviation = MinibatchDeviation(group: settings.group)
        convolution = ProGAN.convolution(widths[0] + 1, widths[0], using: source)
        dense = Dense(
            inputs: widths[0] * spec.height * spec.width / (scale * scale),
            outputs: widths[0],
            form: .equalised(),
            using: source
        )
        last = Dense(inputs: widths[0], outputs: 1, form: .equalised(gain: 1), using: source)
        projection =
            spec.labels > 0
            ? Embedding(
                count: spec.labels,
                width: widths[0],
                form: .equalised(gain: 1),
                using: source
            ) : nil
    }

    /// Pictures of a group are compared with each other.
    public var mixesSamples: Bool { settings.group > 1 }

    /// The weights of the first dense layer.
    public var sharedWeight: Tensor { dense.weight }

    /// How far the network has grown.
    public var growth: Double {
        get { grown.item() }
        set { grown = Tensor(newValue, dtype: .float64, device: grown.device) }
    }

    /// How far it is to have grown after so many images.
    public func growth(at images: Int) -> Double { settings.growth(at: images) }

    /// Pictures with no more detail than drawn ones have now.
    public func faded(_ pictures: Tensor) -> Tensor {
        let (stage, share) = ProGAN.stage(growth, last: settings.widths.count - 1)
        guard share > 0 else { return pictures }
        let fine = shrunk(pictures, to: stage + 1)
        let coarse = shrunk(fine, by: 1).resampled(size: [fine.size(2), fine.size(3)], .nearest)
        let mixed = coarse.interpolated(to: fine, share: share)
        return fine.size(2) == pictures.size(2)
            ? mixed : mixed.resampled(size: [pictures.size(2), pictures.size(3)], .nearest)
    }

    /// A map for each size, and the numbers of the first dense layer.
    public func features(_ pictures: Tensor, labels: Tensor?) -> Features {
        let (stage, share) = ProGAN.stage(growth, last: settings.widths.count - 1)
        let coarse = shrunk(pictures, to: stage)
        var x = inputs[stage](coarse).leakyRelu(slope: 0.2)
        if share > 0 {
            let fine = shrunk(pictures, to: stage + 1)
            let next = inputs[stage + 1](fine).leakyRelu(slope: 0.2)
            x = x.interpolated(to: shrunkOnce(next, stage), share: share)
        }
        var maps = [x]
        for index in (0..<stage).reversed() {
            x = shrunkOnce(x, index)
            maps.append(x)
        }
        x = convolution(deviation(x)).leakyRelu(slope: 0.2)
        let flat = x.reshaped([pictures.size(0), -1])
        return Features(maps: maps, vector: dense(flat).leakyRelu(slope: 0.2))
    }

    /// Logits of features.
    public func logits(_ features: Features, labels: Tensor?) -> Tensor {
        let logits = last(features.vector).squeezed(1)
        guard let projection else { return logits }
        guard let labels else { preconditionFailure("a conditional discriminator needs labels") }
        return logits + (features.vector * projection(labels)).sum(over: [1])
    }

    private func shrunkOnce(_ input: Tensor, _ index: Int) -> Tensor {
        let x = firsts[index](input).leakyRelu(slope: 0.2)
        return shrunk(seconds[index](x).leakyRelu(slope: 0.2), by: 1)
    }

    private func shrunk(_ pictures: Tensor, to stage: Int) -> Tensor {
        shrunk(pictures, by: settings.widths.count - 1 - stage)
    }

    private func shrunk(_ pictures: Tensor, by halvings: Int) -> Tensor {
        halvings == 0
            ? pictures
            : pictures.averagePooled(
                window: [1 << halvings, 1 << halvings],
                stride: [1 << halvings, 1 << halvings]
            )
    }
}
