import Checks
import Torch

/// Each channel of each picture brought to mean 0 and variance 1, then scaled and shifted.
///
/// Shape: N×channels×… → N×channels×….
///
/// Source: Ulyanov, Vedaldi and Lempitsky, "Instance normalization", 2016. As in PyTorch there is
/// neither scale nor shift unless asked for.
public final class InstanceNorm: Module {
    /// What each channel is multiplied by.
    public let weight: Parameter?
    /// What is added to each channel.
    public let bias: Parameter?

    private let channels: Int
    private let epsilon: Double

    /// A layer that at first neither scales nor shifts.
    ///
    /// - Parameters:
    ///   - channels: Channels that come in and go out.
    ///   - epsilon: What is added to the variance before the root.
    ///   - hasScale: Whether channels are multiplied by learned numbers.
    ///   - hasShift: Whether learned numbers are added to channels.
    public init(
        _ channels: Int,
        epsilon: Double = 1e-5,
        hasScale: Bool = false,
        hasShift: Bool = false
    ) {
        self.channels = channels
        self.epsilon = epsilon
        weight = hasScale ? Parameter(wrappedValue: .ones([channels])) : nil
        bias = hasShift ? Parameter(wrappedValue: .zeros([channels])) : nil
    }

    /// The normalised channels.
    ///
    /// - Precondition: more than one value per channel of a picture.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        precondition(
            input.rank > 2 && input.count > input.size(0) * input.size(1),
            "no statistics of one value per channel in \(input.summary)"
        )
        // As many groups as channels: the same mathematics.
        return input.groupNormalized(
            groups: channels,
            scale: weight?.wrappedValue,
            shift: bias?.wrappedValue,
            epsilon: epsilon
        )
    }
}
