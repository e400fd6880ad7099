import Checks
import Torch

/// What a module can be made of; the walk over a module's properties knows nothing else.
public protocol ModuleMember {
    /// Tells the visitor everything this member holds, under that name.
    func visit(_ visitor: inout ModuleVisitor, name: String)
}

/// Collects what modules hold, in the order of declaration.
public struct ModuleVisitor {
    /// Parameters with their full names.
    public internal(set) var parameters: [(name: String, parameter: Parameter)] = []
    /// Buffers with their full names.
    public internal(set) var buffers: [(name: String, buffer: Buffer)] = []
    /// Modules with their full names, the outermost first under the empty name.
    public internal(set) var modules: [(name: String, module: Module)] = []
    private var names: Set<String> = []
    private var owners: [ObjectIdentifier: String] = [:]

    /// Notes a name and the object that has it.
    mutating func claim(_ name: String, for object: AnyObject) {
        precondition(
            names.insert(name).inserted,
            "two members are called '\(name)': rename one"
        )
        if let other = owners.updateValue(name, forKey: ObjectIdentifier(object)) {
            preconditionFailure(
                "'\(other)' and '\(name)' are the same object, which would be trained and saved"
                    + " twice: keep it in one place and pass it as an argument to the other"
            )
        }
    }

    /// The first name that belongs to another object than in the other collection, if any.
    func firstDifference(from other: ModuleVisitor) -> String? {
        let gone = owners.filter { other.owners[$0.key] != $0.value }
        let new = other.owners.filter { owners[$0.key] != $0.value }
        return (Array(gone.values) + Array(new.values)).min()
    }
}

extension Parameter: ModuleMember {
    /// Adds the parameter.
    public func visit(_ visitor: inout ModuleVisitor, name: String) {
        visitor.claim(name, for: self)
        visitor.parameters.append((name, self))
    }
}

extension Buffer: ModuleMember {
    /// Adds the buffer.
    public func visit(_ visitor: inout ModuleVisitor, name: String) {
        visitor.claim(name, for: self)
        visitor.buffers.append((name, self))
    }
}

extension Tensor: ModuleMember {
    /// Refuses a bare tensor, which would be neither trained nor saved.
    public func visit(_ visitor: inout ModuleVisitor, name: String) {
        preconditionFailure(
            "property '\(name)' is a bare Tensor: declare it '@Parameter var' if it is trained,"
                + " '@Buffer var' if it is only saved"
        )
    }
}

extension Array: ModuleMember where Element: ModuleMember {
    /// Adds the elements under their places: `blocks.0`, `blocks.1`.
    public func visit(_ visitor: inout ModuleVisitor, name: String) {
        for (index, element) in enumerated() {
            element.visit(&visitor, name: "\(name).\(index)")
        }
    }
}

extension Optional: ModuleMember where Wrapped: ModuleMember {
    /// Adds what is there.
    public func visit(_ visitor: inout ModuleVisitor, name: String) {
        self?.visit(&visitor, name: name)
    }
}

extension Dictionary: ModuleMember where Key == String, Value: ModuleMember {
    /// Adds the values under their keys, in the order of the keys: `heads.realness`.
    public func visit(_ visitor: inout ModuleVisitor, name: String) {
        for (key, element) in sorted(by: { $0.key < $1.key }) {
            element.visit(&visitor, name: "\(name).\(key)")
        }
    }
}
