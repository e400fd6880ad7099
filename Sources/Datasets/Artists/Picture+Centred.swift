import Foundation
import Imaging

extension Picture {
    /// Draws an SVG file of a package, cut to what can be seen, in the middle of a square.
    ///
    /// - Parameters:
    ///   - file: The file.
    ///   - pixels: The side of the square.
    ///   - identifier: The picture's name, for messages.
    /// - Returns: The square.
    /// - Throws: `DatasetError` or `ImagingError` that names the file.
    static func drawn(_ file: URL, pixels: Int, identifier: String) throws -> Picture {
        let data: Data
        do {
            data = try Data(contentsOf: file)
        } catch {
            throw DatasetError(
                .missing,
                at: file.path,
                "cannot be read: \(error.localizedDescription)",
                cure: "install the package again"
            )
        }
        return try Picture.shapes(data, format: .svg, side: 2 * pixels, place: file.path)
            .centredInSquare(pixels, identifier: identifier)
    }

    /// What can be seen of a picture, in the middle of a square with a small margin.
    ///
    /// - Parameters:
    ///   - pixels: The side of the square.
    ///   - identifier: The picture's name, for the message.
    /// - Returns: The square, with nothing around what can be seen.
    /// - Throws: `DatasetError.undrawable` where nothing can be seen.
    func centredInSquare(_ pixels: Int, identifier: String) throws -> Picture {
        guard let box = visibleBox() else {
            throw DatasetError(.undrawable, at: identifier, "shows nothing", cure: "")
        }
        let margin = max(pixels / 32, 1)
        return cropped(x: box.x, y: box.y, width: box.width, height: box.height)
            .resized(
                width: max(pixels - 2 * margin, 1),
                height: max(pixels - 2 * margin, 1),
                fit: .contain,
                background: .clear
            )
            .centered(width: pixels, height: pixels, background: .clear)
    }
}
