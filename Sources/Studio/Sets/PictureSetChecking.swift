import Foundation
import Subprocess

/// Looks at sets with the program that trains, so that nothing is said here that a run would say otherwise.
struct PictureSetChecking: Sendable {
    let program: String

    /// Looks at all pictures of a set and at what a run would make of them.
    ///
    /// - Parameters:
    ///   - file: The set.
    ///   - format: What it is: `folder` or `zip`.
    ///   - recipe: What would be trained.
    /// - Returns: What was found.
    /// - Throws: `APIError` where the program cannot be run.
    func look(at file: URL, format: String, recipe: String) async throws -> PictureSetCheck {
        let found = try await run(["data", "check", file.path, "--json"])
        guard let reports = try? JSONDecoder().decode([Report].self, from: found.output) else {
            return PictureSetCheck(
                readable: 0,
                lines: [],
                refusal: Self.sentence(found.errors, of: file)
            )
        }
        var lines: [String] = []
        for finding in reports.flatMap(\.findings) where !lines.contains(finding.line) {
            lines.append(finding.line)
        }
        let plan = try await run([
            "train", recipe, "--data", file.path, "--set", "data.set=\(format)", "--dry-run",
            "--json",
        ])
        let cost = try? JSONDecoder().decode(Plan.self, from: plan.output).cost
        return PictureSetCheck(
            readable: reports.reduce(0) { $0 + $1.readable },
            lines: Array(lines.prefix(200)),
            minutes: cost.map { $0.hours * 60 },
            refusal: cost == nil ? Self.sentence(plan.errors, of: file) : nil
        )
    }

    /// What the program lists of a part of a set.
    private struct Report: Decodable {
        var readable: Int
        var findings: [Finding]
    }

    private struct Finding: Decodable {
        var kind: String
        var identifier: String
        var message: String

        var line: String {
            let name = LogText.short(identifier, 120)
            return kind == "leftOut" ? "\(message), such as \(name)" : "\(name): \(message)"
        }
    }

    private struct Plan: Decodable {
        struct Cost: Decodable { var hours: Double }
        var cost: Cost
    }

    /// The last thing that was said, which is why it ended; where the set lies is nobody's business.
    private static func sentence(_ text: String, of file: URL) -> String {
        let line = text.split(separator: "\n").last.map(String.init) ?? "the set cannot be read"
        let plain = line.replacingOccurrences(of: file.path, with: "the set")
        return plain.hasPrefix("Error: ") ? String(plain.dropFirst(7)) : plain
    }

    private func run(_ arguments: [String]) async throws -> (output: Data, errors: String) {
        do {
            let result = try await Subprocess.run(
                .name("nice"),
                arguments: .init(["-n", "10", program] + arguments),
                input: .none,
                output: .data(limit: 16 << 20),
                error: .string(limit: 1 << 20)
            )
            return (result.standardOutput, result.standardError)
        } catch {
            throw APIError(
                status: .internalServerError,
                message: "the set cannot be looked at: \(error)",
                type: "server_error",
                code: "server_error"
            )
        }
    }
}
