import Checks
import Neural
import Torch

/// Features of a PixelCNN++, pixel by pixel: the upper stream once a row, the left one once a
/// pixel, and of smaller sizes only every second row and pixel, fourth, and so on.
final class PlusWalk: PixelWalk {
    private let network: PixelCNNPlus
    private let count: Int
    private let columns: Int
    private let known: [Tensor]
    private var memories: [ObjectIdentifier: CausalConvolution.Memory] = [:]
    private var row = -1
    private var column = 0
    /// The last row of pixels, and its pixels so far.
    private var line: Tensor
    private var drawn: [Tensor] = []
    /// The present row of the upper stream, by sizes.
    private var above: PixelStream.Trace
    /// Two rows of each size but the last, doubled from the next smaller one.
    private var doubledRows: [Tensor?]
    /// Squares of two by two pixels, likewise, by their column.
    private var doubledPixels: [[Int: Tensor]]
    /// What the left stream gets from the row above, and from the pixel before.
    private var fromAbove: Tensor
    private var fromLeft: Tensor

    init(_ network: PixelCNNPlus, count: Int, columns: Int, known: [Tensor]) {
        (self.network, self.count, self.columns, self.known) = (network, count, columns, known)
        let scales = network.settings.scales
        let empty = [[Tensor]](repeating: [], count: scales)
        above = PixelStream.Trace(there: empty, back: empty)
        doubledRows = [Tensor?](repeating: nil, count: scales)
        doubledPixels = [[Int: Tensor]](repeating: [:], count: scales)
        let zeros = Tensor.zeros([count, network.width, 1, columns])
        line = Tensor.zeros([count, network.spec.channels, 1, columns])
        (fromAbove, fromLeft) = (zeros, zeros.sliced(0..<1, along: 3))
    }

    private func memory(_ convolution: CausalConvolution, scale: Int) -> CausalConvolution.Memory {
        let name = ObjectIdentifier(convolution)
        if let memory = memories[name] { return memory }
        let memory = convolution.memory(count: count, columns: columns >> scale)
        memories[name] = memory
        return memory
    }

    private func row(_ convolution: CausalConvolution, _ line: Tensor, scale: Int) -> Tensor? {
        convolution.row(line, memory(convolution, scale: scale))
    }

    private func pixel(_ convolution: CausalConvolution, _ pixel: Tensor, scale: Int) -> Tensor? {
        convolution.pixel(pixel, memory(convolution, scale: scale))
    }

    private func whole(_ found: Tensor?) -> Tensor {
        guard let found else { preconditionFailure("a block's convolution left a place out") }
        return found
    }

    func beginRow() {
        let zeros = Tensor.zeros([count, network.width, 1, columns])
        var first = zeros
        fromAbove = zeros
        if row >= 0 {
            endRow()
            first = whole(row(network.firstUpper, line, scale: 0))
            fromAbove = whole(row(network.firstAbove, line, scale: 0))
        }
        row += 1
        column = 0
        fromLeft = zeros.sliced(0..<1, along: 3)
        walkRow(first)
    }

    /// Ends the row in all memories of single pixels.
    private func endRow() {
        line = network.bordered(Tensor.concatenated(drawn, along: 3))
        drawn = []
        for (convolution, scale) in leftConvolutions where row.isMultiple(of: 1 << scale) {
            convolution.endRow(memory(convolution, scale: scale))
        }
    }

    /// The left stream's convolutions and the size of what they see.
    private lazy var leftConvolutions: [(CausalConvolution, Int)] =
        [(network.firstLeft, 0)] + network.left.convolutions

    private func known(_ scale: Int, row: Int) -> Tensor? {
        known.isEmpty ? nil : known[scale].sliced(row..<row + 1, along: 2)
    }

    /// The upper stream's next row, at every size that has one.
    private func walkRow(_ first: Tensor) {
        let stream = network.upper
        var x = first
        var top = 0
        while true {
            let scale = top
            above.there[scale] = stream.there(
                scale,
                x,
                beside: nil,
                known(scale, row: row >> scale)
            ) { self.whole(self.row($0, $1, scale: scale)) }
            guard scale < stream.scales - 1 else { break }
            let last = above.there[scale][above.there[scale].count - 1]
            guard let next = row(stream.halvings[scale], last, scale: scale) else { break }
            x = next
            top += 1
        }
        for scale in (0...top).reversed() {
            let here = row >> scale
            if scale == stream.scales - 1 {
                x = above.there[scale][above.there[scale].count - 1]
            } else {
                let line = here % 2
                x = whole(doubledRows[scale]).sliced(line..<line + 1, along: 2)
            }
            above.back[scale] = stream.back(
                scale,
                x,
                above.there[scale],
                beside: nil,
                known(scale, row: here)
            ) { self.whole(self.row($0, $1, scale: scale)) }
            let last = above.back[scale][above.back[scale].count - 1]
            if scale > 0 { doubledRows[scale - 1] = stream.doubled(scale - 1, last) }
        }
    }

    func features() -> Tensor {
        let stream = network.left
        func at(_ column: Int, _ maps: Tensor) -> Tensor {
            maps.sliced(column..<column + 1, along: 3)
        }
        var there = [[Tensor]](repeating: [], count: stream.scales)
        var x = at(column, fromAbove) + fromLeft
        var top = 0
        while true {
            let scale = top
            let here = column >> scale
            there[scale] = stream.there(
                scale,
                x,
                beside: above.there[scale].map { at(here, $0) },
                known(scale, row: row >> scale).map { at(here, $0) }
            ) { self.whole(self.pixel($0, $1, scale: scale)) }
            guard scale < stream.scales - 1 else { break }
            let last = there[scale][there[scale].count - 1]
            guard let next = pixel(stream.halvings[scale], last, scale: scale) else { break }
            x = next
            top += 1
        }
        for scale in (0...top).reversed() {
            let here = column >> scale
            if scale == stream.scales - 1 {
                x = there[scale][there[scale].count - 1]
            } else {
                let (line, place) = ((row >> scale) % 2, here % 2)
                x = at(place, whole(doubledPixels[scale][here / 2]))
                    .sliced(line..<line + 1, along: 2)
            }
            let back = stream.back(
                scale,
                x,
                there[scale],
                beside: above.back[scale].map { at(here, $0) },
                known(scale, row: row >> scale).map { at(here, $0) }
            ) { self.whole(self.pixel($0, $1, scale: scale)) }
            x = back[back.count - 1]
            if scale > 0 { doubledPixels[scale - 1][here] = stream.doubled(scale - 1, x) }
        }
        return x.elu()
    }

    func append(_ pixel: Tensor) {
        drawn.append(pixel)
        column += 1
        fromLeft = whole(
            self.pixel(network.firstLeft, network.bordered(pixel), scale: 0)
        )
    }
}
