import Torch

/// The base of everything with parameters: layers, blocks, networks.
///
/// Properties declared `@Parameter`, `@Buffer`, or of a module type (also arrays and optionals of
/// them) are found by name, in the order of declaration: `blocks.0.conv1.weight`. They are found
/// once, at the first use; afterwards members may change their contents but not be exchanged.
open class Module: ModuleMember {
    private var found: ModuleVisitor?

    /// Whether layers behave as in training (batch statistics, dropout) or as in use.
    public private(set) var isTraining = true

    /// A module without members of its own.
    public init() {}

    /// Everything the module holds, inner modules included.
    public var members: ModuleVisitor {
        if let found { return found }
        var visitor = ModuleVisitor()
        visit(&visitor, name: "")
        found = visitor
        return visitor
    }

    /// All parameters, in order.
    public var parameters: [Parameter] { members.parameters.map(\.parameter) }

    /// How many numbers training changes.
    public var parameterCount: Int { parameters.reduce(0) { $0 + $1.wrappedValue.count } }

    /// Sets this module and all inner ones to training or to use.
    public func setTraining(_ isTraining: Bool) {
        for (_, module) in members.modules { module.isTraining = isTraining }
    }

    /// Runs the body in use rather than training, and puts every module back as it was.
    public func evaluating<Result, Failure: Error>(
        _ body: () throws(Failure) -> Result
    ) throws(Failure) -> Result {
        let before = members.modules.map { ($0.module, $0.module.isTraining) }
        setTraining(false)
        defer { for (module, isTraining) in before { module.isTraining = isTraining } }
        return try body()
    }

    /// Adds the module and all its members.
    public func visit(_ visitor: inout ModuleVisitor, name: String) {
        visitor.modules.append((name, self))
        var mirror: Mirror? = Mirror(reflecting: self)
        var levels: [Mirror] = []
        while let level = mirror, level.subjectType != Module.self {
            levels.append(level)
            mirror = level.superclassMirror
        }
        for level in levels.reversed() {
            for (label, value) in level.children {
                guard let label, let member = value as? any ModuleMember else { continue }
                // A wrapped property `weight` is stored as `_weight`.
                let plain = label.hasPrefix("_") ? String(label.dropFirst()) : label
                member.visit(&visitor, name: name.isEmpty ? plain : "\(name).\(plain)")
            }
        }
    }
}
