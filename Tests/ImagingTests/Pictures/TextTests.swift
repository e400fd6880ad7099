import Imaging
import Testing

@Suite struct TextTests {
    // Skipped where the colour font is missing (Debian's package fonts-noto-color-emoji).
    @Test(
        .enabled(if: EmojiFont.noto.isInstalled, "Noto Color Emoji is not installed"),
        arguments: [16, 32, 64, 100, 256]
    )
    func emojiHaveColorAndTransparency(pixels: Int) throws {
        let face = try Picture.emoji("😀", pixels: pixels)
        #expect(face.width == pixels && face.height == pixels && face.channels == 4)
        for (x, y) in [(0, 0), (pixels - 1, 0), (0, pixels - 1), (pixels - 1, pixels - 1)] {
            #expect(face[x, y, 3] == 0)
        }
        // Yellow in the upper middle of the face.
        let (x, y) = (pixels / 2, pixels / 4)
        #expect(face[x, y, 3] == 255)
        #expect(face[x, y, 0] > 200 && face[x, y, 1] > 150 && face[x, y, 2] < 120)
        let rows = (0..<pixels).filter { y in (0..<pixels).contains { face[$0, y, 3] > 128 } }
        let (top, bottom) = (rows.first ?? 0, rows.last ?? 0)
        #expect(abs(top - (pixels - 1 - bottom)) <= 1 + pixels / 32)
    }

    @Test(
        .enabled(if: EmojiFont.noto.isInstalled, "Noto Color Emoji is not installed"),
        arguments: ["❤️", "🇩🇪", "👩🏽‍🚀", "1️⃣", "👩‍👩‍👧‍👦"]
    )
    func sequencesAreOnePicture(text: String) throws {
        #expect(try Picture.emoji(text, pixels: 32).samples.contains { $0 > 0 })
    }

    @Test(
        .enabled(if: EmojiFont.noto.isInstalled, "Noto Color Emoji is not installed"),
        arguments: ["A", "漢", "😀😀", "\u{1FAFF}", "<b>", "&"]
    )
    func whatTheFontLacksIsAnError(text: String) {
        guard case .notDrawn(text, _, _) = Sample.error({ try Picture.emoji(text, pixels: 32) })
        else {
            Issue.record("expected no picture for \(text)")
            return
        }
    }

    @Test func nothingIsNotDrawn() {
        for text in ["", " "] {
            let error = Sample.error { try Picture.text(text, font: "Sans 20") }
            guard case .notDrawn(text, "Sans 20", _) = error else {
                Issue.record("expected an error, found \(String(describing: error))")
                continue
            }
        }
    }

    // Skipped where no font at all is installed.
    @Test(
        .enabled(
            if: (try? Picture.text("x", font: "Sans 20")) != nil,
            "there is no font to draw with"
        )
    )
    func markupIsText() throws {
        let plain = try Picture.text("x", font: "Sans 20")
        let tagged = try Picture.text("<b>x</b> & y", font: "Sans 20")
        #expect(tagged.width > 4 * plain.width)
        let square = try Picture.text("x", font: "Sans", pixels: 24)
        #expect(square.width == 24 && square.height == 24 && square.channels == 4)
    }
}
