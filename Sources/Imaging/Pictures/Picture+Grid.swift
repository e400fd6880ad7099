import Checks
import Settings

extension Picture {
    /// Lays pictures out in rows, left to right, top to bottom: a contact sheet.
    ///
    /// Every cell is as large as the largest picture; smaller ones sit in the middle of theirs.
    /// Where that would make more than 134 million pixels, all are shown at a half, a third … of
    /// their size. The padding goes around every cell once: between neighbours and along the border. The
    /// sheet has colour, alpha and sixteen bits where one of the pictures has; pictures with alpha
    /// keep it.
    ///
    /// - Precondition: at least one picture, at least one column, no negative padding.
    ///
    /// - Parameters:
    ///   - pictures: What to show.
    ///   - columns: How many in a row; otherwise as square as possible.
    ///   - padding: Pixels between and around the cells.
    ///   - background: What shows between the cells.
    /// - Returns: The sheet.
    public static func grid(
        _ pictures: [Picture],
        columns: Int? = nil,
        padding: Int = 2,
        background: PictureColor = .black
    ) -> Picture {
        precondition(!pictures.isEmpty, "a grid of no pictures")
        precondition(padding >= 0, "a grid with a padding of \(padding)")
        let across = columns ?? Int(Double(pictures.count).squareRoot().rounded(.up))
        precondition(across > 0, "a grid of \(across) columns")
        let down = (pictures.count + across - 1) / across
        let widest = pictures.map(\.width).max() ?? 1
        let highest = pictures.map(\.height).max() ?? 1
        let largest = Double(across * down) * Double(widest + padding) * Double(highest + padding)
        let part = max(Int((largest / Double(Self.mostPixelsAtWork)).squareRoot().rounded(.up)), 1)
        let (cellWidth, cellHeight) = (max(widest / part, 1), max(highest / part, 1))
        let color = pictures.contains(where: \.hasColor) || !background.isGrey
        let alpha = pictures.contains(where: \.hasAlpha)
        let depth: SampleDepth =
            pictures.contains { $0.depth == .sixteen } ? .sixteen : .eight
        var canvas = Canvas(
            width: padding + across * (cellWidth + padding),
            height: padding + down * (cellHeight + padding),
            channels: (color ? 3 : 1) + (alpha ? 1 : 0),
            depth: depth,
            background: background
        )
        for (index, whole) in pictures.enumerated() {
            let picture =
                part == 1
                ? whole
                : whole.resized(
                    width: max(whole.width / part, 1),
                    height: max(whole.height / part, 1)
                )
            let left = padding + index % across * (cellWidth + padding)
            let top = padding + index / across * (cellHeight + padding)
            canvas.place(
                picture.converted(channels: canvas.channels).converted(depth: depth),
                x: left + (cellWidth - picture.width) / 2,
                y: top + (cellHeight - picture.height) / 2
            )
        }
        return canvas.picture
    }
}
