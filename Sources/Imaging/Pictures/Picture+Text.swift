import CVips

extension Picture {
    /// Draws text, RGBA, cropped to its ink: black, or in the colours of a colour font.
    ///
    /// - Parameters:
    ///   - string: The text, as it is (no markup).
    ///   - font: A family and its size in pixels, such as `DejaVu Sans 24`.
    ///   - file: A font file that is not installed; nothing for installed fonts alone.
    ///   - fallback: Whether other fonts may draw what this one lacks.
    /// - Returns: The drawing, as large as its ink.
    /// - Throws: `ImagingError` where nothing can be drawn.
    public static func text(
        _ string: String,
        font: String,
        file: String? = nil,
        fallback: Bool = true
    ) throws -> Picture {
        guard string.utf8.count <= 65_536 else {
            throw ImagingError.notDrawn(
                text: String(string.prefix(40)),
                font: font,
                reason: "longer than 64 KiB"
            )
        }
        try Vips.start()
        let escaped = MarkupText.escaped(string)
        let markup = fallback ? escaped : "<span fallback=\"false\">\(escaped)</span>"
        do {
            return try VipsCall.picture { target, message in
                cvips_text(markup, font, file, target, message)
            }
        } catch {
            throw ImagingError.notDrawn(text: string, font: font, reason: error.reason)
        }
    }

    /// Draws text into a square of so many pixels, in the middle, on nothing.
    ///
    /// The text is drawn large, then resized to fit.
    ///
    /// - Throws: `ImagingError` where nothing can be drawn.
    public static func text(_ string: String, font: String, pixels: Int) throws -> Picture {
        let size = max(EmojiFont.strike, 2 * pixels)
        return try text(string, font: "\(font) \(size)")
            .resized(width: pixels, height: pixels, fit: .contain)
    }

    /// Draws one emoji into a square of so many pixels, in the middle, on nothing.
    ///
    /// - Throws: `ImagingError` where the font is missing or has no single picture for it.
    public static func emoji(
        _ string: String,
        font: EmojiFont = .noto,
        pixels: Int
    ) throws -> Picture {
        let drawn = try text(string, font: "\(font.family) \(EmojiFont.strike)", fallback: false)
        guard drawn.width == font.cellWidth, drawn.height == font.cellHeight else {
            throw ImagingError.notDrawn(
                text: string,
                font: font.family,
                reason: """
                    expected one picture of \(font.cellWidth)×\(font.cellHeight), found \
                    \(drawn.width)×\(drawn.height): no such emoji, or the font is not installed
                    """
            )
        }
        return drawn.resized(width: pixels, height: pixels, fit: .contain)
    }
}
