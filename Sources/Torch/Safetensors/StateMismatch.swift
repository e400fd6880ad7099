/// Named tensors that are not those which were expected.
public struct StateMismatch: Error, Sendable, Equatable, CustomStringConvertible {
    /// A tensor of the right name and another shape or type.
    public struct Difference: Sendable, Equatable {
        /// The tensor's name.
        public let name: String
        /// What was expected.
        public let expected: TensorOutline
        /// What was found.
        public let actual: TensorOutline
    }

    /// Where the tensors come from: a path, or what else they are.
    public let origin: String
    /// Names expected and not found, in order.
    public let missing: [String]
    /// Names found and not expected, in order.
    public let unexpected: [String]
    /// Names with another shape or type than expected, in order.
    public let different: [Difference]

    /// Compares names, shapes and types.
    ///
    /// - Throws: `StateMismatch` with everything that differs.
    public static func check(
        _ actual: [String: TensorOutline],
        against expected: [String: TensorOutline],
        origin: String
    ) throws(StateMismatch) {
        let different = expected.compactMap { name, outline -> Difference? in
            guard let found = actual[name], found != outline else { return nil }
            return Difference(name: name, expected: outline, actual: found)
        }
        let mismatch = StateMismatch(
            origin: origin,
            missing: expected.keys.filter { actual[$0] == nil }.sorted(),
            unexpected: actual.keys.filter { expected[$0] == nil }.sorted(),
            different: different.sorted { $0.name < $1.name }
        )
        guard mismatch.missing.isEmpty, mismatch.unexpected.isEmpty, mismatch.different.isEmpty
        else { throw mismatch }
    }

    /// Everything that differs, a line each, and what to do.
    public var description: String {
        var lines = ["\(origin) does not fit the model:"]
        lines += missing.map { "  missing    \($0)" }
        lines += unexpected.map { "  unexpected \($0)" }
        lines += different.map { "  \($0.name): expected \($0.expected), found \($0.actual)" }
        lines.append("Build the model from the configuration that these weights were made with.")
        return lines.joined(separator: "\n")
    }
}
