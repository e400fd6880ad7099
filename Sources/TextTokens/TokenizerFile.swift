import Foundation

/// A value in a tokenizer's file, with the place where it lies.
struct TokenizerFile {
    let value: Any
    let place: String

    /// Reads JSON.
    ///
    /// - Throws: `TextTokensError` for what is none.
    init(_ data: Data) throws(TextTokensError) {
        do {
            value = try JSONSerialization.jsonObject(with: data)
        } catch {
            throw TextTokensError("the file is no JSON (\(error.localizedDescription))")
        }
        place = ""
    }

    private init(_ value: Any, _ place: String) { (self.value, self.place) = (value, place) }

    func wrong(_ problem: String) -> TextTokensError { TextTokensError(problem, at: place) }

    private func inner(_ key: String) -> String { place.isEmpty ? key : "\(place).\(key)" }

    /// The value of a key; nothing for none, or null.
    subscript(key: String) -> TokenizerFile? {
        guard let found = (value as? [String: Any])?[key], !(found is NSNull) else { return nil }
        return TokenizerFile(found, inner(key))
    }

    /// The value of a key.
    func needed(_ key: String) throws(TextTokensError) -> TokenizerFile {
        guard let found = self[key] else { throw wrong("'\(key)' is missing") }
        return found
    }

    /// Refuses keys that are not known, and values that would change what is known.
    ///
    /// - Parameters:
    ///   - known: Keys that are read.
    ///   - fixed: Keys with the only value that they may have, `false` or a text; null is none.
    /// - Throws: `TextTokensError` that names the key.
    func check(_ known: Set<String>, _ fixed: [String: String] = [:]) throws(TextTokensError) {
        guard let entries = value as? [String: Any] else { throw wrong("an object is expected") }
        for (key, value) in entries.sorted(by: { $0.key < $1.key }) where !known.contains(key) {
            guard !(value is NSNull) else { continue }
            if let only = fixed[key],
                only == "false" ? value as? Bool == false : value as? String == only
            {
                continue
            }
            throw TextTokensError(
                fixed[key] == nil ? "is not known here" : "\(value) is not known here",
                at: inner(key)
            )
        }
    }

    func text() throws(TextTokensError) -> String {
        guard let text = value as? String else { throw wrong("a text is expected") }
        return text
    }

    func whole() throws(TextTokensError) -> Int {
        guard let number = value as? Int else { throw wrong("a whole number is expected") }
        return number
    }

    func truth() throws(TextTokensError) -> Bool {
        guard let truth = value as? Bool else { throw wrong("true or false is expected") }
        return truth
    }

    func list() throws(TextTokensError) -> [TokenizerFile] {
        guard let list = value as? [Any] else { throw wrong("a list is expected") }
        return list.enumerated().map { TokenizerFile($1, inner("\($0)")) }
    }

    func truth(_ key: String, usual: Bool) throws(TextTokensError) -> Bool {
        try self[key].map { (found) throws(TextTokensError) in try found.truth() } ?? usual
    }
}
