import ArgumentParser
import Files
import Foundation
import Imaging

/// How sprites are laid out on a sheet.
struct SpriteOptions: ParsableArguments {
    @Option(help: "Clear pixels between sprites.")
    var padding = 2

    @Option(help: "Repeat a sprite's outermost pixels so many times around it.")
    var extrude = 0

    @Flag(inversion: .prefixedNo, help: "Cut clear borders off.")
    var trim = true

    @Flag(help: "Make the sheet's sides powers of two.")
    var powerOfTwo = false

    @Option(help: "Pixels of the sheet's longer side at most.")
    var largest = 4096

    func validate() throws {
        for (name, value, range) in [
            ("--padding", padding, SpriteSheet.Options.paddings),
            ("--extrude", extrude, SpriteSheet.Options.extrusions),
            ("--largest", largest, SpriteSheet.Options.sides),
        ] where !range.contains(value) {
            throw ValidationError(
                "\(name) expects \(range.lowerBound) to \(range.upperBound), found \(value)."
            )
        }
    }

    /// Refuses a name that a sheet cannot have.
    ///
    /// - Throws: `ValidationError`.
    static func check(sheet: String) throws {
        guard sheet.lowercased().hasSuffix(".png") else {
            throw ValidationError("--out expects a name ending in .png, found '\(sheet)'.")
        }
    }

    /// The layout.
    var options: SpriteSheet.Options {
        var options = SpriteSheet.Options()
        (options.padding, options.extrusion, options.trims) = (padding, extrude, trim)
        (options.isPowerOfTwo, options.longestSide) = (powerOfTwo, largest)
        return options
    }

    /// Writes a sheet and its table, and says where they are.
    ///
    /// - Parameters:
    ///   - sheet: What is written.
    ///   - file: The sheet's name; where another has it, it gets a number.
    ///   - source: How the pictures came to be; nothing where that is not known.
    ///   - milliseconds: How long a frame is shown.
    ///   - output: How it is said.
    /// - Throws: `ImagingError`, `FileError`.
    func write(
        _ sheet: SpriteSheet,
        to file: URL,
        source: PictureMetadata?,
        milliseconds: Int? = nil,
        _ output: OutputOptions
    ) throws {
        let metadata = source ?? PictureMetadata(source: nil)
        let place = try NewFile.write(sheet.picture, to: file, metadata: metadata)
        let table = try NewFile.write(
            try sheet.json(image: place.lastPathComponent, milliseconds: milliseconds),
            to: place.deletingPathExtension().appendingPathExtension("json")
        )
        let size = "\(sheet.picture.width)×\(sheet.picture.height)"
        Console.say("\(place.path): \(sheet.frames.count) sprites on \(size) pixels", output)
        Console.say(table.path, output)
        if output.json {
            Console.json(
                Report(
                    file: place.path,
                    table: table.path,
                    width: sheet.picture.width,
                    height: sheet.picture.height,
                    sprites: sheet.frames.count
                )
            )
        }
    }

    /// What was made, for programs.
    private struct Report: Encodable {
        let file: String
        let table: String
        let width: Int
        let height: Int
        let sprites: Int
    }
}
