/// A number that stands for a style.
public struct StyleCode: Sendable, Equatable {
    /// The number.
    public var code: UInt64
    /// What the style counts beside others.
    public var weight: Double

    /// As it is typed.
    public var text: String { weight == 1 ? "\(code)" : "\(code)::\(Prompt.plain(weight))" }

    /// Reads a code, such as `12` or `12::2`; nothing for what is none.
    init?(reading text: some StringProtocol) {
        let halves = text.split(separator: "::", omittingEmptySubsequences: false)
        guard (1...2).contains(halves.count), let code = UInt32(halves[0]),
            let weight = halves.count == 1 ? 1 : PromptValue.number(halves[1]), weight > 0,
            weight <= 1000
        else { return nil }
        (self.code, self.weight) = (UInt64(code), weight)
    }
}

extension Prompt {
    /// The prompt with a code in place of `--sref random`, so that what was drawn can be drawn again.
    public var withChosenStyle: Prompt {
        guard parameters[.sref] == .text("random") else { return self }
        var prompt = self
        prompt.parameters[.sref] = .text(String(UInt32.random(in: 0...(.max))))
        return prompt
    }
}
