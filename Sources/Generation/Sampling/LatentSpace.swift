import Adversarial
import Torch

/// Numbers that lead steadily from picture to picture: latent ones, or styles.
protocol LatentSpace {
    /// Where a search begins: in the middle.
    var start: Tensor { get }

    /// Pictures of latent numbers, nearer to the mean one and in other styles as the options say.
    ///
    /// Shape: N×latents → N×C×H×W.
    func drawn(_ latents: Tensor, _ labels: Tensor?, _ sampling: SamplingOptions) -> Tensor

    /// The picture of a place, with its gradients.
    func drawn(at place: Tensor, _ labels: Tensor?) -> Tensor

    /// A place with new latent numbers mixed in.
    func varied(_ place: Tensor, by new: Tensor, _ share: Double, _ labels: Tensor?) -> Tensor

    /// Draws at shares of the ways between rows of latent numbers.
    func way(from first: Tensor, to second: Tensor, _ labels: Tensor?) -> (Tensor) -> Tensor
}

/// Latent numbers themselves.
struct PlainSpace: LatentSpace {
    private let network: any Generator
    private let sampler: any Sampler
    private let device: Device

    /// Numbers of a network.
    ///
    /// - Parameters:
    ///   - network: In use, on its device.
    ///   - device: Where it draws.
    init(_ network: any Generator, on device: Device) {
        (self.network, self.device) = (network, device)
        sampler = inInferenceMode { network.sampler() }
    }

    var start: Tensor { Tensor.zeros([1, network.latentSize]).moved(to: device) }

    func drawn(_ latents: Tensor, _ labels: Tensor?, _ sampling: SamplingOptions) -> Tensor {
        sampler(sampling.truncation == 1 ? latents : latents * sampling.truncation, labels: labels)
    }

    func drawn(at place: Tensor, _ labels: Tensor?) -> Tensor { network(place, labels: labels) }

    func varied(_ place: Tensor, by new: Tensor, _ share: Double, _ labels: Tensor?) -> Tensor {
        place * (1 - share * share).squareRoot() + new * share
    }

    func way(from first: Tensor, to second: Tensor, _ labels: Tensor?) -> (Tensor) -> Tensor {
        { network(GreatCircle.between(first, second, $0), labels: labels) }
    }
}

/// Styles of each layer.
struct StyleSpace: LatentSpace {
    private let network: any StyleGenerator
    private let device: Device
    private let whole: PlainSpace

    /// Styles of a network.
    ///
    /// - Parameters:
    ///   - network: In use, on its device.
    ///   - device: Where it draws.
    ///   - whole: Draws where styles are left as they are.
    init(_ network: any StyleGenerator, on device: Device, whole: PlainSpace) {
        (self.network, self.device, self.whole) = (network, device, whole)
    }

    var start: Tensor {
        let style = network.averageStyle.detached().converted(to: .float32)
        return style.reshaped([1, 1, -1]).expanded([1, network.styleCount, style.size(0)]).copied()
    }

    func drawn(_ latents: Tensor, _ labels: Tensor?, _ sampling: SamplingOptions) -> Tensor {
        let (share, mixes) = (sampling.truncation, sampling.styles ?? [])
        let placement = sampling.placement
        if placement != nil { network.placed?.place(placement) }
        defer { if placement != nil { network.placed?.place(nil) } }
        guard share != 1 || !mixes.isEmpty else { return whole.drawn(latents, labels, sampling) }
        let own = network.styles(latents, labels, truncation: share)
        let others = mixes.map { mix in
            let source = RandomSource(seed: mix.seed, stream: 0)
            let numbers = Tensor.normal([1, network.latentSize], using: source)
            return network.styles(
                numbers.moved(to: device).expanded(latents.shape),
                labels,
                truncation: share
            )
        }
        return network.synthesized(mixed(own, others, mixes))
    }

    /// Styles in which layers take their shares of others.
    private func mixed(_ own: Tensor, _ others: [Tensor], _ mixes: [StyleMix]) -> Tensor {
        let layers = network.styleCount
        let finer = layers / 2..<layers
        return Tensor.stacked(
            (0..<layers).map { layer in
                let taken = zip(mixes, others).filter { ($0.0.layers ?? finer).contains(layer) }
                let rest = 1 - taken.reduce(0) { $0 + $1.0.share }
                return taken.reduce(own.selected(layer, along: 1) * rest) { sum, next in
                    sum + next.1.selected(layer, along: 1) * next.0.share
                }
            },
            along: 1
        )
    }

    func drawn(at place: Tensor, _ labels: Tensor?) -> Tensor { network.synthesized(place) }

    func varied(_ place: Tensor, by new: Tensor, _ share: Double, _ labels: Tensor?) -> Tensor {
        let other = network.mapped(new, labels: labels) - network.averageStyle
        return place + other.unsqueezed(1) * share
    }

    func way(from first: Tensor, to second: Tensor, _ labels: Tensor?) -> (Tensor) -> Tensor {
        let (a, b) = (
            network.mapped(first, labels: labels), network.mapped(second, labels: labels)
        )
        return { network.synthesized(network.truncated(a + (b - a) * $0, by: 1)) }
    }
}

extension StyleGenerator {
    /// The styles of latent numbers, nearer to the mean one.
    ///
    /// Shape: N×latents → N×styleCount×width.
    func styles(_ latents: Tensor, _ labels: Tensor?, truncation share: Double) -> Tensor {
        truncated(mapped(latents, labels: labels), by: share)
    }
}
