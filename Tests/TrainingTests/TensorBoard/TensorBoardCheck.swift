import Foundation
import TestSupport
import Training

/// Runs `scripts/check-tensorboard` and reads its report.
enum TensorBoardCheck {
    struct Board: Decodable {
        let scalars: [Scalar]
        let images: [Image]
        let histograms: [Histogram]
        let text: [Text]
        let hparams: [Row]
    }

    struct Scalar: Decodable {
        let run: String
        let tag: String
        let steps: [Int]
        let values: [String]
    }

    struct Image: Decodable {
        let tag: String
        let sample: Int
        let step: Int
        let sha256: String
    }

    struct Histogram: Decodable {
        let tag: String
        let buckets: [[Double]]
    }

    struct Text: Decodable {
        let tag: String
        let html: String
    }

    struct Row: Decodable {
        let hparams: [String: HyperparameterValue]
        let metrics: [String: Double]
        let sessions: [Session]
    }

    struct Session: Decodable {
        let status: String
    }

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    /// Whether TensorBoard is installed, or can be.
    static let isAvailable: Bool = (try? output(of: ["--prepare"])) != nil

    /// What came back, by loader.
    static func report(on folder: URL) throws -> [String: Board] {
        try JSONDecoder().decode([String: Board].self, from: output(of: [folder.path]))
    }

    private static func output(of arguments: [String]) throws -> Data {
        let script = repositoryRoot.appending(path: "scripts/check-tensorboard")
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["python3", script.path] + arguments
        let output = Pipe()
        process.standardOutput = output
        try process.run()
        let data = try output.fileHandleForReading.readToEnd() ?? Data()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw Failure(
                description: "\(script.lastPathComponent) ended with "
                    + "\(process.terminationStatus): \(String(decoding: data, as: UTF8.self))"
            )
        }
        return data
    }
}

extension HyperparameterValue: Decodable {
    /// Reads a flag, a number or a word.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let flag = try? container.decode(Bool.self) {
            self = .flag(flag)
        } else if let number = try? container.decode(Double.self) {
            self = .number(number)
        } else {
            self = .text(try container.decode(String.self))
        }
    }
}
