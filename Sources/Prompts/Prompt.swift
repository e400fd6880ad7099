/// What a person asks for, read: pictures to begin with, weighted texts, parameters.
///
/// Source: Midjourney's documentation of prompts, multi-prompts and parameters; Adam Twardoch's notes
/// for those who implement it give the order of reading.
public struct Prompt: Codable, Sendable, Equatable {
    /// A text that counts so much.
    public struct Part: Codable, Sendable, Equatable {
        /// The words.
        public var text: String
        /// What it counts, beside the other parts; below nothing, it is to be avoided.
        public var weight: Double

        /// A part.
        public init(text: String, weight: Double) { (self.text, self.weight) = (text, weight) }
    }

    /// Files of pictures to begin with.
    public var pictures: [String]
    /// What is asked for in words; what `--no` names is among it, with −0.5, or
    /// less where it would leave less than half of what is wanted.
    public var parts: [Part]
    /// How it is to be drawn.
    public var parameters: PromptParameters

    /// Characters that are taken.
    public static let length = 32_000
    /// Prompts that braces may stand for.
    public static let permutations = 40

    /// A prompt of these parts.
    public init(
        pictures: [String] = [],
        parts: [Part],
        parameters: PromptParameters = PromptParameters()
    ) {
        (self.pictures, self.parts, self.parameters) = (pictures, parts, parameters)
    }

    /// Parts whose weights sum to one.
    public var normalised: [Part] {
        let sum = parts.reduce(0) { $0 + $1.weight }
        return parts.map { Part(text: $0.text, weight: $0.weight / sum) }
    }

    /// What the texts and the pictures count, all together one: `--iw` is the pictures'.
    public var shares: (parts: [Double], pictures: Double) {
        let weight = pictures.isEmpty ? 0 : parameters.imageWeight
        let sum = parts.reduce(weight) { $0 + $1.weight }
        return (parts.map { $0.weight / sum }, weight / sum)
    }

    /// The texts alone, as they could be asked for again.
    public var text: String {
        let asked = parts.dropLast(parameters.excluded.count)
        guard asked.count > 1 || asked.contains(where: { $0.weight != 1 }) else {
            return asked.first?.text ?? ""
        }
        return asked.map { part in
            // A colon of the text's own stands apart from those of the weight.
            part.text + (part.text.hasSuffix(":") ? " ::" : "::") + Self.plain(part.weight)
        }.joined(separator: " ")
    }

    /// All of it, as it could be typed again.
    public var typed: String {
        (pictures + [KeyboardForms.settled(text), parameters.text]).filter { !$0.isEmpty }
            .joined(separator: " ")
            .replacing("{", with: "\\{").replacing("}", with: "\\}")
    }

    /// A number without a point where it needs none.
    static func plain(_ number: Double) -> String {
        number == number.rounded() && abs(number) < 1e15 ? "\(Int(number))" : "\(number)"
    }
}
