import TestSupport
import Torch

/// What a fixture's case gives to an operation: tensors in one type, and options.
struct Given {
    let options: FixtureCase
    private let tensors: [String: Tensor]

    init(_ options: FixtureCase, _ tensors: [String: Tensor]) {
        self.options = options
        self.tensors = tensors
    }

    /// The tensor of that name.
    subscript(name: String) -> Tensor {
        guard let tensor = tensors[name] else {
            fatalError("fixture case '\(options.name)' has no tensor '\(name)'")
        }
        return tensor
    }

    /// The tensor of that name, where there is one.
    func optional(_ name: String) -> Tensor? { tensors[name] }

    /// The tensor that every operation starts from.
    var input: Tensor { self["input"] }

    /// The second tensor of an operation on two.
    var other: Tensor { self["other"] }

    /// The dimension that an operation goes along.
    var dimension: Int { options.integer("dim") }
}

/// How the library does what PyTorch does under some name.
typealias Use = @Sendable (Given) -> Tensor
