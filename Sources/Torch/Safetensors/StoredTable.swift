import Checks

/// A table that stays in its file: rows are read when they are asked for.
///
/// The file is kept open, so that it may be removed or replaced meanwhile.
public struct StoredTable {
    /// Rows and columns.
    public let shape: [Int]
    /// The type of the numbers.
    public var dtype: DType { type.dtype }
    private let type: StoredType
    private let source: any ByteSource
    private let start: Int

    /// A table in a file whose numbers begin there; nothing for what has not two dimensions.
    init?(_ entry: SafetensorsHeader.Entry, _ source: any ByteSource, _ start: Int) {
        guard entry.shape.count == 2 else { return nil }
        (shape, type, self.source) = (entry.shape, entry.type, source)
        self.start = start + entry.range.lowerBound
    }

    /// These rows; ends the process where the disk no longer gives them.
    ///
    /// - Parameter rows: Their numbers.
    /// - Returns: rows×columns.
    public func rows(_ rows: [Int]) -> Tensor {
        let length = shape[1] * type.byteCount
        let buffer = UnsafeMutableRawBufferPointer.allocate(
            byteCount: max(rows.count * length, 1),
            alignment: 16
        )
        defer { buffer.deallocate() }
        for (place, row) in rows.enumerated() {
            precondition(shape[0] > row && row >= 0, "row \(row) of \(shape[0])")
            let part = UnsafeMutableRawBufferPointer(
                rebasing: buffer[place * length..<(place + 1) * length]
            )
            do throws(TorchError) {
                try source.read(into: part, at: start + row * length)
            } catch {
                endProcess("\(error)")
            }
        }
        return type.tensor(
            UnsafeMutableRawBufferPointer(rebasing: buffer[..<(rows.count * length)]),
            shape: [rows.count, shape[1]]
        )
    }
}
