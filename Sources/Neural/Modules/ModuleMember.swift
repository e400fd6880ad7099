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

    mutating func claim(_ name: String) {
        precondition(
            names.insert(name).inserted,
            "two members are called '\(name)': a parameter, buffer or module may have one name"
        )
    }
}

extension Parameter: ModuleMember {
    /// Adds the parameter.
    public func visit(_ visitor: inout ModuleVisitor, name: String) {
        visitor.claim(name)
        visitor.parameters.append((name, self))
    }
}

extension Buffer: ModuleMember {
    /// Adds the buffer.
    public func visit(_ visitor: inout ModuleVisitor, name: String) {
        visitor.claim(name)
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
