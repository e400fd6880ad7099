import Foundation
import Synchronization

/// Gives a reader very many bad inputs and watches what they cost.
///
/// `fuzz READER --inputs N --seconds S --from K --seed X --note FILE` reads inputs K and on until there were N, or S
/// seconds have passed, and prints a line of JSON. The number of the input at hand stands in the file, so that
/// whoever started this knows which one ended it. `fuzz --list` names the readers; `fuzz READER --show K` writes
/// input K to standard output.
@main
enum Fuzz {
    /// The most memory that an input may take.
    static let mostMiB = 200
    /// The most seconds that an input may take.
    static let mostSeconds = 5.0

    /// What is said of a reader.
    private struct Report: Encodable {
        var reader: String
        var from: Int
        var inputs: Int
        var seconds: Double
        var peakMiB: Int
        var slowestSeconds: Double
        var slowest: Int
        var refused: Int
        var findings: [String]
    }

    static func main() throws {
        var options: [String: String] = [:]
        var words = Array(CommandLine.arguments.dropFirst())[...]
        var name = ""
        while let word = words.popFirst() {
            if word.hasPrefix("--") {
                options[String(word.dropFirst(2))] = words.popFirst() ?? ""
            } else {
                name = word
            }
        }
        let place = try FuzzPlace()
        defer { place.remove() }
        let readers = try FuzzReaders.all(place)
        if options["list"] != nil { return print(readers.map(\.name).joined(separator: "\n")) }
        guard let reader = readers.first(where: { $0.name == name }) else {
            place.remove()
            FileHandle.standardError.write(Data("fuzz: no reader '\(name)'; see --list\n".utf8))
            exit(2)
        }
        let seed = options["seed"].flatMap(UInt64.init) ?? 1
        if let number = options["show"].flatMap(Int.init) {
            return FileHandle.standardOutput.write(Data(reader.input(number, seed: seed)))
        }
        let report = try run(
            reader,
            from: options["from"].flatMap(Int.init) ?? 0,
            inputs: options["inputs"].flatMap(Int.init) ?? 1_000_000,
            seconds: options["seconds"].flatMap(Double.init) ?? .infinity,
            seed: seed,
            note: options["note"]
        )
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        print(String(decoding: try encoder.encode(report), as: UTF8.self))
        if !report.findings.isEmpty {
            place.remove()
            exit(1)
        }
    }

    private static func run(
        _ reader: FuzzReader,
        from: Int,
        inputs: Int,
        seconds: Double,
        seed: UInt64,
        note: String?
    ) throws -> Report {
        // Whatever is made once is made before it counts.
        for good in reader.mutation.corpus { try? reader.read(good) }
        let before = peakMiB()
        let file = note.map { open($0, O_WRONLY | O_CREAT, 0o644) } ?? -1
        let clock = ContinuousClock()
        let began = clock.now
        var report = Report(
            reader: reader.name,
            from: from,
            inputs: 0,
            seconds: 0,
            peakMiB: 0,
            slowestSeconds: 0,
            slowest: from,
            refused: 0,
            findings: []
        )
        var last = processorSeconds()
        for number in from..<from + inputs {
            var text = "\(number)\n"
            if file >= 0 { text.withUTF8 { _ = pwrite(file, $0.baseAddress, $0.count, 0) } }
            let bytes = reader.input(number, seed: seed)
            autoreleasing {
                do { try reader.read(bytes) } catch { report.refused += 1 }
            }
            // What others take of the machine is not the reader's.
            let now = processorSeconds()
            let took = now - last
            last = now
            if took > report.slowestSeconds {
                (report.slowestSeconds, report.slowest) = (took, number)
            }
            if took > mostSeconds { report.findings.append("input \(number) took \(took) s") }
            let peak = peakMiB() - before
            if peak > max(report.peakMiB, mostMiB) {
                report.findings.append("input \(number) took \(peak) MiB")
            }
            report.peakMiB = max(report.peakMiB, peak)
            report.inputs += 1
            if (clock.now - began) / .seconds(1) > seconds { break }
        }
        report.seconds = (clock.now - began) / .seconds(1)
        return report
    }

    private static func autoreleasing(_ body: () -> Void) {
        #if canImport(Darwin)
        autoreleasepool(invoking: body)
        #else
        body()
        #endif
    }

    /// What the process has had of the processor.
    private static func processorSeconds() -> Double {
        var time = timespec()
        clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
        return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
    }

    /// The most memory that the process has held.
    private static func peakMiB() -> Int {
        var usage = rusage()
        #if canImport(Glibc)
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return Int(usage.ru_maxrss) / 1024
        #else
        getrusage(RUSAGE_SELF, &usage)
        return Int(usage.ru_maxrss) / 1024 / 1024
        #endif
    }
}
