import Foundation
import Generation
import Prompts
import Requests
import Speech

/// Why an order cannot be followed.
struct WorkerProblem: Error, CustomStringConvertible {
    /// What kind of failure it is.
    let kind: FailureKind
    /// The parameter or field that is wrong.
    let parameter: String?
    /// What was expected and found, and what to do.
    let description: String

    /// A problem of an order's field, or of the worker.
    init(_ kind: FailureKind, _ description: String, parameter: String? = nil) {
        (self.kind, self.description, self.parameter) = (kind, description, parameter)
    }

    /// What keeps a recording from becoming a text.
    init(_ error: SpeechError) {
        switch error.kind {
        case .recording: self.init(.invalidAudio, error.description, parameter: "file")
        case .wordless: self.init(.invalidValue, error.description, parameter: "model")
        case .recogniser: self.init(.notInstalled, error.description)
        }
    }

    /// A line that is no order, in the words of the reader of JSON.
    static func noOrder(_ error: any Error) -> WorkerProblem {
        func place(_ context: DecodingError.Context) -> String {
            context.codingPath.map(\.stringValue).joined(separator: ".")
        }
        let (field, problem): (String, String)
        switch error {
        case DecodingError.keyNotFound(let key, _):
            (field, problem) = (key.stringValue, "there is no '\(key.stringValue)' in it")
        case DecodingError.typeMismatch(_, let context),
            DecodingError.valueNotFound(_, let context):
            (field, problem) = (place(context), context.debugDescription)
        case DecodingError.dataCorrupted(let context):
            (field, problem) = (place(context), context.debugDescription)
        default: (field, problem) = ("", "\(error)")
        }
        // Some of its sentences end with a point, some do not.
        let words = problem.hasSuffix(".") ? String(problem.dropLast()) : problem
        return WorkerProblem(
            .invalidValue,
            "the line is no order"
                + (field.isEmpty ? "" : " (\(field))")
                + ": \(words). Send one object of JSON a line.",
            parameter: field.isEmpty ? nil : field
        )
    }

    /// The name of the order that a line was meant to be, where it has one.
    static func id(of line: Data) -> String {
        struct Named: Decodable { let id: String }
        return (try? JSONDecoder().decode(Named.self, from: line))?.id ?? ""
    }
}

extension WorkerReply {
    /// The last reply to an order that failed, or that the rules forbid.
    init(_ error: any Error, to id: String) {
        if let error = error as? PromptError, error.kind == .blocked {
            self.init(.blocked, to: id)
            message = error.description
            categories = error.category.map { [$0] } ?? []
            return
        }
        self.init(.failed, to: id)
        message = Failure.message(of: error)
        if let problem = error as? WorkerProblem {
            (code, parameter) = (problem.kind.rawValue, problem.parameter)
        } else {
            let (kind, parameter) = FailureKind.of(error)
            (code, self.parameter) = (kind.rawValue, parameter)
        }
    }
}
