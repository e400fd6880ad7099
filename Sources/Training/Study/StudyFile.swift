import Files
import Foundation
import Runs

/// The files of a study's folder.
enum StudyFile {
    static func plan(in folder: URL) throws -> StudyPlan? {
        try read(StudyPlan.self, folder.appending(path: "plan.json"))
    }

    /// What was measured so far, a file for each run.
    static func results(in folder: URL) throws -> [StudyResult] {
        let place = folder.appending(path: "results", directoryHint: .isDirectory)
        let names = (try? FileManager.default.contentsOfDirectory(atPath: place.path)) ?? []
        return try names.filter { $0.hasSuffix(".json") }.sorted().compactMap {
            try read(StudyResult.self, place.appending(path: $0))
        }
    }

    static func write(_ plan: StudyPlan, in folder: URL) throws {
        try write(plan, to: folder.appending(path: "plan.json"))
    }

    static func write(_ result: StudyResult, in folder: URL) throws {
        let place = folder.appending(path: "results", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        let words = [result.part, result.variant, "\(result.seed)"].map {
            $0.replacing(" ", with: "-")
        }
        try write(result, to: place.appending(path: "\(words.joined(separator: "-")).json"))
    }

    private static func read<Value: Decodable>(_ type: Value.Type, _ file: URL) throws -> Value? {
        guard FileManager.default.fileExists(atPath: file.path) else { return nil }
        do {
            return try JSONDecoder().decode(type, from: Data(contentsOf: file))
        } catch {
            throw StudyError.unreadable(path: file.path, problem: "\(error)")
        }
    }

    private static func write(_ value: some Encodable, to file: URL) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        try AtomicFile.write(encoder.encode(value), to: file)
    }
}

/// Why a study cannot go on, with what to do about it.
public enum StudyError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A question that is not there.
    case unknownQuestion(String)
    /// A folder whose study was asked something else.
    case otherPlan(folder: String)
    /// A file that is not what it should be.
    case unreadable(path: String, problem: String)

    /// What happened, where, expected, found, what to do.
    public var description: String {
        switch self {
        case .unknownQuestion(let name):
            "a study has no question '\(name)'; it has tasks, likelihood and tokenizer."
        case .otherPlan(let folder):
            "\(folder) holds a study with other questions, minutes, seeds or changes. Name another"
                + " folder, or ask the same again."
        case .unreadable(let path, let problem):
            "\(path) cannot be read: \(problem). Move it away to begin anew."
        }
    }
}
