/// Rows and columns: the size of a kernel, a stride, a border.
///
/// A whole number stands for a square: `kernel: 5`.
public struct Extent: Sendable, Hashable, ExpressibleByIntegerLiteral {
    /// Along the height.
    public let rows: Int
    /// Along the width.
    public let columns: Int

    /// Both sides named.
    public init(rows: Int, columns: Int) {
        self.rows = rows
        self.columns = columns
    }

    /// Equal sides.
    public init(_ side: Int) { self.init(rows: side, columns: side) }

    /// Equal sides.
    public init(integerLiteral side: Int) { self.init(side) }

    /// Rows, then columns, as operators want them.
    public var sizes: [Int] { [rows, columns] }

    /// Rows times columns.
    public var area: Int { rows * columns }

    /// The extent that a kernel of this size covers when its elements lie apart.
    func dilated(by dilation: Extent) -> Extent {
        Extent(
            rows: (rows - 1) * dilation.rows + 1,
            columns: (columns - 1) * dilation.columns + 1
        )
    }
}

extension Extent: Codable {
    /// One number for a square, otherwise rows and columns.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let side = try? container.decode(Int.self) {
            self.init(side)
            return
        }
        let sides = try container.decode([Int].self)
        guard sides.count == 2 else {
            throw DecodingError.dataCorruptedError(
                in: container,
                debugDescription: "expected a number or [rows, columns], found \(sides)"
            )
        }
        self.init(rows: sides[0], columns: sides[1])
    }

    /// One number for a square, otherwise rows and columns.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        if rows == columns {
            try container.encode(rows)
        } else {
            try container.encode(sizes)
        }
    }
}
