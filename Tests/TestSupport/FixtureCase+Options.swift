extension FixtureCase {
    /// A number; the default where the case does not say.
    public func number(_ option: String, default value: Double? = nil) -> Double {
        if case .number(let number) = options[option] { return number }
        return required(value, option)
    }

    /// A whole number; the default where the case does not say.
    public func integer(_ option: String, default value: Int? = nil) -> Int {
        if case .number(let number) = options[option] { return Int(number) }
        return required(value, option)
    }

    /// Whole numbers, a single one standing for `count` equal ones; the default where absent.
    public func integers(_ option: String, count: Int = 1, default value: [Int]? = nil) -> [Int] {
        switch options[option] {
        case .number(let number): Array(repeating: Int(number), count: count)
        case .list(let list): list.compactMap(\.number).map(Int.init)
        default: required(value, option)
        }
    }

    /// Whole numbers, or none at all where the case does not say.
    public func optionalIntegers(_ option: String) -> [Int]? {
        options[option] == nil ? nil : integers(option)
    }

    /// True or false; the default where the case does not say.
    public func flag(_ option: String, default value: Bool? = nil) -> Bool {
        if case .flag(let flag) = options[option] { return flag }
        return required(value, option)
    }

    /// A word; the default where the case does not say.
    public func text(_ option: String, default value: String? = nil) -> String {
        if case .text(let text) = options[option] { return text }
        return required(value, option)
    }

    /// Whether the case says anything about the option.
    public func has(option: String) -> Bool { options[option] != nil }

    private func required<Value>(_ value: Value?, _ option: String) -> Value {
        guard let value else { fatalError("fixture case '\(name)' has no option '\(option)'") }
        return value
    }
}
