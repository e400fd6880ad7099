import Foundation
import Imaging

/// Text and numbers as they stand in HTML and SVG.
enum Markup {
    /// A text in which nothing is markup.
    static func text(_ text: String) -> String { MarkupText.escaped(text) }

    /// A place in a drawing, to a tenth of a pixel.
    static func place(_ number: Double) -> String {
        let rounded = (number * 10).rounded() / 10
        guard abs(rounded) < 1e12 else { return number > 0 ? "1000000" : "-1000000" }
        return rounded == rounded.rounded() ? "\(Int(rounded))" : "\(rounded)"
    }

    /// A figure for people: four digits that count.
    static func figure(_ number: Double) -> String {
        guard number.isFinite else { return "–" }
        let size = abs(number)
        if size >= 1e6 || (size > 0 && size < 1e-3) { return String(format: "%.2e", number) }
        if number == number.rounded(), size < 1e6 { return String(format: "%.0f", number) }
        return String(format: size >= 100 ? "%.1f" : size >= 1 ? "%.3f" : "%.4f", number)
    }
}
