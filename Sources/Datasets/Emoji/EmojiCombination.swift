/// A person in a role, of a gender and with a skin tone: `woman firefighter: dark skin tone`.
///
/// Of each gender in each role one tone is held out from training, another one for men than for
/// women, so that it can be seen whether a model puts together what it never saw together.
public struct EmojiCombination: Sendable, Hashable {
    /// The tones, from light to dark, as names say them.
    public static let tones = ["light", "medium-light", "medium", "medium-dark", "dark"]

    /// `man` or `woman`.
    public let gender: String
    /// What the person is or does: `firefighter`.
    public let role: String
    /// The place of the tone among `tones`.
    public let tone: Int

    /// The combination of an English name; nothing for names of anything else.
    public init?(naming name: String) {
        let halves = name.split(separator: ": ", omittingEmptySubsequences: false)
        guard halves.count == 2, halves[1].hasSuffix(" skin tone"),
            let tone = Self.tones.firstIndex(of: String(halves[1].dropLast(" skin tone".count)))
        else { return nil }
        let words = halves[0].split(separator: " ", maxSplits: 1)
        guard words.count == 2, ["man", "woman"].contains(words[0]),
            // Two people have two tones elsewhere.
            !words[1].hasPrefix("and ")
        else { return nil }
        (gender, role, self.tone) = (String(words[0]), String(words[1]), tone)
    }

    /// Whether it is held out; the name alone decides.
    public var isHeldOut: Bool {
        (Int(XXHash64.hash(role) >> 32) + (gender == "woman" ? 2 : 0)) % Self.tones.count == tone
    }
}
