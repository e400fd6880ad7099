import ArgumentParser
import Foundation
import Generation
import Imaging
import Runs

/// `atelier imagine`: draws pictures with a trained generator.
struct ImagineCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "imagine",
        abstract: "Draw pictures with a trained generator.",
        discussion: """
            Examples:
              atelier imagine runs/00012-seed-dcgan-mnist-batch256 --seed 7 -n 16 --grid digits.png
              atelier imagine runs/00013-class-dcgan-mnist-batch256 --class 3 -n 8 --out threes

            Picture i of a seed is the same to the last bit, however many are drawn with it.
            """
    )

    @Argument(help: "The folder of a run, or a network-snapshot file; the newest run by default.")
    var model: String?

    @Option(help: "The folder that runs are kept in, when none is named.")
    var runs = "runs"

    @Option(help: "Key of all random numbers, 0 to 18446744073709551615.")
    var seed: UInt64 = 0

    @Option(name: [.customShort("n"), .long], help: "How many pictures.")
    var count = 16

    @Option(help: "Draw this one picture of the seed's row instead.")
    var index: Int?

    @Option(name: .customLong("class"), help: "The class, by name or number.")
    var className: String?

    @Option(help: "What to draw, of models that are asked with words.")
    var text: String?

    @Option(help: "What remains of the distance to the mean picture: 0.7 is safer, 1 leaves all.")
    var truncation = 1.0

    @Option(help: "How freely pixels are drawn one by one: 1 as learned, 0 the likeliest.")
    var temperature: Double?

    @Option(help: "Candidates for each picture, of which the discriminator chooses; 1 to 64.")
    var quality = 1

    @Option(help: "Write one grid of all pictures to this file.")
    var grid: String?

    @Option(help: "Columns of the grid; nearly square by default.")
    var columns: Int?

    @Option(
        name: [.short, .long],
        help: "Write each picture to this folder; 'pictures' when there is no --grid either."
    )
    var out: String?

    @Option(help: "Enlarge each picture so many times, pixel by pixel.")
    var enlarge = 1

    @Option(help: "cpu, cuda, cuda:N or mps.")
    var device = "cpu"

    @OptionGroup var output: OutputOptions

    func validate() throws {
        guard (1...100_000).contains(count) else {
            throw ValidationError("--count expects 1 to 100000, found \(count).")
        }
        guard (1...64).contains(enlarge) else {
            throw ValidationError("--enlarge expects 1 to 64, found \(enlarge).")
        }
        guard truncation >= 0, truncation <= 2 else {
            throw ValidationError("--truncation expects 0 to 2, found \(truncation).")
        }
        if let temperature, temperature < 0 || temperature > 10 {
            throw ValidationError("--temperature expects 0 to 10, found \(temperature).")
        }
        guard (1...64).contains(quality) else {
            throw ValidationError("--quality expects 1 to 64, found \(quality).")
        }
        if let index, index < 0 {
            throw ValidationError("--index expects a number from 0, found \(index).")
        }
        if let columns, columns < 1 {
            throw ValidationError("--columns expects a number from 1, found \(columns).")
        }
    }

    func run() async throws {
        let place =
            try model.map { URL(filePath: $0) }
            ?? RunFolder.newest(in: URL(filePath: runs, directoryHint: .isDirectory)).url
        let model = try GeneratorModel(contentsOf: place, device: device)
        let (drawn, finished) = AsyncStream<[Drawing]>.makeStream()
        // Pictures are encoded and written while the next ones are drawn.
        async let written = write(drawn)
        do {
            for indices in batches {
                finished.yield(
                    try model.draw(
                        DrawingRequest(
                            seed: seed,
                            indices: indices,
                            className: className,
                            text: text,
                            truncation: truncation,
                            temperature: temperature,
                            quality: quality
                        )
                    )
                )
            }
        } catch {
            finished.finish()
            _ = try? await written
            throw error
        }
        finished.finish()
        let (files, records) = try await written
        for file in files { Console.say(file, output) }
        if output.json {
            Console.json(Report(model: model.file.path, files: files, pictures: records))
        }
    }

    /// The pictures that are asked for, some at a time.
    private var batches: [[Int]] {
        let indices = index.map { [$0] } ?? Array(0..<count)
        return stride(from: 0, to: indices.count, by: 64).map {
            Array(indices[$0..<min($0 + 64, indices.count)])
        }
    }

    /// Writes pictures as they come; returns the files and what was drawn.
    private func write(
        _ drawn: AsyncStream<[Drawing]>
    ) async throws -> (files: [String], records: [Drawing.Record]) {
        var files: [String] = []
        var records: [Drawing.Record] = []
        var kept: [Drawing] = []
        for await drawings in drawn {
            if out != nil || grid == nil { files += try writeEach(drawings) }
            if grid != nil { kept += drawings }
            records += drawings.map(\.record)
        }
        if let grid, !kept.isEmpty { files.append(try writeGrid(kept, to: grid)) }
        return (files, records)
    }

    private func writeEach(_ drawings: [Drawing]) throws -> [String] {
        let folder = URL(filePath: out ?? "pictures", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return try drawings.map { drawing in
            let kind = className.map { "-\(RunFolder.isPlain($0) ? $0 : "class")" } ?? ""
            let name = String(
                format: "seed%04llu\(kind)-%04d.png",
                drawing.record.seed,
                drawing.record.index
            )
            let file = folder.appending(path: name)
            try enlarged(drawing.picture).write(to: file, metadata: try drawing.metadata())
            return file.path
        }
    }

    private func writeGrid(_ drawings: [Drawing], to path: String) throws -> String {
        let file = URL(filePath: path)
        let picture = Picture.grid(drawings.map { enlarged($0.picture) }, columns: columns)
        try picture.write(to: file, metadata: try drawings[0].metadata())
        return file.path
    }

    private func enlarged(_ picture: Picture) -> Picture {
        guard enlarge > 1 else { return picture }
        return picture.resized(
            width: picture.width * enlarge,
            height: picture.height * enlarge,
            kernel: .nearest
        )
    }

    /// What was drawn, for programs.
    private struct Report: Encodable {
        let model: String
        let files: [String]
        let pictures: [Drawing.Record]
    }
}
