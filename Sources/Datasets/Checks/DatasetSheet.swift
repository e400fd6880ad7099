import Imaging

/// Pictures with what they are called below them.
public enum DatasetSheet {
    /// A picture on white with a line of each caption.
    ///
    /// - Parameters:
    ///   - picture: The picture.
    ///   - captions: What it is called.
    ///   - size: Its width and height on the sheet.
    /// - Returns: The picture and its captions, on white.
    /// - Throws: `ImagingError` where a text cannot be drawn.
    public static func cell(_ picture: Picture, captions: [Caption], size: Int) throws -> Picture {
        let line = 16
        let (width, height) = (size + 8, size + 2 * line + 10)
        var cell = Picture(width: width, height: height, channels: 3, filledWith: .white)
        cell = cell.covered(
            by: picture.resized(width: size, height: size, fit: .contain)
                .flattened(background: .white).converted(channels: 3).converted(depth: .eight),
            x: 4,
            y: 4
        )
        for (row, caption) in captions.prefix(2).enumerated() where !caption.text.isEmpty {
            let text = try Picture.text(caption.text, font: "sans 11")
                .flattened(background: .white).converted(channels: 3)
            let shown = min(text.width, size + 4)
            cell = cell.covered(
                by: text.resized(
                    width: shown,
                    height: max(min(text.height * shown / text.width, line), 1),
                    fit: .stretch
                ),
                x: 2,
                y: size + 6 + row * line
            )
        }
        return cell
    }
}
