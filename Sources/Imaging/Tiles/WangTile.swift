extension Picture {
    /// Sixteen tiles of a texture on one sheet, four by four: each has one of two upper and lower edges and one of two left
    /// and right ones, and neighbours with the same edge go on in each other.
    ///
    /// The picture's quarters are laid on the edges, so that a tile is four triangles of them, which fade into each other
    /// along its diagonals. In row r and column c the upper edge is r / 2, the lower one r % 2, the left one c / 2 and the right
    /// one c % 2.
    ///
    /// Source: Cohen et al., "Wang tiles for image and texture generation", SIGGRAPH 2003, with fading in place of cuts.
    ///
    /// - Parameter name: What errors call the picture.
    /// - Returns: A sheet as wide and high as four tiles, each a little less than half as large as the picture.
    /// - Throws: `ImagingError.tooSmall` for a picture whose quarters are no tiles.
    public func wangTiles(name: String) throws -> Picture {
        let side = min(width, height) / 4 * 2
        guard side >= WangTile.smallest else {
            throw ImagingError.tooSmall(
                name: name,
                side: min(width, height),
                limit: 2 * WangTile.smallest
            )
        }
        let quarters = [(0, 0), (side, 0), (0, side), (side, side)].map { x, y in
            cropped(x: x, y: y, width: side, height: side)
        }
        let tiles = WangTile.all.map { $0.picture(of: quarters, side: side) }
        return Picture.grid(tiles, columns: 4, padding: 0)
    }
}

/// A tile by the kinds of its edges.
struct WangTile {
    /// Upper, right, lower and left edge: 0 or 1.
    let (upper, right, lower, left): (Int, Int, Int, Int)

    /// Pixels of the smallest tile.
    static let smallest = 16

    /// All sixteen, row by row.
    static let all = (0..<16).map { place in
        WangTile(
            upper: place / 4 / 2,
            right: place % 4 % 2,
            lower: place / 4 % 2,
            left: place % 4 / 2
        )
    }

    /// The tile, of the four samples.
    ///
    /// Upper and lower edges are the middle rows of the first two samples, left and right ones the middle columns of the other
    /// two; the outermost pixels are theirs alone.
    func picture(of samples: [Picture], side: Int) -> Picture {
        let (half, last) = (side / 2, side - 1)
        let channels = samples[0].channels
        func value(_ isRight: Bool, _ isLow: Bool, _ x: Int, _ y: Int, _ channel: Int) -> Double {
            let (sample, column, row) =
                switch (isRight, isLow) {
                case (true, false): (upper, x, y + half)
                case (false, true): (lower, x, y - half)
                case (false, false): (2 + left, x + half, y)
                case (true, true): (2 + right, x - half, y)
                }
            let (inside, across) = (min(max(row, 0), last), min(max(column, 0), last))
            return Double(samples[sample][across, inside, channel])
        }
        var found: [UInt16] = []
        found.reserveCapacity(side * side * channels)
        for y in 0..<side {
            for x in 0..<side {
                let (isRight, isLow) = (x > y, x + y > last)
                // How far the two diagonals are, and up to where the triangles beside one fade.
                let (falling, rising) = (abs(x - y), abs(x + y - last))
                let rim = min(min(x, y), min(last - x, last - y))
                let reach = Double(min(side / 8, rim))
                let share = max(0.5 - Double(min(falling, rising)) / max(2 * reach, 1), 0)
                for channel in 0..<channels {
                    let own = value(isRight, isLow, x, y, channel)
                    let other =
                        falling < rising
                        ? value(!isRight, isLow, x, y, channel)
                        : value(isRight, !isLow, x, y, channel)
                    let mixed = reach > 0 ? own + (other - own) * share : own
                    found.append(UInt16(clamping: Int(mixed.rounded())))
                }
            }
        }
        guard samples[0].depth == .sixteen else {
            return Picture(
                width: side,
                height: side,
                channels: channels,
                samples: found.map { UInt8(clamping: $0) }
            )
        }
        return Picture(width: side, height: side, channels: channels, sixteenBitSamples: found)
    }
}
