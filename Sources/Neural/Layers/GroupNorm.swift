import Checks
import Torch

/// Groups of channels brought to mean 0 and variance 1 in each picture, or all channels in each place of it, then
/// scaled and shifted.
///
/// Shape: N×channels×… → N×channels×….
///
/// Source: Wu and He, "Group normalization", ECCV 2018; by place, Liu et al., "A ConvNet for the 2020s", CVPR 2022.
public final class GroupNorm: Module {
    /// What each channel is multiplied by.
    public let weight: Parameter?
    /// What is added to each channel.
    public let bias: Parameter?

    private let groups: Int
    private let isByPlace: Bool
    private let epsilon: Double

    /// A layer that at first neither scales nor shifts.
    ///
    /// - Parameters:
    ///   - channels: Channels that come in and go out.
    ///   - groups: How many groups of neighbouring channels share their statistics.
    ///   - isByPlace: Whether each place of maps has statistics of its own, over all channels.
    ///   - epsilon: What is added to the variance before the root.
    ///   - hasScale: Whether channels are multiplied by learned numbers.
    ///   - hasShift: Whether learned numbers are added to channels.
    /// - Precondition: `groups` divides `channels`.
    public init(
        _ channels: Int,
        groups: Int,
        isByPlace: Bool = false,
        epsilon: Double = 1e-5,
        hasScale: Bool = true,
        hasShift: Bool = true
    ) {
        precondition(
            groups > 0 && channels % groups == 0,
            "\(groups) groups do not divide \(channels) channels"
        )
        (self.groups, self.isByPlace) = (groups, isByPlace)
        self.epsilon = epsilon
        weight = hasScale ? Parameter(wrappedValue: .ones([channels])) : nil
        bias = hasShift ? Parameter(wrappedValue: .zeros([channels])) : nil
    }

    /// The normalised channels.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        let (scale, shift) = (weight?.wrappedValue, bias?.wrappedValue)
        guard isByPlace else {
            return input.groupNormalized(
                groups: groups,
                scale: scale,
                shift: shift,
                epsilon: epsilon
            )
        }
        // Maps that lie with their channels last are read as they are.
        return input.permuted([0, 2, 3, 1])
            .layerNormalized([input.size(1)], scale: scale, shift: shift, epsilon: epsilon)
            .permuted([0, 3, 1, 2])
    }
}
