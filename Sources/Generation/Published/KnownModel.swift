import Weights

/// A published model that can be fetched by a name of its own.
public struct KnownModel: Sendable, Codable, Equatable {
    /// The name.
    public let name: String
    /// Where it is published: `org/name`.
    public let repository: String
    /// What it can do, in a few words.
    public let summary: String
    /// About how many bytes are fetched.
    public let bytes: Int
    /// About how much memory drawing takes, with the weights as they are published.
    public let memory: Int
    /// The same with weights in 4 bits.
    public let leastMemory: Int
    /// Under which terms its weights may be used.
    public let licence: String

    /// All that are known, in alphabetical order.
    public static let all = [
        KnownModel(
            name: "janus-pro-1b",
            repository: "deepseek-community/Janus-Pro-1B",
            summary: "draws 384×384 pixels after any English text",
            bytes: 4_180_000_000,
            memory: 4_800_000_000,
            leastMemory: 2_450_000_000,
            licence: janus
        ),
        KnownModel(
            name: "janus-pro-7b",
            repository: "deepseek-community/Janus-Pro-7B",
            summary: "as janus-pro-1b, better at counts and places",
            bytes: 14_840_000_000,
            memory: 17_900_000_000,
            leastMemory: 6_450_000_000,
            licence: janus
        ),
    ]

    private static let janus =
        "DeepSeek Model License: commercial use is allowed; its limits of use, military use among them, must be passed"
        + " on with whatever is derived. The model's page names it MIT."

    /// The model of that name, whatever its case.
    public static func named(_ name: String) -> KnownModel? {
        all.first { $0.name == name.lowercased() }
    }

    /// The files of a published folder that drawing needs: tables, and weights in the safer of the forms.
    ///
    /// - Parameter files: All that there are.
    /// - Returns: Those to fetch.
    public static func wanted(of files: [String]) -> [String] {
        let top = files.filter { !$0.contains("/") }
        let isSafe = top.contains { $0.hasSuffix(".safetensors") }
        return top.filter { file in
            if file.hasSuffix(".safetensors") || file.hasSuffix(".safetensors.index.json") {
                return true
            }
            if file.hasSuffix(".bin") || file.hasSuffix(".bin.index.json") { return !isSafe }
            return file.hasSuffix(".json")
        }
    }
}
