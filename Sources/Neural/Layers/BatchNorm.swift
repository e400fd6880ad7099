import Torch

/// Channels brought to mean 0 and variance 1 over the batch, then scaled and shifted.
///
/// In training the statistics are the batch's, and the running ones move towards them:
/// running · decay + batch · (1 − decay). In use the running ones take their place.
///
/// Shape: N×channels → N×channels; N×channels×… → N×channels×….
///
/// Source: Ioffe and Szegedy, "Batch normalization", ICML 2015. Keras' defaults are decay 0.99 and
/// epsilon 1e-3; PyTorch's are decay 0.9 (it says momentum 0.1), epsilon 1e-5 and an unbiased
/// running variance.
public final class BatchNorm: Module {
    /// What each channel is multiplied by.
    public let weight: Parameter?
    /// What is added to each channel.
    public let bias: Parameter?
    /// Means met in training.
    @Buffer public var runningMean: Tensor
    /// Variances met in training.
    @Buffer public var runningVariance: Tensor
    /// Batches met in training.
    @Buffer public var batchCount: Tensor

    private let decay: Double?
    private var takesMean = false
    private let epsilon: Double
    private let countsUnbiased: Bool

    /// A layer that at first changes nothing in use.
    ///
    /// - Parameters:
    ///   - channels: Channels that come in and go out.
    ///   - decay: The share of the running statistics that a batch leaves; when absent they are
    ///     the mean over all batches met.
    ///   - epsilon: What is added to the variance before the root.
    ///   - countsUnbiased: Whether the running variance divides by one less than the number of
    ///     values, as in PyTorch; otherwise by their number, as in Keras.
    ///   - hasScale: Whether channels are multiplied by learned numbers.
    ///   - hasShift: Whether learned numbers are added to channels.
    public init(
        _ channels: Int,
        decay: Double?,
        epsilon: Double,
        countsUnbiased: Bool = false,
        hasScale: Bool = true,
        hasShift: Bool = true
    ) {
        self.decay = decay
        self.epsilon = epsilon
        self.countsUnbiased = countsUnbiased
        weight = hasScale ? Parameter(wrappedValue: .ones([channels])) : nil
        bias = hasShift ? Parameter(wrappedValue: .zeros([channels])) : nil
        runningMean = .zeros([channels])
        runningVariance = .ones([channels])
        batchCount = Tensor([0], shape: [])
    }

