import ArgumentParser
import Files
import Foundation
import Generation
import Imaging

/// Where pictures go.
struct PictureFileOptions: ParsableArguments {
    @Option(help: "Write one sheet of all pictures to this file, and no single ones without --out.")
    var grid: String?

    @Option(help: "Columns of the sheet; nearly square by default.")
    var columns: Int?

    @Option(
        name: [.short, .long],
        help:
            "Write each picture to this folder, and a sheet where there are several; 'pictures' by default."
    )
    var out: String?

    @Option(help: "Enlarge each picture so many times, pixel by pixel.")
    var enlarge = 1

    @Option(
        help: """
            Bring the longer side to so many pixels; what becomes larger goes through the upscaler. What is asked in words \
            comes out at 256 by default.
            """
    )
    var size: Int?

    @Flag(inversion: .prefixedNo, help: "Show the pictures in the terminal, where it can.")
    var show = true

    func validate() throws {
        if enlarge > 1, size != nil {
            throw ValidationError("--enlarge and --size are both given, expected one of them.")
        }
        guard (1...64).contains(enlarge) else {
            throw ValidationError("--enlarge expects 1 to 64, found \(enlarge).")
        }
        if let columns, columns < 1 {
            throw ValidationError("--columns expects a number from 1, found \(columns).")
        }
        if let grid, PictureEncoding(fileExtension: URL(filePath: grid).pathExtension) == nil {
            throw ValidationError("--grid expects a name ending in .png, .jpg, .webp or .tif.")
        }
        if let size, !(8...4096).contains(size) {
            throw ValidationError("--size expects 8 to 4096, found \(size).")
        }
    }
}

extension GeneratorModel {
    /// A drawing in the size that options ask for.
    func sized(_ drawing: Drawing, _ options: PictureFileOptions) throws -> Drawing {
        try sized(drawing, enlarge: options.enlarge, side: options.size)
    }
}

/// Writes drawings as they come, single and on a sheet.
struct PictureWriter: Sendable {
    private let options: PictureFileOptions
    private let output: OutputOptions
    private let stem: String

    /// What was written.
    struct Result: Sendable {
        var files: [String] = []
        var grid: String?
        var records: [Drawing.Record] = []
    }

    /// A writer of files whose names begin with the title's words; of several jobs with the same title
    /// each has its number.
    init(
        _ options: PictureFileOptions,
        title: String?,
        number: Int = 1,
        output: OutputOptions
    ) {
        (self.options, self.output) = (options, output)
        stem = PictureWriter.stem(title ?? "") + (number > 1 ? "job\(number)-" : "")
    }

    /// Writes all of some drawings.
    func write(_ drawn: AsyncStream<[Drawing]>, count: Int) async throws -> Result {
        var result = Result()
        var kept: [Drawing] = []
        for await drawings in drawn {
            if options.out != nil || options.grid == nil {
                result.files += try drawings.map(writeSingle)
            }
            // A sheet of very many is only made where it is asked for.
            if options.grid != nil || count <= 64 { kept += drawings }
            result.records += drawings.map(\.record)
        }
        guard !kept.isEmpty else { return result }
        let sheet = kept.count > 1 ? Drawing.sheet(kept, columns: options.columns) : kept[0]
        if let grid = options.grid ?? (kept.count > 1 ? path(sheet, "grid") : nil) {
            result.grid = try NewFile.write(sheet, to: URL(filePath: grid)).path
        }
        if options.show, !output.quiet, !output.json { TerminalPicture.show(sheet.picture) }
        return result
    }

    private func writeSingle(_ drawing: Drawing) throws -> String {
        let path = path(drawing, String(format: "%04d", drawing.record.indices.first ?? 0))
        return try NewFile.write(drawing, to: URL(filePath: path)).path
    }

    private func path(_ drawing: Drawing, _ end: String) -> String {
        let folder = URL(filePath: options.out ?? "pictures", directoryHint: .isDirectory)
        return folder.appending(path: "\(stem)seed\(drawing.record.seed)-\(end).png").path
    }

    /// The words of a title as the beginning of a file's name.
    static func stem(_ title: String) -> String {
        let words = title.lowercased().split { !$0.isLetter && !$0.isNumber }
        // Names of files have 255 bytes.
        let stem = String(words.joined(separator: "-").prefix(40)).limited(toBytes: 120)
        return stem.isEmpty ? "" : stem + "-"
    }
}
