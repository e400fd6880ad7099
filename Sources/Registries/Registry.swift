import Checks
import Synchronization

/// Parts by name: those that come with the product, and those that another package adds.
public final class Registry<Part: Sendable>: Sendable {
    private let kind: String
    private let bundled: [Part]
    private let name: @Sendable (Part) -> String
    private let others = Mutex<[Part]>([])

    /// A registry.
    ///
    /// - Parameters:
    ///   - kind: What its parts are called where two have one name.
    ///   - bundled: Those that come with the product, in their order.
    ///   - name: What a part is called in recipes and commands.
    public init(_ kind: String, _ bundled: [Part], name: @escaping @Sendable (Part) -> String) {
        (self.kind, self.bundled, self.name) = (kind, bundled, name)
    }

    /// All parts: those of the product first.
    public var all: [Part] { bundled + added }

    /// Those that were added.
    public var added: [Part] { others.withLock { $0 } }

    /// The part of a name.
    public subscript(name: String) -> Part? { all.first { self.name($0) == name } }

    /// Adds a part; recipes, commands and files know it from then on.
    ///
    /// - Precondition: no other has its name.
    public func add(_ part: Part) {
        let name = name(part)
        precondition(self[name] == nil, "two \(kind)s are called '\(name)'")
        others.withLock { $0.append(part) }
    }
}
