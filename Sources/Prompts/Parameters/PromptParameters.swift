import Settings

/// How a prompt's pictures are to be drawn: each parameter once.
public struct PromptParameters: Codable, Sendable, Equatable {
    /// What was given, by parameter.
    public private(set) var values: [PromptParameter: PromptValue] = [:]

    /// No parameter is given.
    public init() {}

    /// What a parameter was given; nothing where it is not there.
    public subscript(_ parameter: PromptParameter) -> PromptValue? {
        get { values[parameter] }
        set { values[parameter] = newValue }
    }

    /// Whether it is there.
    public func has(_ parameter: PromptParameter) -> Bool { values[parameter] != nil }

    /// Those that are there, in the order of the list.
    public var names: [PromptParameter] { PromptParameter.allCases.filter(has) }

    /// As they are typed.
    public var text: String {
        names.map { name in
            let value = KeyboardForms.settled(values[name]?.text ?? "")
            return "--\(name.rawValue)" + (value.isEmpty ? "" : " \(value)")
        }.joined(separator: " ")
    }

    /// Reads names with what stands behind each.
    init(reading settings: [String]) throws(PromptError) {
        for setting in settings {
            let end = setting.firstIndex(of: " ") ?? setting.endIndex
            let name = String(setting[..<end])
            let rest = setting[end...].trimmingPrefix(while: \.isWhitespace)
            guard let parameter = PromptParameter(named: name) else { throw Self.unknown(name) }
            let value = try PromptValue(reading: String(rest), for: parameter)
            if case .list(let more) = value, case .list(let words)? = values[parameter] {
                values[parameter] = .list(words + more)
                continue
            }
            guard values[parameter] == nil || values[parameter] == value else {
                throw PromptError(
                    .value,
                    "--\(parameter.rawValue) is given twice, expected once",
                    parameter: parameter.rawValue
                )
            }
            values[parameter] = value
        }
        if has(.seed), case .number? = values[.sameseed] {
            throw PromptError(
                .value,
                "--seed and --sameseed both name a seed, expected one;"
                    + " write --sameseed without a number",
                parameter: PromptParameter.sameseed.rawValue
            )
        }
    }

    private static func unknown(_ name: String) -> PromptError {
        let spelled = name.lowercased()
        if let reason = PromptParameter.gone[spelled] {
            return PromptError(.unsupported, "--\(name) is not taken: \(reason)", parameter: name)
        }
        let names = PromptParameter.allCases.flatMap { [$0.rawValue] + $0.aliases }
        let meant = EditDistance.nearest(to: spelled, among: names.filter { $0.count > 1 })
        return PromptError(
            .unknownParameter,
            "there is no parameter --\(name); "
                + (meant.map { "is --\($0) meant?" } ?? "atelier imagine --parameters lists all"),
            parameter: name
        )
    }
}
