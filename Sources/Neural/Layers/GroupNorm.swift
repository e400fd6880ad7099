import Checks
import Torch

/// Groups of channels brought to mean 0 and variance 1 in each picture, then scaled and shifted.
///
/// Shape: N×channels×… → N×channels×….
///
/// Source: Wu and He, "Group normalization", ECCV 2018.
public final class GroupNorm: Module {
    /// What each channel is multiplied by.
    public let weight: Parameter?
    /// What is added to each channel.
    public let bias: Parameter?

    private let groups: Int
    private let epsilon: Double

    /// A layer that at first neither scales nor shifts.
    ///
    /// - Parameters:
    ///   - channels: Channels that come in and go out.
    ///   - groups: How many groups of neighbouring channels share their statistics.
    ///   - epsilon: What is added to the variance before the root.
    ///   - hasScale: Whether channels are multiplied by learned numbers.
    ///   - hasShift: Whether learned numbers are added to channels.
    /// - Precondition: `groups` divides `channels`.
    public init(
        _ channels: Int,
        groups: Int,
        epsilon: Double = 1e-5,
        hasScale: Bool = true,
        hasShift: Bool = true
    ) {
        precondition(
            groups > 0 && channels % groups == 0,
            "\(groups) groups do not divide \(channels) channels"
        )
        self.groups = groups
        self.epsilon = epsilon
        weight = hasScale ? Parameter(wrappedValue: .ones([channels])) : nil
        bias = hasShift ? Parameter(wrappedValue: .zeros([channels])) : nil
    }

    /// The normalised channels.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        input.groupNormalized(
            groups: groups,
            scale: weight?.wrappedValue,
            shift: bias?.wrappedValue,
            epsilon: epsilon
        )
    }
}
