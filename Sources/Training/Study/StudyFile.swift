import Files
import Foundation
import Runs

/// The files of a study's folder.
enum StudyFile {
    static func plan(in folder: URL) throws -> StudyPlan? {
        try read(StudyPlan.self, folder.appending(path: "plan.json"))
    }

    static func results(in folder: URL) throws -> [StudyResult] {
        try read([StudyResult].self, folder.appending(path: "results.json")) ?? []
    }

    static func write(_ plan: StudyPlan, in folder: URL) throws {
        try write(plan, to: folder.appending(path: "plan.json"))
    }

    static func write(_ results: [StudyResult], in folder: URL) throws {
        try write(results, to: folder.appending(path: "results.json"))
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
