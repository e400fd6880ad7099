/// Texts with weights: `hot dog::1.5 food::-1`.
///
/// `::` ends a part, and a number at once behind it is the weight of the part before; without a
/// number it is 1. A comma between two digits is a point, as many languages write it.
///
/// Source: Midjourney's documentation, Multi Prompts.
enum WeightedText {
    /// The parts of a text; those without words are left out.
    ///
    /// - Throws: `PromptError` for a weight that can be read in two ways.
    static func parts(of text: String) throws(PromptError) -> [Prompt.Part] {
        var parts: [Prompt.Part] = []
        var rest = text[...]
        func add(_ words: Substring, _ weight: Double) {
            let words = words.trimmingPrefix(while: \.isWhitespace)
            let kept = words.reversed().drop(while: \.isWhitespace).reversed()
            if !kept.isEmpty { parts.append(Prompt.Part(text: String(kept), weight: weight)) }
        }
        while let mark = rest.firstRange(of: "::") {
            let after = rest[mark.upperBound...]
            let digits = number(at: after)
            let behind = after.dropFirst(digits?.count ?? 0)
            if digits != nil, behind.prefixMatch(of: /[.,][0-9]/) != nil {
                throw PromptError(
                    .weights,
                    "the weight '\(after.prefix { !$0.isWhitespace })' is no number; write it as in"
                        + " hot::1.5 dog, and a space before what follows"
                )
            }
            let weight = digits?.replacing(",", with: ".")
            add(rest[..<mark.lowerBound], weight.flatMap { Double($0) } ?? 1)
            rest = behind
        }
        add(rest, 1)
        return parts
    }

    /// The number at the start of a text.
    private static func number(at text: Substring) -> Substring? {
        text.prefixMatch(of: /-?(?:[0-9]+(?:,[0-9]+|\.[0-9]*)?|\.[0-9]+)/)?.output
    }
}
