import Torch

/// The table of pieces of text: in memory, or in its file, since a prompt needs few of its rows.
enum PieceTable {
    /// In memory.
    case kept(Tensor)
    /// In its file.
    case stored(StoredTable)

    /// The type of its numbers.
    var dtype: DType {
        switch self {
        case .kept(let table): table.dtype
        case .stored(let table): table.dtype
        }
    }

    /// The vectors of pieces, on the processor.
    ///
    /// - Parameter pieces: Their numbers.
    /// - Returns: pieces×width.
    func rows(_ pieces: [Int]) -> Tensor {
        switch self {
        case .kept(let table): Tensor(pieces).embedded(in: table)
        case .stored(let table): table.rows(pieces)
        }
    }
}
