import ArgumentParser
import Datasets
import Foundation
import Scans

/// `atelier scans info`: what a file of scans says of its pictures, without what it says of people.
struct ScansInfoCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "info",
        abstract: "Tell what DICOM and NIfTI files hold, without what they say of people."
    )

    @Argument(help: "Files or folders.")
    var paths: [String]

    @OptionGroup var output: OutputOptions

    func run() async throws {
        var reports: [Report] = []
        for path in paths {
            let source = try ScanSource(URL(filePath: path), choices: SliceChoices())
            for finding in source.problems { Console.say("\(path): \(finding)", output) }
            for index in 0..<source.count {
                let record = source.record(at: index)
                do {
                    let (slice, range) = try source.slice(at: index)
                    let report = Report(record.identifier, slice, range, source, record.label)
                    Console.say(report.line, output)
                    reports.append(report)
                } catch {
                    Console.say("\(record.identifier): \(error)", output)
                }
            }
        }
        if output.json { Console.json(reports) }
    }

    /// A slice in figures.
    private struct Report: Encodable {
        let slice: String
        let width: Int
        let height: Int
        let least: Double
        let greatest: Double
        let sum: Double
        let window: ValueRange?
        let plane: String?

        init(
            _ name: String,
            _ slice: ScanSlice,
            _ range: ValueRange?,
            _ source: ScanSource,
            _ label: Int?
        ) {
            let numbers = slice.values.filter(\.isFinite)
            (self.slice, width, height) = (name, slice.width, slice.height)
            (least, greatest) = (numbers.min() ?? 0, numbers.max() ?? 0)
            sum = numbers.reduce(0, +)
            window = range
            plane = label.flatMap {
                source.classNames.indices.contains($0) ? source.classNames[$0] : nil
            }
        }

        var line: String {
            let shown = window.map { ", shown from \($0.low) to \($0.high)" } ?? ""
            return "\(slice): \(width)x\(height), values from \(least) to \(greatest)\(shown)"
                + (plane.map { ", \($0)" } ?? "")
        }
    }
}
