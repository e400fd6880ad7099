import Checks
import Neural
import Torch

/// Features of a gated PixelCNN, pixel by pixel: rows of the upper stack are computed once a row,
/// the left stack once a pixel.
///
/// A pixel is a vector, so that its layers are matrix products: those need a third of the time that
/// convolutions of a single place do.
final class GatedWalk: PixelWalk {
    private let network: GatedPixelCNN
    private let columns: Int
    private let known: Tensor?
    private let places: (above: Tensor, left: Tensor)
    private let device: Device
    private let count: Int
    /// The left stack's layers as matrices.
    private let lines: [Line]
    /// The last layer as a matrix.
    private let last: Matrix
    /// The rows that each layer's windows still need, the newest last: N×inputs×1×columns.
    private var rows: [[Tensor]]
    /// What each layer's left stack gets at each column of the row: N×2·width.
    private var fromAbove: [[Tensor]] = []
    /// The pixels that each layer's windows still need, the newest last: N×inputs.
    private var pixels: [[Tensor]] = []
    private var row = -1
    private var column = 0
    private var drawn: [Tensor] = []

    /// A layer of a pixel.
    private struct Matrix {
        let weight: Tensor
        let bias: Tensor?

        /// The layer whose window is a line: its vectors come one after the other.
        init(_ layer: Convolution2D) {
            let outputs = layer.weight.size(0)
            weight = layer.weight.detached().permuted([0, 2, 3, 1]).reshaped([outputs, -1])
            bias = layer.bias?.wrappedValue.detached()
        }

        func callAsFunction(_ vectors: Tensor) -> Tensor {
            vectors.linear(weight: weight, bias: bias)
        }
    }

    /// A layer of the left stack.
    private struct Line {
        let leftward: Matrix
        let output: Matrix
    }

    init(
        _ network: GatedPixelCNN,
        count: Int,
        columns: Int,
        known: Tensor?,
        places: (above: Tensor, left: Tensor)
    ) {
        (self.network, self.columns, self.known) = (network, columns, known)
        self.places = places
        self.count = count
        let device = network.layers[0].upper.weight.device
        self.device = device
        lines = network.layers.map {
            Line(leftward: Matrix($0.leftward), output: Matrix($0.output))
        }
        last = Matrix(network.last)
        rows = network.layers.map {
            let empty = Tensor.zeros([count, $0.upper.weight.size(1), 1, columns], device: device)
            return [Tensor](repeating: empty, count: $0.kernel / 2)
        }
    }

    func beginRow() {
        if row >= 0 {
            let line = Tensor.stacked(drawn, along: 2).unsqueezed(2)
            rows[0].append(line)
        }
        row += 1
        column = 0
        drawn = []
        fromAbove = []
        func ofRow(_ maps: Tensor) -> Tensor {
            maps.size(2) == 1 ? maps : maps.sliced(row..<row + 1, along: 2)
        }
        let here = known.map(ofRow)
        var maps: Tensor?
        for (index, layer) in network.layers.enumerated() {
            // The first layer's window ends above this row; others' end in it.
            if let maps { rows[index].append(maps) }
            let window = Tensor.concatenated(Array(rows[index].suffix(layer.reach)), along: 2)
            let side = layer.kernel / 2
            let conditions = network.conditions(
                of: layer,
                here,
                index == 0 ? (ofRow(places.above), ofRow(places.left)) : nil
            )
            let sums = layer.adding(
                conditions?.above,
                to: layer.upper(window.padded([side, side, 0, 0]))
            )
            let below = layer.adding(conditions?.left, to: layer.across(sums))
            // Column by column: 1×N×2·width each.
            let byColumn = below.squeezed(2).permuted([2, 0, 1]).contiguous()
            fromAbove.append((0..<columns).map { byColumn.selected($0) })
            maps = sums.gated()
            rows[index] = Array(rows[index].suffix(layer.kernel / 2))
        }
        pixels = network.layers.map { layer in
            let none = Tensor.zeros([count, layer.leftward.weight.size(1)], device: device)
            return [Tensor](repeating: none, count: layer.kernel / 2)
        }
    }

    func features() -> Tensor {
        var total: Tensor?
        var vector: Tensor?
        for (index, layer) in network.layers.enumerated() {
            if let vector { pixels[index].append(vector) }
            let window = Tensor.concatenated(Array(pixels[index].suffix(layer.reach)), along: 1)
            let sums = lines[index].leftward(window) + fromAbove[index][column]
            let both = lines[index].output(sums.gated()).split(
                [network.width, network.width],
                along: 1
            )
            vector = vector.map { $0 + both[0] } ?? both[0]
            total = total.map { $0 + both[1] } ?? both[1]
            pixels[index] = Array(pixels[index].suffix(layer.kernel / 2))
        }
        guard let total else { preconditionFailure("a PixelCNN without layers") }
        return last(total.relu()).relu().reshaped([count, -1, 1, 1])
    }

    func append(_ pixel: Tensor) {
        let vector = pixel.reshaped([count, -1])
        pixels[0].append(vector)
        pixels[0].removeFirst()
        drawn.append(vector)
        column += 1
    }
}
