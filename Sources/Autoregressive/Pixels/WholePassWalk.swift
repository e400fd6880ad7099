import Torch

/// Features pixel by pixel, each from a pass over the whole picture: what a cache is checked by.
final class WholePassWalk: PixelWalk {
    private let trunk: any PixelTrunk
    private let condition: PixelCondition
    private var pictures: Tensor
    private var row = -1
    private var column = 0

    init(_ trunk: any PixelTrunk, _ pictures: Tensor, _ condition: PixelCondition) {
        (self.trunk, self.pictures, self.condition) = (trunk, pictures, condition)
    }

    func beginRow() {
        row += 1
        column = 0
    }

    func features() -> Tensor {
        trunk(pictures, condition).sliced(row..<row + 1, along: 2)
            .sliced(column..<column + 1, along: 3)
    }

    func append(_ pixel: Tensor) {
        let columns = pictures.size(3)
        let (count, channels, _, _) = pixel.shape4
        let zeros = { (width: Int) in Tensor.zeros([count, channels, 1, width]) }
        let line = Tensor.concatenated(
            [
                pictures.sliced(row..<row + 1, along: 2).sliced(0..<column, along: 3), pixel,
                zeros(columns - column - 1),
            ],
            along: 3
        )
        let (above, below) = (
            pictures.sliced(0..<row, along: 2),
            pictures.sliced(row + 1..<pictures.size(2), along: 2)
        )
        pictures = Tensor.concatenated([above, line, below], along: 2)
        column += 1
    }
}
