import Torch

/// Pixels added before and after one side of a picture.
struct Border: Equatable {
    /// Above or to the left.
    let before: Int
    /// Below or to the right; never less than before.
    let after: Int

    /// How many windows find room.
    func places(size: Int, window: Int, stride: Int) -> Int {
        (size + before + after - window) / stride + 1
    }
}

/// The pixels added around a picture.
struct Borders: Equatable {
    /// Above and below.
    let rows: Border
    /// To the left and to the right.
    let columns: Border

    /// What both sides have: an operator's own padding.
    var common: [Int] { [rows.before, columns.before] }

    /// The pictures with only that added which an operator's own padding cannot say.
    func addingExcess(to pictures: Tensor, _ fill: Tensor.Padding = .constant(0)) -> Tensor {
        let below = rows.after - rows.before
        let right = columns.after - columns.before
        guard below > 0 || right > 0 else { return pictures }
        return pictures.padded([0, right, 0, below], fill)
    }

    /// The pictures with everything added.
    func added(to pictures: Tensor, _ fill: Tensor.Padding) -> Tensor {
        guard rows.after > 0 || columns.after > 0 else { return pictures }
        return pictures.padded([columns.before, columns.after, rows.before, rows.after], fill)
    }

    /// The pictures without that which an operator's own padding leaves over, laid without gaps.
    func removingExcess(from pictures: Tensor) -> Tensor {
        let below = rows.after - rows.before
        let right = columns.after - columns.before
        guard below > 0 || right > 0 else { return pictures }
        let (_, _, height, width) = pictures.shape4
        let rest = pictures.sliced(0..<height - below, along: 2).sliced(0..<width - right, along: 3)
        return pictures.isChannelsLast && !pictures.isContiguous
            ? rest.channelsLast() : rest.contiguous()
    }
}
