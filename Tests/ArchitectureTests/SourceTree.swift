import Foundation

/// The package's source files, read as text.
struct SourceTree {
    let root: URL

    /// This package's own tree.
    static let atelier = SourceTree(
        root: URL(filePath: #filePath)
            .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
    )

    /// The paths, relative to the root, of all files under `folder` that end in one of `extensions`.
    func files(under folder: String, endingIn extensions: Set<String>) throws -> [String] {
        try FileManager.default.subpathsOfDirectory(atPath: root.appending(path: folder).path)
            .filter { extensions.contains(URL(filePath: $0).pathExtension) }
            .map { "\(folder)/\($0)" }
            .sorted()
    }

    func text(of path: String) throws -> String {
        try String(contentsOf: root.appending(path: path), encoding: .utf8)
    }

    /// The modules that Swift `source` imports, without those a multi-line string speaks of.
    static func imports(in source: String) -> Set<String> {
        let kinds: Set = ["struct", "class", "enum", "protocol", "func", "let", "var", "typealias"]
        var modules: Set<String> = []
        var isInString = false
        for line in source.split(separator: "\n") {
            let quotes = line.replacing("\\\"\"\"", with: "").ranges(of: "\"\"\"").count
            defer { if !quotes.isMultiple(of: 2) { isInString.toggle() } }
            let words = line.split(whereSeparator: { " \t;".contains($0) })
            guard !isInString, let keyword = words.firstIndex(of: "import"),
                words[..<keyword].allSatisfy(isModifier)
            else { continue }
            let names = words[(keyword + 1)...].drop { kinds.contains(String($0)) }
            guard let name = names.first?.split(separator: ".").first else { continue }
            modules.insert(String(name))
        }
        return modules
    }

    private static func isModifier(_ word: Substring) -> Bool {
        word.hasPrefix("@")
            || ["public", "package", "internal", "fileprivate", "private"].contains(String(word))
    }

    /// `source` in C or C++ without its comments.
    static func withoutComments(_ source: String) -> String {
        source
            .replacing(/\/\*.*?\*\//.dotMatchesNewlines(), with: " ")
            .replacing(/\/\/[^\n]*/, with: "")
    }
}
