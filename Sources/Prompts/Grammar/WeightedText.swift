/// Texts with weights: `hot dog::1.5 food::-1`.
///
/// `::` ends a part, and a number at once behind it is the weight of the part before; without a
/// number it is 1.
///
/// Source: Midjourney's documentation, Multi Prompts.
enum WeightedText {
    /// The parts of a text; those without words are left out.
    static func parts(of text: String) -> [Prompt.Part] {
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
            add(rest[..<mark.lowerBound], digits.flatMap { Double($0) } ?? 1)
            rest = after.dropFirst(digits?.count ?? 0)
        }
        add(rest, 1)
        return parts
    }

    /// The number at the start of a text.
    private static func number(at text: Substring) -> Substring? {
        text.prefixMatch(of: /-?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)/)?.output
    }
}
