/// A piece of a recipe as written: text, a list or a section, and where it stands.
struct RecipeNode {
    /// What is written.
    indirect enum Value {
        /// A number, a word or quoted text.
        case scalar(String, isQuoted: Bool)
        /// Values in order.
        case list([RecipeNode])
        /// Keys with their values, in order and without duplicates.
        case section([Entry])
    }

    /// A key with its value.
    struct Entry {
        var key: String
        var origin: RecipeOrigin?
        var node: RecipeNode
    }

    var value: Value
    var origin: RecipeOrigin?

    /// Whether nothing is written: an empty value, `~` or `null`.
    var isNothing: Bool {
        guard case .scalar(let text, false) = value else { return false }
        return ["", "~", "null", "Null", "NULL"].contains(text)
    }

    /// The whole number written here.
    var integer: Int? { unquoted.flatMap { Int($0) } }

    /// The whole number of 64 bits without a sign written here.
    var natural: UInt64? { unquoted.flatMap { UInt64($0) } }

    /// The decimal number written here; never infinite, never "not a number".
    var number: Double? {
        guard let text = unquoted, text.allSatisfy({ "0123456789+-.eE".contains($0) }),
            let number = Double(text), number.isFinite
        else { return nil }
        return number
    }

    /// The text written here, unless it reads as a number, a flag or nothing.
    var text: String? {
        guard case .scalar(let text, let isQuoted) = value else { return nil }
        if isQuoted { return text }
        return isNothing || number != nil || ["true", "false"].contains(text) ? nil : text
    }

    /// The flag written here.
    var flag: Bool? {
        guard case .scalar(let text, false) = value else { return nil }
        return Bool(text)
    }

    /// The text without quotes, and without the underscores that people group digits with.
    private var unquoted: String? {
        guard case .scalar(let text, false) = value else { return nil }
        return text.first?.isNumber == true ? text.filter { $0 != "_" } : text
    }

    /// What is written, for a person.
    var summary: String {
        switch value {
        case .scalar(let text, let isQuoted):
            if isNothing { return "nothing" }
            let short = text.count > 60 ? text.prefix(57) + "…" : text[...]
            return isQuoted || text == self.text ? "\"\(short)\"" : String(short)
        case .list(let items): return "a list of \(items.count)"
        case .section(let entries): return "a section of \(entries.count)"
        }
    }
}
