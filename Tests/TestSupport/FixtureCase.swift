import Foundation
import Torch

/// One case of a fixture: its options, what it is given and what must come out.
///
/// The rules of names and types are in `Tests/Fixtures/README.md`.
public struct FixtureCase: Sendable, CustomStringConvertible {
    /// The name of the case, unique in its fixture.
    public let name: String
    /// What is done, by the name that PyTorch or Keras gives it.
    public let operation: String
    /// The arguments that are no tensors.
    public let options: [String: FixtureOption]
    private let file: FixtureFile

    /// All cases of a fixture, in the order of their names.
    public static func all(in fixture: String) throws -> [FixtureCase] {
        let file = try FixtureFile.named(fixture)
        return file.cases.sorted { $0.key < $1.key }.map {
            FixtureCase(
                name: $0.key,
                operation: $0.value.operation,
                options: $0.value.options,
                file: file
            )
        }
    }

    /// The case of that name.
    public static func named(_ name: String, in fixture: String) throws -> FixtureCase {
        let file = try FixtureFile.named(fixture)
        guard let found = file.cases[name] else {
            throw FixtureError(description: "no case '\(name)' in the fixture '\(fixture)'")
        }
        return FixtureCase(
            name: name,
            operation: found.operation,
            options: found.options,
            file: file
        )
    }

    /// What a failed test prints.
    public var description: String { name }

    /// The names of the case's tensors without the case, sorted.
    public var tensorNames: [String] {
        file.tensors.keys.filter { $0.hasPrefix("\(name)/") }
            .map { String($0.dropFirst(name.count + 1)) }.sorted()
    }

    /// Whether the case has that tensor.
    public func has(_ tensor: String) -> Bool { file.tensors["\(name)/\(tensor)"] != nil }

    /// A tensor of the case, in its own type or, where it holds real numbers, in that one.
    public func tensor(_ tensor: String, as dtype: DType? = nil) -> Tensor {
        FixtureCase.tensor("\(name)/\(tensor)", of: file, as: dtype)
    }

    /// A tensor of the fixture that belongs to no case, by its whole name.
    public func shared(_ tensor: String, as dtype: DType? = nil) -> Tensor {
        FixtureCase.tensor(tensor, of: file, as: dtype)
    }

    /// The whole names of the tensors that start so.
    public func sharedNames(under prefix: String) -> [String] {
        file.tensors.keys.filter { $0.hasPrefix(prefix) }.sorted()
    }

    private static func tensor(_ name: String, of file: FixtureFile, as dtype: DType?) -> Tensor {
        guard let entry = file.tensors[name] else { fatalError("no tensor '\(name)' in fixture") }
        let stored: DType
        switch entry.dtype {
        case "F32": stored = .float32
        case "F64": stored = .float64
        case "I64": stored = .int64
        case "BOOL": stored = .bool
        default: fatalError("tensor '\(name)' in fixture is of type \(entry.dtype)")
        }
        let made = file.bytes(of: entry).withUnsafeBytes {
            Tensor(bytes: $0, shape: entry.shape, dtype: stored)
        }
        guard let dtype, stored.isFloatingPoint else { return made }
        return made.converted(to: dtype)
    }
}

/// A fixture that is not as a test expects it.
public struct FixtureError: Error, CustomStringConvertible {
    /// What is missing, and where.
    public let description: String
}
