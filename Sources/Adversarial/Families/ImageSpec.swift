import Neural
import Runs
import Settings
import Torch

/// The pictures that networks are for.
public struct ImageSpec: Codable, Sendable, Equatable {
    /// What a picture's label is.
    public enum LabelKind: String, Codable, Sendable, CaseIterable {
        /// There is none.
        case none
        /// One of so many classes.
        case classes
        /// So many properties, each there or not.
        case properties
        /// So many numbers.
        case scalars
        /// One of so many classes, and the pieces of a text behind it.
        case captions
    }

    /// Rows of a picture.
    public var height: Int
    /// Columns of a picture.
    public var width: Int
    /// Channels of a picture.
    public var channels: Int
    /// What a label is.
    public var labelKind: LabelKind
    /// Classes, properties or numbers in a label; 0 where there is none.
    public var labels: Int
    /// Whether pictures go on from their right edge to their left one.
    public var wraps: Bool

    /// Pictures of that size, with labels or without.
    public init(
        height: Int,
        width: Int,
        channels: Int,
        labels: Int = 0,
        labelKind: LabelKind = .classes,
        wraps: Bool = false
    ) {
        (self.height, self.width, self.channels) = (height, width, channels)
        self.labels = labels
        self.labelKind = labels == 0 ? .none : labelKind
        self.wraps = wraps
    }

    /// Labels as numbers, classes as ones among zeros.
    ///
    /// Shape: N whole numbers, N×(1 + pieces), or N×labels → N×labels.
    func vectors(_ labels: Tensor, as dtype: DType) -> Tensor {
        guard !labels.dtype.isFloatingPoint else { return labels.converted(to: dtype) }
        let classes = labelKind == .captions ? labels.selected(0, along: 1) : labels
        return classes.oneHot(classes: self.labels, dtype: dtype)
    }

    /// Labels as channels of pictures; zeros where a picture is looked at without one.
    ///
    /// Shape: labels and N×C×H×W → N×labels×H×W.
    func planes(_ labels: Tensor?, like pictures: Tensor) -> Tensor {
        let (count, _, rows, columns) = pictures.shape4
        let numbers =
            labels.map { self.vectors($0, as: pictures.dtype) }
            ?? Tensor.zeros([count, self.labels], dtype: pictures.dtype, device: pictures.device)
        return numbers.reshaped([count, self.labels, 1, 1])
            .expanded([count, self.labels, rows, columns])
    }

    /// Labels for so many pictures, each class equally likely; nothing where pictures have none or
    /// where labels are texts.
    ///
    /// Shape: count, or count×labels.
    public func randomLabels(
        _ count: Int,
        device: Device,
        using source: RandomSource
    ) -> Tensor? {
        switch labelKind {
        case .none, .captions: nil
        case .classes: .integers([count], below: labels, device: device, using: source)
        case .properties:
            .bernoulli([count, labels], probability: 0.5, device: device, using: source)
                .converted(to: .float32)
        case .scalars: .normal([count, labels], device: device, using: source)
        }
    }

    /// What no network is for: what a file says of its pictures may be anything.
    var problems: [SettingProblem] {
        var problems = SettingProblems()
        for (name, side) in [("height", height), ("width", width)] {
            problems.expect(side, in: 1...16_384, name)
        }
        problems.expect(channels, in: 1...4, "channels")
        problems.expect(labels, in: 0...1_000_000, "labels")
        return problems.all
    }

    /// What is wrong with the size for networks whose maps double or halve so many times.
    func problems(doublings: Int) -> [SettingProblem] {
        let factor = 1 << doublings
        var problems = SettingProblems()
        for (name, side) in [("height", height), ("width", width)] {
            problems.expect(
                side > 0 && side.isMultiple(of: factor),
                "",
                "a \(name) that is a multiple of \(factor)",
                found: "\(side)"
            )
        }
        problems.expect(
            (1...4).contains(channels),
            "",
            "1 to 4 channels",
            found: "\(channels)"
        )
        return problems.all
    }
}
