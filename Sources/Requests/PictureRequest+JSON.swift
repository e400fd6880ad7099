import Prompts
import Settings

extension PictureRequest: Codable {
    private enum CodingKeys: String, CodingKey {
        case task, prompt, count, first, seed, model, pictures, mask, region, numbers, size
        case enlarge, layout, previews, isLenient
        case sampling = "manner"
    }

    /// Reads a request; what is left out is usual.
    ///
    /// - Throws: `RequestProblem` and `PromptError` for what cannot be asked for, `DecodingError` for what is
    ///   no request.
    public init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: CodingKeys.self)
        let name = try box.decodeIfPresent(PictureTask.Name.self, forKey: .task) ?? .imagine
        self.init(
            try PictureTask(
                name,
                try box.decodeIfPresent(TaskNumbers.self, forKey: .numbers) ?? TaskNumbers()
            )
        )
        prompt = try PictureRequest.prompt(
            try box.decodeIfPresent(String.self, forKey: .prompt) ?? ""
        )
        count = try box.decodeIfPresent(Int.self, forKey: .count) ?? (name.form.makesOne ? 1 : 4)
        first = try box.decodeIfPresent(Int.self, forKey: .first) ?? 0
        seed = try box.decodeIfPresent(SeedText.self, forKey: .seed)?.seed ?? 0
        model = try box.decodeIfPresent(String.self, forKey: .model)
        pictures = try box.decodeIfPresent([String].self, forKey: .pictures) ?? []
        mask = try box.decodeIfPresent(String.self, forKey: .mask)
        region = try box.decodeIfPresent(Region.self, forKey: .region)
        sampling =
            try box.decodeIfPresent(SamplingChanges.self, forKey: .sampling) ?? SamplingChanges()
        size = try box.decodeIfPresent(Int.self, forKey: .size)
        enlarge = try box.decodeIfPresent(Int.self, forKey: .enlarge) ?? 1
        layout = try box.decodeIfPresent(PageLayout.self, forKey: .layout)
        previews = try box.decodeIfPresent(Int.self, forKey: .previews) ?? 0
        isLenient = try box.decodeIfPresent(Bool.self, forKey: .isLenient) ?? false
    }

    /// Writes all of it; what is nothing is written as null.
    public func encode(to encoder: any Encoder) throws {
        var box = encoder.container(keyedBy: CodingKeys.self)
        try box.encode(task.name, forKey: .task)
        try box.encode(prompt?.typed ?? "", forKey: .prompt)
        try box.encode(count, forKey: .count)
        try box.encode(first, forKey: .first)
        try box.encode(SeedText(seed), forKey: .seed)
        try box.encode(model, forKey: .model)
        try box.encode(pictures, forKey: .pictures)
        try box.encode(mask, forKey: .mask)
        try box.encode(region, forKey: .region)
        try box.encode(task.numbers, forKey: .numbers)
        if sampling != SamplingChanges() { try box.encode(sampling, forKey: .sampling) }
        try box.encode(size, forKey: .size)
        if enlarge != 1 { try box.encode(enlarge, forKey: .enlarge) }
        try box.encodeIfPresent(layout, forKey: .layout)
        try box.encode(previews, forKey: .previews)
        try box.encode(isLenient, forKey: .isLenient)
    }

    /// The one prompt of a text, with its braces expanded before; nothing for an empty one.
    ///
    /// - Parameters:
    ///   - text: As typed.
    ///   - presets: The person's own parameters.
    /// - Returns: The prompt, read.
    /// - Throws: `PromptError`, and `RequestProblem` for braces.
    public static func prompt(_ text: String, presets: Presets = Presets()) throws -> Prompt? {
        guard !text.allSatisfy(\.isWhitespace) else { return nil }
        let prompts = try Prompt.all(of: text, presets: presets)
        guard prompts.count == 1 else {
            throw RequestProblem(
                "prompt",
                expects: "braces expanded",
                found: "\(prompts.count) prompts"
            )
        }
        return prompts[0]
    }
}

/// The key of all random numbers as JSON has it: a text, as JavaScript has no whole numbers of 64 bits.
public struct SeedText: Codable, Sendable {
    /// The key.
    public let seed: UInt64

    /// A key.
    public init(_ seed: UInt64) { self.seed = seed }

    /// Reads a key from a text or a number.
    ///
    /// - Throws: `DecodingError` for anything else.
    public init(from decoder: any Decoder) throws {
        let box = try decoder.singleValueContainer()
        let number = (try? box.decode(UInt64.self)) ?? UInt64((try? box.decode(String.self)) ?? "")
        guard let number else {
            throw DecodingError.dataCorruptedError(
                in: box,
                debugDescription: "expected a whole number from 0 to \(UInt64.max)"
            )
        }
        seed = number
    }

    /// Writes the key as a text.
    public func encode(to encoder: any Encoder) throws {
        var box = encoder.singleValueContainer()
        try box.encode(String(seed))
    }
}
