import Neural
import Torch

/// A mixture of logistic distributions, cut into levels; channels lean on those before them.
///
/// Source: Salimans et al., "PixelCNN++", ICLR 2017, sections 2.1 and 2.2. Unlike their program, the
/// likelihood has no approximation, and draws are rounded to the levels that it is of.
public final class LogisticMixtureHead: Module, PixelHead {
    private let channels: Int
    private let mixtures: Int
    private let output: Convolution2D

    /// The numbers of every pixel's mixture, each N×mixtures×…×H×W.
    private struct Mixture {
        /// Log of each part's share.
        let shares: Tensor
        /// Means of each channel, N×mixtures×H×W, before those before it are added.
        let means: [Tensor]
        /// Logs of the scales.
        let scales: [Tensor]
        /// For each channel, what each one before it counts for.
        let slopes: [[Tensor]]
    }

    /// A head on so many features.
    public init(features: Int, channels: Int, mixtures: Int = 10, using source: RandomSource) {
        (self.channels, self.mixtures) = (channels, mixtures)
        let numbers = 1 + 2 * channels + channels * (channels - 1) / 2
        output = Convolution2D(
            inputs: features,
            outputs: mixtures * numbers,
            kernel: 1,
            initializer: .normal(deviation: 0.02),
            using: source
        )
    }

    private func mixture(_ features: Tensor) -> Mixture {
        let all = output(features).inFullPrecision { $0 }
        let parts = all.split(
            [Int](repeating: mixtures, count: all.size(1) / mixtures),
            along: 1
        )
        var rest = parts[(1 + 2 * channels)...]
        let slopes = (0..<channels).map { channel in
            (0..<channel).map { _ in rest.removeFirst().tanh() }
        }
        return Mixture(
            shares: parts[0].logSoftmax(along: 1),
            means: Array(parts[1..<1 + channels]),
            // Narrower than this no number of eight bits could tell.
            scales: parts[1 + channels..<1 + 2 * channels].map { $0.clamped(from: -7) },
            slopes: slopes
        )
    }

    /// The means of a channel, given the numbers of those before it, N×1×H×W each.
    private func means(_ mixture: Mixture, _ channel: Int, before: [Tensor]) -> Tensor {
        zip(mixture.slopes[channel], before).reduce(mixture.means[channel]) { $0 + $1.0 * $1.1 }
    }

    /// Log-likelihood of a number under each part.
    ///
    /// σ(u) − σ(l) = σ(u)·σ(−l)·(1 − e^(l − u)): exact logs for the narrowest and the farthest part.
    private func logProbability(_ number: Tensor, _ mean: Tensor, _ scale: Tensor) -> Tensor {
        let inverse = (-scale).exp()
        let away = number - mean
        // −log σ(u) and −log σ(−l), with u and l half a level above and below.
        let under = (-((away + 1 / 255.0) * inverse)).softplus()
        let over = ((away - 1 / 255.0) * inverse).softplus()
        let width = (-((-(inverse * (2 / 255.0))).expm1())).clamped(from: 1e-30).log()
        // The lowest level has all below it, the highest all above.
        let atBottom = number.isLess(than: -0.999)
        let atTop = number.isGreater(than: 0.999)
        let inner = width - under - over
        return atBottom.selecting(-under, otherwise: atTop.selecting(-over, otherwise: inner))
    }

    /// Log-likelihood of each picture, in nats.
    public func logLikelihood(_ features: Tensor, of pictures: Tensor) -> Tensor {
        let mixture = mixture(features)
        let numbers = planes(pictures)
        var total = mixture.shares
        for channel in 0..<channels {
            let mean = means(mixture, channel, before: Array(numbers[0..<channel]))
            total = total + logProbability(numbers[channel], mean, mixture.scales[channel])
        }
        return total.logSumExp(over: [1]).sum(over: [1, 2])
    }

    /// The mean of each number: parts that the channels before speak for count for more.
    public func expectation(_ features: Tensor, given context: Tensor) -> Tensor {
        let mixture = mixture(features)
        let numbers = planes(context)
        var shares = mixture.shares
        var found: [Tensor] = []
        for channel in 0..<channels {
            let mean = means(mixture, channel, before: Array(numbers[0..<channel]))
            let weights = shares.softmax(along: 1)
            // What lies beyond −1 and 1 counts there: 1 less the integral of the distribution.
            let scale = mixture.scales[channel].exp()
            let below = ((mean - 1).negated() / scale).softplus()
            let beyond = ((mean + 1).negated() / scale).softplus()
            let inside = 1 - scale * (below - beyond)
            found.append((weights * inside).sum(over: [1], keepingDimensions: true))
            shares = shares + logProbability(numbers[channel], mean, mixture.scales[channel])
        }
        return Tensor.concatenated(found, along: 1)
    }

    /// One for the part, and one for each channel.
    public var chances: Int { 1 + channels }

    /// A draw of one pixel.
    public func draw(_ features: Tensor, temperature: Double, chances: Tensor) -> Tensor {
        let mixture = mixture(features)
        let isRandom = temperature > 0
        let chosen =
            (isRandom
            ? (mixture.shares / temperature).choice(by: chances.selected(0, along: 1))
            : mixture.shares.argmax(along: 1)).unsqueezed(1)
        func part(_ numbers: Tensor) -> Tensor { numbers.gathered(chosen, along: 1) }
        var drawn: [Tensor] = []
        for channel in 0..<channels {
            var number = part(means(mixture, channel, before: drawn))
            if isRandom {
                let place = chances.selected(1 + channel, along: 1).reshaped([-1, 1, 1, 1])
                    .clamped(from: 1e-5, to: 1 - 1e-5)
                let away = place.log() - (1 - place).log()
                number = number + part(mixture.scales[channel]).exp() * away * temperature
            }
            drawn.append(PixelLevels.pictures(PixelLevels.levels(number)))
        }
        return Tensor.concatenated(drawn, along: 1)
    }

    /// The nearest levels' numbers, N×1×H×W for each channel.
    private func planes(_ pictures: Tensor) -> [Tensor] {
        let numbers = withoutGradients { PixelLevels.pictures(PixelLevels.levels(pictures)) }
        return (0..<channels).map { numbers.sliced($0..<$0 + 1, along: 1) }
    }
}
