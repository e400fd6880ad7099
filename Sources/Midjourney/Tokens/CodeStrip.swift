/// The codes of a picture that goes on to the right, column by column, some not drawn yet.
package struct CodeStrip {
    /// Codes of a column.
    private let height: Int
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

    /// Columns that are drawn beyond a whole turn, and fade into the first ones: as much as most pictures have beside their
    /// subject.
    package static func overlap(width: Int) -> Int { max(width / 4, 1) }

    /// What is drawn, in turn: each window knows a quarter and more of what is there.
    package static func windows(width: Int, total: Int) -> [Window] {
        var windows: [Window] = []
        var filled = width
        while filled < total {
            let end = min(filled + max(width - overlap(width: width), 1), total)
            windows.append(Window(start: end - width, hidden: filled..<end))
            filled = end
        }
        return windows
    }

    /// The codes of a window, row by row, zeros where they are not known, and which are known.
    package func part(
        _ window: Window,
        width: Int,
        groups: Int
    ) -> (codes: [Int], isKnown: [Bool]) {
        let places = (window.start..<window.start + width).map { place in
            window.hidden.contains(place) ? nil : columns[place]
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
            columns[place] = Self.column(place - window.start, of: codes, width, groups)
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
