/// How much border a window over a picture gets.
public enum Padding: Sendable, Hashable {
    /// None: only whole windows.
    case valid
    /// As much as gives ⌈size / stride⌉ places; the odd pixel comes after, as in TensorFlow.
    case same
    /// So much on both sides, as in PyTorch.
    case explicit(Extent)

    /// The border of one side of a picture.
    ///
    /// Source: TensorFlow, `tf.nn`, notes on padding: the total is
    /// max((⌈size / stride⌉ − 1)·stride + window − size, 0), half of it before, the rest after.
    private func border(size: Int, window: Int, stride: Int, explicit: (Extent) -> Int) -> Border {
        switch self {
        case .valid:
            return Border(before: 0, after: 0)
        case .same:
            let places = (size + stride - 1) / stride
            let total = max((places - 1) * stride + window - size, 0)
            return Border(before: total / 2, after: total - total / 2)
        case .explicit(let extent):
            return Border(before: explicit(extent), after: explicit(extent))
        }
    }

    /// The borders of a picture for a window of that extent.
    func borders(
        of size: (rows: Int, columns: Int),
        window: Extent,
        stride: Extent
    ) -> Borders {
        Borders(
            rows: border(
                size: size.rows,
                window: window.rows,
                stride: stride.rows,
                explicit: \.rows
            ),
            columns: border(
                size: size.columns,
                window: window.columns,
                stride: stride.columns,
                explicit: \.columns
            )
        )
    }
}

extension Padding: Codable {
    /// `valid`, `same`, or the border's size.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        guard let name = try? container.decode(String.self) else {
            self = .explicit(try container.decode(Extent.self))
            return
        }
        switch name {
        case "valid": self = .valid
        case "same": self = .same
        default:
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "expected valid, same or a size, found '\(name)'"
            )
        }
    }

    /// `valid`, `same`, or the border's size.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .valid: try container.encode("valid")
        case .same: try container.encode("same")
        case .explicit(let extent): try container.encode(extent)
        }
    }
}
