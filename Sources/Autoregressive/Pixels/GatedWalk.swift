import Neural
import Torch

/// Features of a gated PixelCNN, pixel by pixel: rows of the upper stack are computed once a row,
/// the left stack once a pixel.
final class GatedWalk: PixelWalk {
    private let network: GatedPixelCNN
    private let columns: Int
    private let known: Tensor?
    /// The rows that each layer's windows still need, the newest last: N×inputs×1×columns.
    private var rows: [[Tensor]]
    /// What each layer's left stack gets from above and from what is known: N×2·width×1×columns.
    private var fromAbove: [Tensor] = []
    /// The pixels that each layer's windows still need, the newest last: N×inputs×1×1.
    private var pixels: [[Tensor]] = []
    private var row = -1
    private var column = 0
    private var drawn: [Tensor] = []
    private let empty: [Tensor]

    init(_ network: GatedPixelCNN, count: Int, columns: Int, known: Tensor?) {
        (self.network, self.columns, self.known) = (network, columns, known)
        let first = network.layers[0]
        let empty = network.layers.map {
            Tensor.zeros(
                [count, $0.upper.weight.size(1), 1, columns],
                device: first.upper.weight.device
            )
        }
        self.empty = empty
        rows = zip(network.layers, empty).map { [Tensor](repeating: $1, count: $0.kernel / 2) }
    }

    func beginRow() {
        if row >= 0 { rows[0].append(Tensor.concatenated(drawn, along: 3)) }
        row += 1
        column = 0
        drawn = []
        fromAbove = []
        let here = known.map { $0.size(2) == 1 ? $0 : $0.sliced(row..<row + 1, along: 2) }
        var maps: Tensor?
        for (index, layer) in network.layers.enumerated() {
            // The first layer's window ends above this row; others' end in it.
            if let maps { rows[index].append(maps) }
            let window = Tensor.concatenated(Array(rows[index].suffix(layer.reach)), along: 2)
            let side = layer.kernel / 2
            let conditions = layer.conditions(here)
            let sums = layer.adding(
                conditions?.above,
                to: layer.upper(window.padded([side, side, 0, 0]))
            )
            fromAbove.append(layer.adding(conditions?.left, to: layer.across(sums)))
            maps = sums.gated()
            rows[index] = Array(rows[index].suffix(layer.kernel / 2))
        }
        pixels = network.layers.indices.map { index in
            let layer = network.layers[index]
            let none = empty[index].sliced(0..<1, along: 3)
            return [Tensor](repeating: none, count: layer.kernel / 2)
        }
    }

    func features() -> Tensor {
        var total: Tensor?
        var maps: Tensor?
        for (index, layer) in network.layers.enumerated() {
            if let maps { pixels[index].append(maps) }
            let window = Tensor.concatenated(Array(pixels[index].suffix(layer.reach)), along: 3)
            let sums =
                layer.leftward(window)
                + fromAbove[index].sliced(column..<column + 1, along: 3)
            let found = layer.handed(sums, on: maps ?? sums)
            maps = found.maps
            total = total.map { $0 + found.skip } ?? found.skip
            pixels[index] = Array(pixels[index].suffix(layer.kernel / 2))
        }
        return network.finished(total)
    }

    func append(_ pixel: Tensor) {
        pixels[0].append(pixel)
        pixels[0].removeFirst()
        drawn.append(pixel)
        column += 1
    }
}