    /// The normalised channels.
    ///
    /// One value per channel, as of a single picture after a dense layer, is its own mean: what comes out
    /// is the shift, as in Keras, and the running variance stays as it was.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        guard isTraining else {
            return normalized(input, runningMean, runningVariance)
        }
        if let group = ProcessGroup.current { return normalized(input, over: group) }
        let values = input.count / max(input.size(1), 1)
        // With momentum 1 the operator leaves the batch's own statistics in these.
        let mean = runningMean.zerosLike()
        let variance = runningVariance.zerosLike()
        let output = normalized(input, mean, variance)
        // The operator's variance is unbiased.
        let correction = countsUnbiased ? 1 : Double(values - 1) / Double(values)
        withoutGradients { count(mean, values > 1 ? variance : nil, correction: correction) }
        return output
    }

    /// The normalised channels through a leaky ReLU; in training both in one pass where there is a
    /// kernel for it.
    ///
    /// - Precondition: `slope ≥ 0`.
    public func leaky(_ input: Tensor, slope: Double) -> Tensor {
        let isShort = input.dtype == .float32 || input.dtype == .bfloat16
        guard isTraining, isShort, input.device == .cpu, input.rank == 2 || input.rank == 4,
            input.size(1).isMultiple(of: 16), input.count > input.size(1),
            ProcessGroup.current == nil
        else { return self(input).leakyRelu(slope: slope) }
        let values = input.count / input.size(1)
        let (output, mean, variance) = input.batchNormalizedLeaky(
            scale: weight?.wrappedValue,
            shift: bias?.wrappedValue,
            epsilon: epsilon,
            slope: slope
        )
        withoutGradients { count(mean, variance, correction: unbiasing(values)) }
        return output
    }

    /// The layer in use, as a number that each channel is multiplied by and one that is added.
    public var folded: (scale: Tensor, shift: Tensor) {
        let inverse = (runningVariance + epsilon).squareRoot().reciprocal()
        let scale = weight.map { inverse * $0.wrappedValue } ?? inverse
        let shift = -(runningMean * scale)
        return (scale, bias.map { shift + $0.wrappedValue } ?? shift)
    }

    private func normalized(_ input: Tensor, _ mean: Tensor, _ variance: Tensor) -> Tensor {
        input.batchNormalized(
            scale: weight?.wrappedValue,
            shift: bias?.wrappedValue,
            runningMean: mean,
            runningVariance: variance,
            isTraining: isTraining,
            momentum: 1,
            epsilon: epsilon
        )
    }

    /// The channels normalised by the statistics of the whole batch that processes share.
    ///
    /// Each tells its means and variances; the variance of all is the mean of theirs and of how far
    /// their means lie from that of all, so nothing is lost where a mean is large.
    private func normalized(_ input: Tensor, over group: ProcessGroup) -> Tensor {
        let x = input.dtype == .float64 ? input : input.converted(to: .float32)
        let axes = [0] + (2..<max(input.rank, 2)).map { $0 }
        let shape = [1, input.size(1)] + axes.dropFirst().map { _ in 1 }
        let own = x.mean(over: axes)
        let spread = (x - own.reshaped(shape)).squared().mean(over: axes)
        let all = Tensor.stacked([own, spread]).rowOfEach(of: group)
        let (means, variances) = (all.selected(0, along: 1), all.selected(1, along: 1))
        let mean = means.mean(over: [0])
        let variance =
            variances.mean(over: [0]) + (means - mean.unsqueezed(0)).squared().mean(over: [0])
        let values = group.count * (input.count / max(input.size(1), 1))
        withoutGradients {
            count(
                mean.detached().converted(to: runningMean.dtype),
                values > 1 ? variance.detached().converted(to: runningVariance.dtype) : nil,
                correction: unbiasing(max(values, 2))
            )
        }
        let inverse = (variance + epsilon).squareRoot().reciprocal()
        let scale = weight.map { inverse * $0.wrappedValue } ?? inverse
        let scaled = (x - mean.reshaped(shape)) * scale.reshaped(shape)
        let output = bias.map { scaled + $0.wrappedValue.reshaped(shape) } ?? scaled
        return output.converted(to: input.dtype)
    }

    /// What a biased variance of so many values is multiplied by.
    private func unbiasing(_ values: Int) -> Double {
        countsUnbiased ? Double(values) / Double(values - 1) : 1
    }

    private func count(_ mean: Tensor, _ variance: Tensor?, correction: Double) {
        batchCount = batchCount + 1
        let share =
            takesMean ? 1 / batchCount.item() : decay.map { 1 - $0 } ?? 1 / batchCount.item()
        runningMean = runningMean * (1 - share) + mean * share
        guard let variance else { return }
        runningVariance = runningVariance * (1 - share) + variance * (share * correction)
    }
}

extension Module {
    /// Takes all batch normalisations' running statistics anew: the mean over the batches that the
    /// body runs in training.
    public func restartStatistics(_ body: () -> Void) {
        let norms = members.modules.compactMap { $0.module as? BatchNorm }
        let was = isTraining
        setTraining(true)
        for norm in norms { norm.restart(true) }
        body()
        for norm in norms { norm.restart(false) }
        setTraining(was)
    }
}

extension BatchNorm {
    fileprivate func restart(_ begins: Bool) {
        takesMean = begins
        guard begins else { return }
        runningMean = runningMean.zerosLike()
        runningVariance = runningVariance.zerosLike()
        batchCount = batchCount.zerosLike()
    }
}
