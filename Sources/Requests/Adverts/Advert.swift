import Prompts
import Settings

/// What a line of a table of advertisements asks for: a page of an exact size.
public struct Advert: Sendable, Equatable {
    /// What is drawn, how often, and the page it is laid out on.
    public let request: PictureRequest
    /// What the page is called.
    public let title: String

    /// Columns of the table beside those of all tables of prompts.
    public static let columns = ["size", "text", "place", "background", "bleed", "name"]

    /// Width and height where nothing is said.
    public static let usualSize = "1080x1080"

    /// The adverts of a table; all of it is looked at before anything is drawn.
    ///
    /// - Parameters:
    ///   - table: Read with `columns`.
    ///   - size: Width and height where a line does not say.
    ///   - seed: The key of the first line's random numbers; each further line has the next one.
    ///   - presets: The person's own parameters.
    /// - Returns: One for each line.
    /// - Throws: `RequestProblem` for a size that is none, `TableError` with the line, and `PromptError`.
    public static func all(
        of table: PromptTable,
        size: String,
        seed: UInt64,
        presets: Presets
    ) throws -> [Advert] {
        guard sides(size) != nil else {
            throw RequestProblem(
                "size",
                expects: expectedSize,
                found: "'\(TableError.short(size))'"
            )
        }
        return try table.rows.enumerated().map { number, row in
            try Advert(row, size, seed: row.seed ?? seed &+ UInt64(number), presets)
        }
    }

    private init(
        _ row: PromptTable.Row,
        _ size: String,
        seed: UInt64,
        _ presets: Presets
    ) throws {
        let prompts = try Prompt.all(of: row.prompt, presets: presets).map(\.withChosenStyle)
        let isEmpty = row.prompt.allSatisfy(\.isWhitespace)
        guard isEmpty || prompts.count == 1, prompts.first?.pictures.isEmpty ?? true else {
            throw TableError(
                "\(row.place) has braces or pictures in its prompt, expected words: give each a line."
            )
        }
        var request = PictureRequest(
            .imagine,
            isEmpty ? nil : prompts.first,
            seed: seed,
            count: row.count ?? 1
        )
        request.layout = try Advert.layout(row, size)
        title = row.others["name"] ?? request.prompt?.text ?? "page"
        self.request = request
    }

    private static let expectedSize =
        "a size such as 1080x1350, each side from \(PageLayout.sides.lowerBound) to \(PageLayout.sides.upperBound)"

    /// Width and height; nothing for a text that is no size, or one that no page has.
    private static func sides(_ size: String) -> (width: Int, height: Int)? {
        let sides = KeyboardForms.plain(size).lowercased()
            .split { "x×*".contains($0) }
            .compactMap { Int($0.filter { !$0.isWhitespace }) }
        guard sides.count == 2, sides.allSatisfy(PageLayout.sides.contains) else { return nil }
        return (sides[0], sides[1])
    }

    private static func layout(_ row: PromptTable.Row, _ usualSize: String) throws -> PageLayout {
        let size = row.others["size"] ?? usualSize
        guard let (width, height) = sides(size) else {
            throw TableError(
                "\(row.place) expects \(expectedSize), found '\(TableError.short(size))'."
            )
        }
        var layout = PageLayout(width: width, height: height)
        layout.text = row.others["text"] ?? ""
        guard layout.text.utf8.count <= PageLayout.longestText else {
            throw TableError(
                "\(row.place) has a text of \(layout.text.utf8.count) bytes, expected \(PageLayout.longestText) at most."
            )
        }
        if let text = row.others["place"] {
            guard let place = PageLayout.Place(rawValue: text.lowercased()) else {
                let names = PageLayout.Place.allCases.map(\.rawValue).joined(separator: ", ")
                throw TableError(
                    "\(row.place) expects a place among \(names), found '\(TableError.short(text))'."
                )
            }
            layout.place = place
        }
        if let text = row.others["background"] {
            guard let colour = ColourName.plain(text).flatMap(PictureColor.init(hexadecimal:))
            else {
                throw TableError(
                    "\(row.place) expects a background such as white or #ff8800, found '\(TableError.short(text))'."
                )
            }
            layout.background = colour
        }
        if let text = row.others["bleed"] {
            guard let bleed = Int(KeyboardForms.plain(text)), PageLayout.bleeds.contains(bleed)
            else {
                throw TableError(
                    "\(row.place) expects a bleed from 0 to \(PageLayout.bleeds.upperBound) pixels, found '\(TableError.short(text))'."
                )
            }
            layout.bleed = bleed
        }
        return layout
    }
}
