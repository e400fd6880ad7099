/// What a task is told, as JSON has it: each value by the name of its field.
public struct TaskNumbers: Codable, Sendable, Equatable {
    private var values: [String: TaskValue]

    /// No numbers are given.
    public init() { values = [:] }

    /// Reads an object of numbers and words.
    ///
    /// - Throws: `DecodingError` for anything else.
    public init(from decoder: any Decoder) throws {
        values = try decoder.singleValueContainer().decode([String: TaskValue].self)
    }

    /// Writes an object.
    public func encode(to encoder: any Encoder) throws {
        var box = encoder.singleValueContainer()
        try box.encode(values)
    }

    /// A value; nothing where it is not there.
    public subscript(name: String) -> TaskValue? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// Takes the value of a field out.
    ///
    /// - Parameter field: Which one.
    /// - Returns: Its usual value where it is not there; nothing where it has none.
    /// - Throws: `RequestProblem` for one that the field cannot be told.
    mutating func take(_ field: TaskField) throws(RequestProblem) -> TaskValue? {
        guard let value = values.removeValue(forKey: field.name) else { return field.usual }
        try field.check(value)
        return value
    }

    /// Takes a number of a task out.
    ///
    /// - Throws: `RequestProblem` for one that the task cannot be told.
    mutating func number(
        _ name: String,
        of fields: [TaskField]
    ) throws(RequestProblem) -> Double? {
        guard let field = fields.first(where: { $0.name == name }) else { return nil }
        return try take(field)?.number
    }

    /// Takes a whole number of a task out.
    ///
    /// - Throws: `RequestProblem` for one that the task cannot be told.
    mutating func whole(
        _ name: String,
        of fields: [TaskField]
    ) throws(RequestProblem) -> Int? {
        try number(name, of: fields).flatMap { Int(exactly: $0) }
    }

    /// Takes a word of a task out.
    ///
    /// - Throws: `RequestProblem` for one that the task cannot be told.
    mutating func word(
        _ name: String,
        of fields: [TaskField]
    ) throws(RequestProblem) -> String? {
        guard let field = fields.first(where: { $0.name == name }) else { return nil }
        return try take(field)?.word
    }

    /// Refuses what nothing has taken out.
    ///
    /// - Throws: `RequestProblem` with the names that the task knows.
    func finish(_ task: PictureTask.Name) throws(RequestProblem) {
        guard let name = values.keys.min() else { return }
        let known = task.form.fields.map(\.name).joined(separator: ", ")
        throw RequestProblem(
            "numbers",
            expects: (known.isEmpty ? "no numbers" : "numbers among \(known)")
                + " for '\(task.rawValue)'",
            found: "'\(name)'"
        )
    }
}
