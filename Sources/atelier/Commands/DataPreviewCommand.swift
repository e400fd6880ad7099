import ArgumentParser
import Datasets
import Files
import Foundation
import Imaging
import Settings

/// `atelier data preview`: a sheet of a set's pictures with their captions.
struct DataPreviewCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "preview",
        abstract: "Write a sheet of a data set's pictures with their captions."
    )

    @Argument(help: "A data set's name, or the path of a folder or zip file.")
    var set: String

    @Option(help: "Where the data lies, when the set is named.")
    var data: String?

    @Option(help: "Which part: train or test.")
    var split: Split = .train

    @Option(name: [.customShort("n"), .long], help: "How many pictures.")
    var count = 24

    @Option(help: "The first picture; the others follow from all over the set, scenes in order.")
    var first = 0

    @Option(help: "The size of each picture, in pixels.")
    var size = 128

    @Option(help: "The folder to write to.")
    var out = "."

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...400).contains(count) else {
            throw ValidationError("--count must be from 1 to 400, found \(count).")
        }
        guard (32...512).contains(size) else {
            throw ValidationError("--size must be from 32 to 512, found \(size).")
        }
        guard (0...999_999_999).contains(first) else {
            throw ValidationError("--first must be from 0 to 999999999, found \(first).")
        }
    }

    func run() async throws {
        let isName = DatasetArgument.isName(set)
        let source = try DatasetCatalog().open(
            isName ? set : "",
            path: isName ? data : set,
            split: split,
            pixels: 128
        )
        let isStream = source is any ExampleStream
        let shown = min(count, source.count)
        guard shown > 0 else {
            throw InfoError(
                "\(source.name) has no pictures to show. See what 'atelier data check' says of it, and --split."
            )
        }
        let numbers = (0..<shown).map { place in
            isStream ? first + place : (first + place * source.count / shown) % source.count
        }
        let cells = try numbers.map { number in
            try DatasetSheet.cell(
                source.picture(at: number),
                captions: source.record(at: number).captions,
                size: size
            )
        }
        let columns = min(max(Int(Double(shown).squareRoot().rounded(.up)), 1), 8)
        let stem = isName ? set : URL(filePath: set).deletingPathExtension().lastPathComponent
        let file = try NewFile.write(
            Picture.grid(cells, columns: columns),
            to: URL(filePath: out).appending(path: "preview-\(stem.limited(toBytes: 200)).png"),
            metadata: PictureMetadata()
        ).path
        Console.say(file, output)
        if output.json { Console.json(["file": file]) }
    }
}
