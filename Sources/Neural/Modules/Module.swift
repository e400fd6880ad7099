import Checks
import Torch

/// The base of everything with parameters: layers, blocks, networks.
///
/// Properties declared `@Parameter`, `@Buffer`, or of a module type (also arrays and optionals of
/// them) are found by name, in the order of declaration: `blocks.0.conv1.weight`. They are found
/// once, at the first use; afterwards members may change their contents but not be exchanged.
open class Module: ModuleMember {
    /// The members without the module itself, which would keep itself alive.
    private var found: ModuleVisitor?

    /// Whether layers behave as in training (batch statistics, dropout) or as in use.
    public private(set) var isTraining = true

    /// A module without members of its own.
    public init() {}

    /// Everything the module holds, inner modules included.
    public var members: ModuleVisitor {
        var visitor = innerMembers
        visitor.modules.insert(("", self), at: 0)
        return visitor
    }

    private var innerMembers: ModuleVisitor {
        if let found { return found }
        var visitor = walked()
        visitor.modules.removeFirst()
        found = visitor
        return visitor
    }

    /// The members, after a look whether they are still those of the first use.
    ///
    /// The walk costs some microseconds per member, so it is made once in a while (state, training
    /// or use, device), not at each step.
    func checkedMembers() -> ModuleVisitor {
        let members = members
        if let name = members.firstDifference(from: walked()) {
            preconditionFailure(
                "member '\(name)' was exchanged after the first use of \(type(of: self)):"
                    + " change its contents instead, or make a new model"
            )
        }
        return members
    }

    private func walked() -> ModuleVisitor {
        var visitor = ModuleVisitor()
        visit(&visitor, name: "")
        return visitor
    }

    /// All parameters, in order.
    public var parameters: [Parameter] { innerMembers.parameters.map(\.parameter) }

    /// How many numbers training changes.
    public var parameterCount: Int { parameters.reduce(0) { $0 + $1.wrappedValue.count } }

    /// Sets this module and all inner ones to training or to use.
    public func setTraining(_ isTraining: Bool) {
        for (_, module) in checkedMembers().modules { module.isTraining = isTraining }
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
        visitor.claim(name, for: self)
        visitor.modules.append((name, self))
        var mirror: Mirror? = Mirror(reflecting: self)
        var levels: [Mirror] = []
        while let level = mirror, level.subjectType != Module.self {
            levels.append(level)
            mirror = level.superclassMirror
        }
        for level in levels.reversed() {
            for (label, value) in level.children {
                guard let label else { continue }
                // A wrapped property `weight` is stored as `_weight`.
                let plain = label.hasPrefix("_") ? String(label.dropFirst()) : label
                let full = name.isEmpty ? plain : "\(name).\(plain)"
                guard let member = value as? any ModuleMember else {
                    refuseHidden(value, name: full)
                    continue
                }
                precondition(
                    !label.hasPrefix("$__lazy_storage"),
                    "property '\(full)' is lazy: make it in the initializer"
                )
                member.visit(&visitor, name: full)
            }
        }
    }

    /// Stops at structs, tuples and the like with members inside, which would be missed.
    private func refuseHidden(_ value: Any, name: String) {
        let mirror = Mirror(reflecting: value)
        guard let style = mirror.displayStyle, style != .class else { return }
        for (_, inner) in mirror.children where inner is any ModuleMember {
            preconditionFailure(
                "property '\(name)' hides a tensor or module in a \(type(of: value)): declare it"
                    + " as a property of the module, in an array or in a dictionary by name"
            )
        }
    }
}
