import Neural
import Torch

/// The generator: two convolutions at each size, pixel norm after each, and a picture at any size.
///
/// Source: as `ProGAN`, section 4 and table 2. Pictures of a size below the last are repeated up to
/// it, so that they always have the same shape.
public final class ProGANGenerator: Module, Generator, Growing {
    /// What the network was built from.
    public let settings: ProGAN.Settings
    /// The pictures it draws.
    public let spec: ImageSpec
    @Buffer private var grown: Tensor
    private let dense: Dense
    private let firsts: [Convolution2D]
    private let seconds: [Convolution2D]
    private let pictures: [Convolution2D]

    /// A network whose weights are drawn from the source, not grown yet.
    public init(_ settings: ProGAN.Settings, for spec: ImageSpec, using source: RandomSource) {
        self.settings = settings
        self.spec = spec
        let widths = settings.widths
        let scale = 1 << (widths.count - 1)
        grown = .zeros([], dtype: .float64)
        dense = Dense(
            inputs: settings.latent + spec.labels,
            outputs: widths[0] * spec.height * spec.width / (scale * scale),
            form: .equalised(gain: 2.0.squareRoot() / 4),
            using: source
        )
        firsts = zip(widths, widths.dropFirst()).map {
            ProGAN.convolution($0, $1, using: source)
        }
        seconds = widths.map { ProGAN.convolution($0, $0, using: source) }
        pictures = widths.map {
            ProGAN.convolution($0, spec.channels, kernel: 1, gain: 1, using: source)
        }
    }

    /// How many latent numbers make one picture.
    public var latentSize: Int { settings.latent }

    /// How many labels can be asked for.
    public var labelCount: Int { spec.labels }

    /// How far the network has grown.
    public var growth: Double {
        get { grown.item() }
        set { grown = Tensor(newValue, dtype: .float64, device: grown.device) }
    }

    /// How far it is to have grown after so many images.
    public func growth(at images: Int) -> Double { settings.growth(at: images) }

    /// As the discriminator shows them.
    public func faded(_ pictures: Tensor) -> Tensor { pictures }

    /// Draws pictures, about −1 … 1: nothing keeps them within.
    public func callAsFunction(_ latents: Tensor, labels: Tensor?) -> Tensor {
        let widths = settings.widths
        let (stage, share) = ProGAN.stage(growth, last: widths.count - 1)
        let norm = PixelNorm()
        var input = latents
        if let labels, spec.labels > 0 {
            input = Tensor.concatenated(
                [input, spec.vectors(labels, as: input.dtype)],
                along: 1
            )
        }
        let scale = 1 << (widths.count - 1)
        var x = dense(norm(input)).reshaped([
            latents.size(0), spec.height / scale, spec.width / scale, widths[0],
        ]).permuted([0, 3, 1, 2])
        x = norm(x.leakyRelu(slope: 0.2))
        x = norm(seconds[0](x).leakyRelu(slope: 0.2))
        for index in 0..<stage { x = grownOnce(x, index) }
        var picture = pictures[stage](x)
        if share > 0 {
            let next = pictures[stage + 1](grownOnce(x, stage))
            picture = Upsampling2D(factor: 2)(picture).interpolated(to: next, share: share)
        }
        let size = [spec.height, spec.width]
        return picture.size(2) == size[0] ? picture : picture.resampled(size: size, .nearest)
    }

    private func grownOnce(_ input: Tensor, _ index: Int) -> Tensor {
        let norm = PixelNorm()
        let double = Upsampling2D(factor: 2)
        let x = norm(firsts[index](double(input)).leakyRelu(slope: 0.2))
        return norm(seconds[index + 1](x).leakyRelu(slope: 0.2))
    }
}
