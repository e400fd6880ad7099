import Foundation
import Generation
import Imaging
import Prompts

/// A page that a line of a table asks for.
struct AdvertRow {
    /// What is drawn; nothing leaves it open.
    let prompt: Prompt?
    /// The key of its random numbers.
    let seed: UInt64
    /// Which picture of the seed's row.
    let index: Int
    /// The page.
    let layout: PageLayout
    /// The file's name, without its ending.
    var name: String

    /// Columns of the table beside those of all tables of prompts.
    static let columns = ["size", "text", "place", "background", "bleed", "name"]

    /// Reads a line.
    ///
    /// - Throws: `TableError` with the line, and `PromptError`.
    init(
        _ row: PromptTable.Row,
        usualSize: String,
        seed: UInt64,
        index: Int,
        presets: Presets
    ) throws {
        (self.seed, self.index) = (seed, index)
        let prompts = try Prompt.all(of: row.prompt, presets: presets).map(\.withChosenStyle)
        let isEmpty = row.prompt.allSatisfy(\.isWhitespace)
        guard isEmpty || prompts.count == 1, prompts.first?.pictures.isEmpty ?? true else {
            throw TableError(
                "\(row.place) has braces or pictures in its prompt, expected words: give each a line."
            )
        }
        prompt = isEmpty ? nil : prompts.first
        layout = try Self.layout(row, usualSize)
        let title = row.others["name"] ?? prompt?.text ?? "page"
        let stem = PictureWriter.stem(title)
        name = stem.isEmpty ? "page" : String(stem.dropLast())
    }

    private static func layout(
        _ row: PromptTable.Row,
        _ usualSize: String
    ) throws -> PageLayout {
        let size = row.others["size"] ?? usualSize
        let sides = KeyboardForms.plain(size).lowercased()
            .split { "x×*".contains($0) }
            .compactMap { Int($0.trimmingCharacters(in: .whitespaces)) }
        guard sides.count == 2, sides.allSatisfy(PageLayout.sides.contains) else {
            throw TableError(
                "\(row.place) expects a size such as 1080x1350, each side from \(PageLayout.sides.lowerBound) to"
                    + " \(PageLayout.sides.upperBound), found '\(size)'."
            )
        }
        var layout = PageLayout(width: sides[0], height: sides[1])
        layout.text = row.others["text"] ?? ""
        guard layout.text.utf8.count <= PageLayout.longestText else {
            throw TableError(
                "\(row.place) has a text of \(layout.text.utf8.count) bytes, expected \(PageLayout.longestText) at most."
            )
        }
        if let text = row.others["place"] {
            guard let place = PageLayout.Place(rawValue: text.lowercased()) else {
                let names = PageLayout.Place.allCases.map(\.rawValue).joined(separator: ", ")
                throw TableError("\(row.place) expects a place among \(names), found '\(text)'.")
            }
            layout.place = place
        }
        if let text = row.others["background"] {
            guard let colour = ColourName.plain(text).flatMap(PictureColor.init(hexadecimal:))
            else {
                throw TableError(
                    "\(row.place) expects a background such as white or #ff8800, found '\(text)'."
                )
            }
            layout.background = colour
        }
        if let text = row.others["bleed"] {
            guard let bleed = Int(KeyboardForms.plain(text)), PageLayout.bleeds.contains(bleed)
            else {
                throw TableError(
                    "\(row.place) expects a bleed from 0 to \(PageLayout.bleeds.upperBound) pixels, found '\(text)'."
                )
            }
            layout.bleed = bleed
        }
        return layout
    }

    /// Whether a file holds this page already, drawn by this model.
    func isThere(_ file: URL, by model: GeneratorModel) -> Bool {
        guard let record = try? PictureMetadata(contentsOf: file).drawing(file.path) else {
            return false
        }
        return record.layout == layout && record.seed == seed && record.indices == [index]
            && record.prompt == prompt?.typed && record.digest == model.digest
    }
}
