import Torch

/// Pictures with channels added that tell how much the pictures of a group differ.
///
/// Shape: N×C×H×W → N×(C + channels)×H×W.
///
/// Source: Karras et al., "Progressive growing of GANs", ICLR 2018, section 3. Picture i belongs to
/// the group of those whose number leaves the same remainder by N / group.
public struct MinibatchDeviation: Sendable, Hashable {
    /// Pictures in a group; fewer where that does not divide the batch.
    public let group: Int
    /// Channels that are added.
    public let channels: Int

    /// A layer.
    public init(group: Int = 4, channels: Int = 1) {
        (self.group, self.channels) = (group, channels)
    }

    /// The pictures with their group's deviation.
    public func callAsFunction(_ input: Tensor) -> Tensor {
        if let processes = ProcessGroup.current,
            groupSize(input.size(0)) != groupSize(processes.count * input.size(0))
        {
            // The groups of a share would be smaller than those of the batch: all look at the whole of it.
            let (whole, maps) = (input.wholeBatch(), input.size(1))
            let seen = ProcessGroup.$current.withValue(nil) { self(whole) }
            let plane = seen.sliced(maps..<maps + channels, along: 1)
            return Tensor.concatenated([input, plane.share(of: processes)], along: 1)
        }
        let (count, maps, rows, columns) = input.shape4
        let size = groupSize(count)
        let grouped = input.reshaped([size, count / size, channels, maps / channels, rows, columns])
        let centred = grouped - grouped.mean(over: [0], keepingDimensions: true)
        let deviation = (centred.squared().mean(over: [0]) + 1e-8).squareRoot()
            .mean(over: [2, 3, 4])
        let plane = deviation.reshaped([1, count / size, channels, 1, 1])
            .expanded([size, count / size, channels, rows, columns])
            .reshaped([count, channels, rows, columns])
        return Tensor.concatenated([input, plane], along: 1)
    }

    private func groupSize(_ count: Int) -> Int {
        (1...min(group, count)).last { count.isMultiple(of: $0) } ?? 1
    }
}
