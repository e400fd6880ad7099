import Foundation

/// What files beside pictures say of them.
///
/// - `cat.txt` or `cat.caption` beside `cat.png`, as kohya's tools write them: each line that is not
///   empty is a caption;
/// - `metadata.jsonl`, as Hugging Face's image folders have it: in each line
///   `{"file_name": "cat.png", "text": "a cat"}`, names being those beside the list.
struct CaptionFiles: Sendable {
    /// Captions by the picture's path.
    private(set) var captions: [String: [Caption]] = [:]
    /// The paths that were read, in order.
    private(set) var paths: [String] = []
    /// What could not be read.
    private(set) var problems: [Finding] = []

    /// The usual name of a list of captions.
    static let listName = "metadata.jsonl"
    private static let endings = ["txt", "caption"]
    /// The most bytes that are read of the captions of one picture.
    private static let mostBytes = 64 << 10

    /// Reads what belongs to pictures.
    ///
    /// - Parameters:
    ///   - files: The paths of all files that may be meant, in the set's order.
    ///   - prefix: What stands before the pictures' paths.
    ///   - pictures: The pictures' paths without it.
    ///   - read: Reads a small file by its path.
    /// - Throws: What `read` throws.
    init(
        _ files: [String],
        prefix: String,
        pictures: [String],
        read: (String) throws -> Data
    ) throws {
        let byStem = Dictionary(grouping: pictures, by: Self.stem)
        let known = Set(pictures)
        for file in files where file.hasPrefix(prefix) {
            let path = String(file.dropFirst(prefix.count))
            if path == Self.listName || path.hasSuffix("/" + Self.listName) {
                paths.append(file)
                readList(try read(file), path, known)
                continue
            }
            guard Self.endings.contains(where: { path.lowercased().hasSuffix("." + $0) }),
                let meant = byStem[Self.stem(path)]
            else { continue }
            paths.append(file)
            let data = try read(file)
            guard data.count <= Self.mostBytes, let text = Self.text(data) else {
                problems.append(
                    Finding(
                        .captionDamaged,
                        path,
                        data.count > Self.mostBytes
                            ? "has \(data.count) bytes, a caption has at most \(Self.mostBytes)"
                            : "is not text in UTF-8"
                    )
                )
                continue
            }
            let lines = text.split(whereSeparator: \.isNewline).map(String.init)
            for picture in meant { captions[picture, default: []] += Self.captions(lines) }
        }
    }

    private mutating func readList(_ data: Data, _ path: String, _ known: Set<String>) {
        let folder = path.dropLast(Self.listName.count)
        guard let text = Self.text(data) else {
            problems.append(Finding(.captionDamaged, path, "is not text in UTF-8"))
            return
        }
        var (damaged, unknown): ([Int], [String]) = ([], [])
        for (number, line) in text.split(
            omittingEmptySubsequences: false,
            whereSeparator: \.isNewline
        )
        .enumerated()
        where !line.allSatisfy(\.isWhitespace) {
            let entry = try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            guard let entry, let name = entry["file_name"] as? String,
                let said = Self.lines(entry["text"] ?? entry["caption"] ?? "")
            else {
                damaged.append(number + 1)
                continue
            }
            guard known.contains(folder + name) else {
                unknown.append(folder + name)
                continue
            }
            captions[folder + name, default: []] += Self.captions(said)
        }
        if let first = damaged.first {
            let lines = damaged.count == 1 ? "line" : "\(damaged.count) lines, the first is line"
            problems.append(
                Finding(
                    .captionDamaged,
                    path,
                    "\(lines) \(first): expected {\"file_name\": \"cat.png\", \"text\": \"a cat\"}"
                )
            )
        }
        problems += unknown.map {
            Finding(.labelledFileMissing, $0, "\(Self.listName) names it, but it is not there")
        }
    }

    /// The captions in a value of JSON: a text, or a list of texts.
    static func lines(_ value: Any) -> [String]? {
        (value as? String).map { [$0] } ?? value as? [String]
    }

    /// Captions of lines: Chinese where one has Chinese characters, else English.
    static func captions(_ lines: [String]) -> [Caption] {
        lines.map { $0.trimmingCharacters(in: .whitespacesAndNewlines) }.filter { !$0.isEmpty }
            .map { Caption(language: isChinese($0) ? "zh" : "en", text: $0) }
    }

    private static func isChinese(_ text: String) -> Bool {
        text.unicodeScalars.contains { $0.properties.isIdeographic }
    }

    private static func text(_ data: Data) -> String? {
        let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
        let body = data.starts(with: mark) ? data.dropFirst(mark.count) : data
        guard let text = String(validating: body, as: UTF8.self), !text.contains("\0") else {
            return nil
        }
        return text
    }

    private static func stem(_ path: String) -> String {
        guard let dot = path.lastIndex(of: "."), path[dot...].firstIndex(of: "/") == nil else {
            return path
        }
        return String(path[..<dot])
    }
}
