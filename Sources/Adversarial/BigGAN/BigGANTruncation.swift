import Foundation
import Torch

/// Which of the kept statistics belong to a truncation.
struct BigGANTruncation {
    private let row: Int
    private let share: Double

    /// The place of a truncation among rows that lie evenly from 0 to 1.
    ///
    /// Both divisions are those of the reference, in its order: a truncation such as 0.58 falls a hair short of its row.
    init(_ truncation: Double, rows: Int) {
        let place = min(max(truncation, 0), 1) / (1 / Double(rows - 1))
        row = min(Int(place), rows - 1)
        share = row == rows - 1 ? 0 : place - Double(row)
    }

    /// Statistics of the truncation.
    ///
    /// Between two rows the *lower* counts by the fraction. That is the wrong way round, and what the published
    /// program does: the same pictures follow.
    ///
    /// Shape: rows×channels → channels.
    func callAsFunction(_ table: Tensor) -> Tensor {
        guard share > 0 else { return table.selected(row) }
        return table.selected(row) * share + table.selected(row + 1) * (1 - share)
    }
}
