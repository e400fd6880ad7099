import Torch

/// Windows over a picture of any size, each drawn by itself, that overlap by half or more and are mixed so that no edge
/// shows.
///
/// A window counts most in its middle and next to nothing at its edges, where the next one counts most.
package struct BlendedWindows {
    /// Rows and columns of the picture.
    let size: (rows: Int, columns: Int)
    /// Rows and columns of a window.
    let window: (rows: Int, columns: Int)

    /// Windows of that size over a picture of that size.
    package init(size: (rows: Int, columns: Int), window: (rows: Int, columns: Int)) {
        (self.size, self.window) = (size, window)
    }

    /// A picture with all places of windows drawn.
    ///
    /// - Parameters:
    ///   - picture: 1×C×H×W; where it is smaller than a window it goes on mirrored at its edges.
    ///   - together: Windows drawn at once.
    ///   - draw: N×C×rows×columns → as many of the same size.
    /// - Returns: 1×C×H×W on the processor.
    package func drawn(_ picture: Tensor, together: Int, _ draw: (Tensor) -> Tensor) -> Tensor {
        let whole = Self.mirrored(picture, to: window)
        let (_, channels, rows, columns) = whole.shape4
        let places = Self.starts(rows, window.rows).flatMap { top in
            Self.starts(columns, window.columns).map { (top: top, left: $0) }
        }
        var sum = [Float](repeating: 0, count: channels * rows * columns)
        var weights = [Float](repeating: 0, count: rows * columns)
        let (down, across) = (Self.weights(window.rows), Self.weights(window.columns))
        for start in stride(from: 0, to: places.count, by: together) {
            let some = places[start..<min(start + together, places.count)]
            let parts = some.map { place in
                whole.sliced(place.top..<place.top + window.rows, along: 2)
                    .sliced(place.left..<place.left + window.columns, along: 3)
            }
            let drawn = draw(Tensor.concatenated(parts)).moved(to: .cpu).floats()
            for (number, place) in some.enumerated() {
                for row in 0..<window.rows {
                    let line = (place.top + row) * columns + place.left
                    for column in 0..<window.columns {
                        let weight = down[row] * across[column]
                        weights[line + column] += weight
                        for channel in 0..<channels {
                            let from =
                                ((number * channels + channel) * window.rows + row)
                                * window.columns + column
                            sum[channel * rows * columns + line + column] += drawn[from] * weight
                        }
                    }
                }
            }
        }
        for place in sum.indices { sum[place] /= weights[place % weights.count] }
        return Tensor(sum, shape: [1, channels, rows, columns])
            .sliced(0..<size.rows, along: 2).sliced(0..<size.columns, along: 3)
    }

    /// Where windows begin along a side: evenly, half a window apart at most.
    package static func starts(_ length: Int, _ window: Int) -> [Int] {
        guard length > window else { return [0] }
        let step = max(window / 2, 1)
        let gaps = (length - window + step - 1) / step
        return (0...gaps).map { $0 * (length - window) / gaps }
    }

    /// What each place of a window counts along a side.
    static func weights(_ window: Int) -> [Float] {
        (0..<window).map { Float(min($0, window - 1 - $0)) + 0.5 }
    }

    /// A picture of the window's size or more, mirrored at its right and lower edges.
    static func mirrored(_ picture: Tensor, to window: (rows: Int, columns: Int)) -> Tensor {
        func places(_ length: Int, _ wanted: Int) -> Tensor {
            let period = max(2 * (length - 1), 1)
            return Tensor(
                (0..<max(length, wanted)).map { place in
                    let within = place % period
                    return within < length ? within : period - within
                }
            ).moved(to: picture.device)
        }
        guard picture.size(2) < window.rows || picture.size(3) < window.columns else {
            return picture
        }
        return picture.selected(at: places(picture.size(2), window.rows), along: 2)
            .selected(at: places(picture.size(3), window.columns), along: 3)
    }
}
