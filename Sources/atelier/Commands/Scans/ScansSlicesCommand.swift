import ArgumentParser
import Datasets
import Files
import Foundation
import Imaging
import Scans

/// `atelier scans slices`: the slices of scans as pictures of sixteen bits.
struct ScansSlicesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "slices",
        abstract: "Write the slices of DICOM and NIfTI files as PNG of 16 bits, by classes.",
        discussion: """
            Example: atelier scans slices study/ --out slices --window lung

            Training does not need it: folders of scans are data sets as they are. Without --square each \
            value is a pixel, and values of --window storable are found again in the picture to the last bit.
            """
    )

    @Argument(help: "A file, or a folder with scans; scans.json in it says how slices are made.")
    var path: String

    @Option(name: [.short, .long], help: "Write the pictures to this folder.")
    var out = "slices"

    @Option(help: "What is shown: file, full, robust, storable, lung or the like, CENTRE/WIDTH.")
    var window: String?

    @Option(help: "The most slices; all by default.")
    var count: Int?

    @Flag(help: "Stretch values that are not square.")
    var square = false

    @OptionGroup var output: OutputOptions

    func validate() throws {
        if let window, SliceWindow(window) == nil {
            throw ValidationError("--window expects \(SliceWindow.words); found '\(window)'.")
        }
        if let count, count < 1 {
            throw ValidationError("--count expects a number from 1, found \(count).")
        }
    }

    func run() async throws {
        let place = URL(filePath: path)
        var source = try ScanSource(place)
        if let window = window.flatMap(SliceWindow.init) {
            var choices = source.choices
            choices.window = window
            source = try ScanSource(place, choices: choices)
        }
        var files: [String] = []
        var failed = 0
        for finding in source.problems { Console.warn("\(finding)") }
        for index in 0..<min(count ?? source.count, source.count) {
            let record = source.record(at: index)
            do {
                let (slice, range) = try source.slice(at: index)
                let picture = square ? slice.squarePicture(range) : slice.picture(range)
                let place = file(record, source)
                files.append(try NewFile.write(picture, to: place, metadata: .init()).path)
            } catch let error as ScanError {
                failed += 1
                Console.warn("left out: \(error)")
            }
        }
        Console.say("\(files.count) slices in \(out)", output)
        if output.json { Console.json(Report(files: files, leftOut: failed)) }
        if files.isEmpty { throw ExitCode(1) }
    }

    /// Where a slice goes: a name without folders, in the folder of its class.
    private func file(_ record: ExampleRecord, _ source: ScanSource) -> URL {
        var folder = URL(filePath: out, directoryHint: .isDirectory)
        if let label = record.label, source.classNames.indices.contains(label) {
            folder.append(path: source.classNames[label].replacing("/", with: "-"))
        }
        let name = record.identifier.replacing("/", with: "-").limited(toBytes: 200)
        return folder.appending(path: "\(name).png")
    }

    /// What was written, for programs.
    private struct Report: Encodable {
        let files: [String]
        let leftOut: Int
    }
}
