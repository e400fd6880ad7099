import Imaging

/// Words in a cell of a sheet.
enum SheetLabel {
    /// A text in the middle of a cell, smaller where it must be.
    ///
    /// - Throws: `ImagingError` where no font can draw it.
    static func picture(_ text: String, width: Int, height: Int) throws -> Picture {
        let drawn = try Picture.text(text, font: "DejaVu Sans 12")
        let scale = min(
            1,
            Double(max(width - 4, 1)) / Double(drawn.width),
            Double(height) / Double(drawn.height)
        )
        return drawn.resized(
            width: max(Int(Double(drawn.width) * scale), 1),
            height: max(Int(Double(drawn.height) * scale), 1)
        ).centered(width: width, height: height, background: .clear)
    }
}
