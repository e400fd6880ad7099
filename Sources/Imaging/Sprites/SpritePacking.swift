/// Places of rectangles on the smallest sheet that is found for them.
///
/// Source: Jylänki, "A thousand ways to pack the bin", 2010: the skyline, lowest place first.
struct SpritePacking {
    /// Pixels across.
    let width: Int
    /// Pixels down.
    let height: Int
    /// The upper left corner of each rectangle, in the order that they were given in.
    let corners: [(x: Int, y: Int)]

    /// Finds places for rectangles.
    ///
    /// - Parameters:
    ///   - sizes: Of the rectangles.
    ///   - border: Pixels that stay free at the left and above.
    ///   - longestSide: Pixels of a side at most.
    ///   - isPowerOfTwo: Whether sides are powers of two.
    /// - Throws: `ImagingError/noSheet(reason:)` where they do not fit.
    init(
        _ sizes: [(width: Int, height: Int)],
        border: Int,
        longestSide: Int,
        isPowerOfTwo: Bool
    ) throws {
        func side(_ least: Int) -> Int {
            guard isPowerOfTwo else { return least }
            var side = 1
            while side < least { side *= 2 }
            return side
        }
        // High ones first, then wide ones.
        let order = sizes.indices.sorted { a, b in
            (sizes[b].height, sizes[b].width, a) < (sizes[a].height, sizes[a].width, b)
        }
        let area = sizes.reduce(0.0) { $0 + Double($1.width * $1.height) }
        var across = max(
            sizes.map(\.width).max() ?? 1,
            Int(area.squareRoot() * 0.8)
        )
        var best: (width: Int, height: Int, corners: [(x: Int, y: Int)])?
        while true {
            let width = side(across + border)
            guard width <= longestSide else { break }
            let (corners, down) = Self.packed(sizes, order, border: border, across: width)
            let height = side(down)
            // Of sheets of one size the squarer one.
            let isBetter =
                best.map {
                    (width * height, max(width, height)) < (
                        $0.width * $0.height, max($0.width, $0.height)
                    )
                } ?? true
            if height <= longestSide, isBetter { best = (width, height, corners) }
            if down <= border + (sizes.map(\.height).max() ?? 1) { break }
            across = isPowerOfTwo ? width + 1 - border : max(across + 1, across * 17 / 16)
        }
        guard let best else {
            throw ImagingError.noSheet(
                reason:
                    "\(sizes.count) sprites do not fit on \(longestSide)×\(longestSide) pixels; allow a larger sheet, "
                    + "or take fewer or smaller ones"
            )
        }
        (width, height, corners) = best
    }

    /// Places on a sheet of a width, and the height that they need.
    private static func packed(
        _ sizes: [(width: Int, height: Int)],
        _ order: [Int],
        border: Int,
        across: Int
    ) -> (corners: [(x: Int, y: Int)], down: Int) {
        var corners = [(x: Int, y: Int)](repeating: (0, 0), count: sizes.count)
        // How far down each stretch is taken, from left to right.
        var skyline: [(x: Int, width: Int, y: Int)] = [(border, across - border, border)]
        var down = border
        for index in order {
            let size = sizes[index]
            var found: (start: Int, y: Int)?
            for start in skyline.indices {
                guard skyline[start].x + size.width <= across else { break }
                var (y, reached, next) = (0, 0, start)
                while reached < size.width {
                    y = max(y, skyline[next].y)
                    reached += skyline[next].width
                    next += 1
                }
                if found.map({ y < $0.y }) ?? true { found = (start, y) }
            }
            // Every sheet is at least as wide as the widest rectangle.
            guard let found else { continue }
            let x = skyline[found.start].x
            corners[index] = (x, found.y)
            down = max(down, found.y + size.height)
            var end = found.start
            var left = size.width
            while left > 0, skyline[end].width <= left {
                left -= skyline[end].width
                end += 1
            }
            if left > 0 {
                skyline[end].x += left
                skyline[end].width -= left
            }
            skyline.replaceSubrange(
                found.start..<end,
                with: [(x, size.width, found.y + size.height)]
            )
        }
        return (corners, down)
    }
}
