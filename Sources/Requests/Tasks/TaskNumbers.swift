/// The numbers of a task as JSON has them: each by a name.
public struct TaskNumbers: Codable, Sendable, Equatable {
    private var values: [String: Double]

    /// None.
    public init() { values = [:] }

    /// Reads an object of numbers.
    ///
    /// - Throws: `DecodingError` for anything else.
    public init(from decoder: any Decoder) throws {
        values = try decoder.singleValueContainer().decode([String: Double].self)
    }

    /// Writes the numbers as an object.
    public func encode(to encoder: any Encoder) throws {
        var box = encoder.singleValueContainer()
        try box.encode(values)
    }

    /// A number; nothing where it is not there.
    public subscript(name: String) -> Double? {
        get { values[name] }
        set { values[name] = newValue }
    }

    /// Takes a number out.
    ///
    /// - Parameters:
    ///   - name: What it is called.
    ///   - range: What it may be.
    /// - Returns: Nothing where it is not there.
    /// - Throws: `RequestProblem` for one outside of the range.
    public mutating func take(
        _ name: String,
        _ range: ClosedRange<Double>
    ) throws(RequestProblem) -> Double? {
        guard let value = values.removeValue(forKey: name) else { return nil }
        try RequestProblem.check(value, range, name)
        return value
    }

    /// Takes a whole number out.
    ///
    /// - Throws: `RequestProblem` for one outside of the range, and one with a part behind the point.
    public mutating func take(
        _ name: String,
        _ range: ClosedRange<Int>
    ) throws(RequestProblem) -> Int? {
        let wide = Double(range.lowerBound)...Double(range.upperBound)
        guard let value = try take(name, wide) else { return nil }
        guard let whole = Int(exactly: value) else {
            throw RequestProblem(name, expects: "a whole number", found: "\(value)")
        }
        return whole
    }

    /// Refuses what nothing has taken out.
    ///
    /// - Throws: `RequestProblem` with the names that the task knows.
    func finish(_ task: PictureTask.Name) throws(RequestProblem) {
        guard let name = values.keys.min() else { return }
        let known = task.numbers.joined(separator: ", ")
        throw RequestProblem(
            "numbers",
            expects: (known.isEmpty ? "no numbers" : "numbers among \(known)")
                + " for '\(task.rawValue)'",
            found: "'\(name)'"
        )
    }
}

extension PictureTask.Name {
    /// The names of its numbers.
    public var numbers: [String] {
        switch self {
        case .imagine, .inpaint, .tile, .restore: []
        case .vary: ["strong"]
        case .outpaint:
            ["zoom", "left", "right", "top", "bottom"]
                + ["left", "right", "top", "bottom"].map { "\($0)-pixels" }
                + ["aspect-width", "aspect-height"]
        case .blend: (0..<pictures.upperBound).map { "weight-\($0)" }
        case .explore:
            ["x", "y", "psi", "noise"] + (0..<Exploration.layerLimit).map { "layer-\($0)" }
        case .project: ["steps"]
        case .upscale: ["times"]
        }
    }
}
