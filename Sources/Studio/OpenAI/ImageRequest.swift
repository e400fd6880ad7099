import Foundation
import Prompts

/// What a client of the OpenAI interface asks for, from JSON or from a form.
struct ImageRequest: Sendable {
    var prompt = ""
    var model: String?
    var count = 1
    var size: String?
    var quality: String?
    var responseFormat: String?
    var outputFormat: String?
    /// The quality of JPEG and WebP, in 0 to 100.
    var compression = 92
    var background: String?
    var stream = false
    var partialImages = 0
    var style: String?
    var user: String?
    /// Whether what the rules do not allow is noted, but drawn.
    var isLenient = false
    /// Parameters of prompts that are given as fields of their own.
    var extras: [String: String] = [:]
    /// What is to be avoided, between commas.
    var avoided = ""

    /// Fields of words, which are read as prompts later, or are names.
    private static let words: Set<String> = ["prompt", "negative_prompt", "no", "model", "user"]

    /// Fields of ours that are parameters of prompts, by their names there.
    static let parameters: Set<String> = Set(
        PromptParameter.allCases.flatMap { [$0.rawValue] + $0.aliases }
    ).subtracting(["size", "quality", "style", "model", "version", "v", "n"])

    /// Reads fields.
    ///
    /// - Parameter fields: Values by name, as texts.
    /// - Throws: `APIError` with the field that is wrong.
    init(_ fields: [String: String]) throws {
        for (name, typed) in fields {
            // Names and numbers are short; what stands for them on other keyboards is looked for in little.
            if !Self.words.contains(name) { try FieldRules.check(typed, name, 0...400) }
            let value = Self.words.contains(name) ? typed : KeyboardForms.plain(typed)
            switch name {
            case "prompt": prompt = value
            case "model": model = value
            case "n": count = try Self.whole(value, name, in: 1...10)
            case "size": size = value
            case "quality":
                quality = try Self.choice(
                    value,
                    name,
                    ["auto", "low", "medium", "high", "standard", "hd"]
                )
            case "response_format":
                responseFormat = try Self.choice(value, name, ["url", "b64_json"])
            case "output_format":
                outputFormat = try Self.choice(value, name, ["png", "jpeg", "webp"])
            case "background":
                background = try Self.choice(value, name, ["transparent", "opaque", "auto"])
            case "stream": stream = try Self.choice(value, name, ["true", "false"]) == "true"
            case "partial_images": partialImages = try Self.whole(value, name, in: 0...3)
            case "moderation": isLenient = try Self.choice(value, name, ["low", "auto"]) == "low"
            case "style": style = try Self.choice(value, name, ["vivid", "natural", "raw"])
            case "user": user = value
            case "negative_prompt", "no":
                avoided = [avoided, value].filter { !$0.isEmpty }.joined(separator: ",")
            case "output_compression": compression = try Self.whole(value, name, in: 0...100)
            // Pictures are kept as exactly as the model can, whatever is asked for.
            case "input_fidelity": _ = try Self.choice(value, name, ["high", "low"])
            case let name where Self.parameters.contains(name):
                extras[name] = try Self.one(value, name)
            default:
                throw APIError.invalid(
                    "Unknown parameter: '\(LogText.short(name, 60))'.",
                    parameter: name,
                    code: "unknown_parameter"
                )
            }
        }
        try FieldRules.checkPrompt(prompt)
        try FieldRules.checkPrompt(avoided, "negative_prompt")
    }

    /// The prompt with all that is said by fields written behind it.
    ///
    /// Quality and style are wishes, as `auto` is: what the model does not follow, or the prompt says
    /// itself, is left out.
    ///
    /// - Parameters:
    ///   - presets: The person's own parameters, which may say as much.
    ///   - follows: Whether a parameter can be followed here.
    /// - Returns: What is read as a prompt.
    func fullPrompt(presets: Presets, _ follows: (PromptParameter) -> Bool) -> String {
        var text = prompt
        // Alternatives may say different things; what cannot be read is refused with the whole.
        let asked = (try? Prompt.all(of: prompt, presets: presets)) ?? []
        let said = Set(asked.flatMap(\.parameters.names))
        func set(_ parameter: PromptParameter, _ value: String = "") {
            let names = [parameter.rawValue] + parameter.aliases
            guard follows(parameter), !said.contains(parameter),
                !names.contains(where: { extras[$0] != nil })
            else { return }
            text += " --\(parameter.rawValue)" + (value.isEmpty ? "" : " \(value)")
        }
        if style == "vivid" { set(.stylize, "250") }
        if style == "natural" || style == "raw" { set(.raw) }
        switch quality {
        case "low": set(.quality, "0.5")
        case "high", "hd": set(.quality, "4")
        default: break
        }
        for (name, value) in extras.sorted(by: { $0.key < $1.key }) where name != "seed" {
            if value == "false" || value.isEmpty { continue }
            text += " --\(name)" + (value == "true" ? "" : " \(value)")
        }
        let none = KeyboardForms.avoiding(avoided)
        return none.isEmpty ? text : "\(text) \(none)"
    }

    /// The size that is asked for; nothing: the model's own.
    func exactSize() throws -> PictureSize? {
        guard let size, !size.isEmpty, size != "auto" else { return nil }
        guard let exact = PictureSize(reading: size) else {
            throw APIError.invalid(
                "size is '\(LogText.short(size))', expected 'auto' or "
                    + "WIDTHxHEIGHT of 8 to 4096",
                parameter: "size"
            )
        }
        return exact
    }

    private static func whole(
        _ text: String,
        _ name: String,
        in range: ClosedRange<Int>
    ) throws -> Int {
        guard let number = Int(text), range.contains(number) else {
            throw APIError.invalid(
                "\(name) is '\(LogText.short(text))', expected \(range.lowerBound) to \(range.upperBound)",
                parameter: name
            )
        }
        return number
    }

    /// The value of one parameter of prompts, which brings no words and no other parameter with it.
    private static func one(_ text: String, _ name: String) throws -> String {
        guard !["--", "{", "}", "://"].contains(where: text.contains) else {
            throw APIError.invalid(
                "'\(name)' is '\(LogText.short(text))', expected the value of that parameter alone",
                parameter: name
            )
        }
        return text
    }

    private static func choice(_ text: String, _ name: String, _ choices: [String]) throws -> String
    {
        guard choices.contains(text) else {
            throw APIError.invalid(
                "\(name) is '\(LogText.short(text))', expected \(choices.joined(separator: ", "))",
                parameter: name
            )
        }
        return text
    }
}
