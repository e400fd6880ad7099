/// The codes of a picture all around, column by column, some not drawn yet; the last column is followed by the first.
package struct CodeStrip {
    /// Codes of a column.
    let height: Int
    /// The columns, from left to right; nothing for one that is not drawn.
    private var columns: [[Int]?]

    /// A part that a transformer draws at once: its first column, and which of the strip's columns it draws.
    package struct Window: Equatable {
        package let start: Int
        package let hidden: Range<Int>

        package init(start: Int, hidden: Range<Int>) {
            (self.start, self.hidden) = (start, hidden)
        }
    }

    /// A strip of so many columns that begins with the columns of a picture.
    ///
    /// - Parameters:
    ///   - picture: Its codes, row by row; those of a place lie side by side.
    ///   - rows: Rows of places.
    ///   - width: Columns of places.
    ///   - total: Columns of the strip; no fewer.
    package init(_ picture: [Int], rows: Int, width: Int, total: Int) {
        let groups = picture.count / (rows * width)
        height = rows * groups
        columns = [[Int]?](repeating: nil, count: total)
        for column in 0..<width {
            columns[column] = Self.column(column, of: picture, width, groups)
        }
    }

    /// What is drawn, in turn.
    ///
    /// Each window knows a quarter of what is there, as much as most pictures have beside their subject. The last one lies
    /// over the joint and knows what is on both of its sides; where nothing is missing, it draws a quarter anew.
    package static func windows(width: Int, total: Int) -> [Window] {
        var windows: [Window] = []
        let (half, quarter) = (max(width / 2, 1), max(width / 4, 1))
        var filled = width
        while total - filled > half {
            let end = filled + max(min(width - quarter, total - filled - quarter), 1)
            windows.append(Window(start: end - width, hidden: filled..<end))
            filled = end
        }
        let hidden =
            filled < total ? filled..<total : total - (quarter + 1) / 2..<total + quarter / 2
        let middle = (hidden.lowerBound + hidden.upperBound) / 2
        windows.append(Window(start: middle - width / 2, hidden: hidden))
        return windows
    }

    /// The codes of a window, row by row, zeros where they are not known, and which are known.
    package func part(_ window: Window, width: Int, groups: Int) -> (codes: [Int], isKnown: [Bool])
    {
        let places = (window.start..<window.start + width).map { place in
            window.hidden.contains(place) || window.hidden.contains(place + columns.count)
                || window.hidden.contains(place - columns.count)
                ? nil : columns[inside(place)]
        }
        var (codes, isKnown) = ([Int](), [Bool]())
        for row in 0..<height / groups {
            for column in places {
                for group in 0..<groups {
                    codes.append(column?[row * groups + group] ?? 0)
                    isKnown.append(column != nil)
                }
            }
        }
        return (codes, isKnown)
    }

    /// Takes what was drawn of a window.
    package mutating func take(_ codes: [Int], of window: Window, width: Int, groups: Int) {
        for place in window.hidden {
            let own = place - window.start
            guard (0..<width).contains(own) else { continue }
            columns[inside(place)] = Self.column(own, of: codes, width, groups)
        }
    }

    /// All codes, row by row, zeros where none is drawn.
    package func codes(groups: Int) -> [Int] {
        (0..<height / groups).flatMap { row in
            columns.flatMap { column in
                (0..<groups).map { column?[row * groups + $0] ?? 0 }
            }
        }
    }

    /// A column's place in the strip.
    private func inside(_ place: Int) -> Int {
        (place % columns.count + columns.count) % columns.count
    }

    /// A column of codes that lie row by row.
    private static func column(
        _ column: Int,
        of codes: [Int],
        _ width: Int,
        _ groups: Int
    ) -> [Int] {
        stride(from: column * groups, to: codes.count, by: width * groups).flatMap {
            codes[$0..<$0 + groups]
        }
    }
}
