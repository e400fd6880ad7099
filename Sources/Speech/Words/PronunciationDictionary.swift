import Foundation

/// How words sound: a line for each, the word and its sounds, as CMU's dictionary writes them.
///
/// A word that is said in several ways has lines `word(2)` and so on. Source: the CMU Pronouncing Dictionary.
public struct PronunciationDictionary: Sendable {
    private let sounds: [String: [String]]

    /// The most bytes of a file.
    private static let mostBytes = 64 << 20
    /// The most bytes of a line that counts, and of ways to say a word.
    private static let (longest, mostWays) = (1000, 6)

    /// Reads of a file what some words sound like.
    ///
    /// - Parameters:
    ///   - file: The dictionary.
    ///   - words: Those that are wanted, in lower case.
    /// - Throws: `SpeechError` for a file that cannot be read.
    public init(contentsOf file: URL, of words: Set<String>) throws {
        let facts = try? FileManager.default.attributesOfItem(atPath: file.path)
        guard (facts?[.size] as? Int ?? 0) <= Self.mostBytes, let data = try? Data(contentsOf: file)
        else {
            throw SpeechError(
                .recogniser,
                at: file.path,
                "the pronunciation dictionary cannot be read, or has more than \(Self.mostBytes) bytes",
                cure: "name another folder with --speech-model"
            )
        }
        self.init(data, of: words)
    }

    /// Reads of a dictionary's bytes what some words sound like; lines that are none count for nothing.
    public init(_ data: Data, of words: Set<String>) {
        var sounds: [String: [String]] = [:]
        data.withUnsafeBytes { bytes in
            for line in bytes.split(whereSeparator: { $0 == 10 || $0 == 13 })
            where line.count <= Self.longest {
                let space = line.firstIndex { $0 == 32 || $0 == 9 }
                guard let space, space > line.startIndex else { continue }
                let end = line[..<space].dropFirst().firstIndex(of: UInt8(ascii: "(")) ?? space
                let word = String(decoding: line[..<end], as: UTF8.self).lowercased()
                guard words.contains(word), sounds[word, default: []].count < Self.mostWays else {
                    continue
                }
                let text = String(decoding: line[space...], as: UTF8.self)
                let way = text.split(whereSeparator: \.isWhitespace).joined(separator: " ")
                guard !way.isEmpty, !way.contains("\0") else { continue }
                sounds[word, default: []].append(way)
            }
        }
        self.sounds = sounds
    }

    /// The words under which a word may stand: itself, without accents, and a number's words.
    static func names(of word: String) -> [String] {
        let plain = word.folding(options: .diacriticInsensitive, locale: nil)
        return [word] + (plain == word ? [] : [plain]) + (SpokenWords.said(word) ?? [])
    }

    /// The ways to say a word; empty where it is not there.
    ///
    /// A number is said as its words are, one after the other.
    public func ways(to word: String) -> [String] {
        let plain = word.folding(options: .diacriticInsensitive, locale: nil)
        if let found = sounds[word] ?? sounds[plain] { return found }
        guard let parts = SpokenWords.said(word) else { return [] }
        let first = parts.compactMap { sounds[$0]?.first }
        return first.count == parts.count ? [first.joined(separator: " ")] : []
    }
}
