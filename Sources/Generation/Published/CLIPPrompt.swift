import Foundation
import TextTokens
import Weights

/// How a text is put to CLIP: its pieces between two marks, filled up to the length that the network was taught with.
struct CLIPPrompt {
    private let tokenizer: TextTokenizer
    private let begin: Int
    private let end: Int
    private let filler: Int
    /// Pieces of a text, its marks among them.
    private let length: Int

    /// Reads the tokenizer of a folder: CLIP's own two files, or the one that newer programs write.
    ///
    /// - Parameters:
    ///   - folder: The model's.
    ///   - pieces: Rows of the network's table.
    ///   - length: Places that the network has.
    /// - Throws: `TextTokensError` for files that cannot be read, or are another model's.
    init(_ folder: PublishedFolder, pieces: Int, length: Int) throws {
        let own = "tokenizer/merges.txt"
        let tokenizer =
            folder.hasText(own)
            ? try TextTokenizer(
                clip: folder.text("tokenizer/vocab.json"),
                merges: folder.text(own)
            ) : try TextTokenizer(folder.text("tokenizer/tokenizer.json"))
        let marks = try Self.marks(folder)
        func number(_ name: String) throws(TextTokensError) -> Int {
            guard let number = tokenizer.number(of: name), number < pieces else {
                throw TextTokensError("there is no piece '\(name)', which CLIP is asked with")
            }
            return number
        }
        guard tokenizer.count <= pieces else {
            throw TextTokensError("it has \(tokenizer.count) pieces, the model \(pieces)")
        }
        (begin, end) = (try number(marks.begin), try number(marks.end))
        filler = try number(marks.filler)
        (self.tokenizer, self.length) = (tokenizer, length)
    }

    /// The names of the marks, as the file beside the tokenizer tells them.
    private static func marks(
        _ folder: PublishedFolder
    ) throws -> (begin: String, end: String, filler: String) {
        var found: [String: String] = [:]
        for file in ["tokenizer/tokenizer_config.json", "tokenizer/special_tokens_map.json"]
        where folder.hasText(file) {
            let object =
                try JSONSerialization.jsonObject(with: folder.text(file)) as? [String: Any]
            for key in ["bos_token", "eos_token", "pad_token"] {
                let entry = object?[key]
                let name = entry as? String ?? (entry as? [String: Any])?["content"] as? String
                found[key] = name ?? found[key]
            }
        }
        let end = found["eos_token"] ?? "<|endoftext|>"
        return (found["bos_token"] ?? "<|startoftext|>", end, found["pad_token"] ?? end)
    }

    /// The pieces of a text, as many as there are places; what is beyond the last is left out.
    func pieces(of text: String) -> [Int] {
        let own = Array(tokenizer(text).prefix(length - 2))
        let marked = [begin] + own + [end]
        return marked + [Int](repeating: filler, count: length - marked.count)
    }

    /// Whether a part of a text is left out.
    func isTooLong(_ text: String) -> Bool { tokenizer(text).count > length - 2 }
}
