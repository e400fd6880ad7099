import Foundation

/// The files of a data set that are not used, counted by the reason.
struct LeftOut: Sendable {
    /// Why a file is not used.
    enum Reason: Hashable, CaseIterable, Sendable {
        /// Its ending is not that of a picture that is read.
        case ending
        /// Its name, or that of a folder around it, is not UTF-8.
        case name
        /// It is hidden by a dot.
        case hidden
        /// A program keeps it for itself: thumbnails, bins, what another system adds.
        case system
        /// It is a link that leads nowhere.
        case dangling
        /// It is a link to a folder that is in the set already.
        case loop
        /// It is neither a file nor a folder.
        case special
        /// It lies beside the folders of the parts.
        case besideParts
        /// It lies in a second folder for the same part.
        case secondPart
        /// It is whole, but holds nothing that can be a grey picture.
        case content
        /// It is a slice that the choices leave out.
        case slice
    }

    private var counts: [Reason: [String: Int]] = [:]
    private var firsts: [Reason: String] = [:]

    /// Counts a file.
    ///
    /// - Parameters:
    ///   - path: Where it is, in the set.
    ///   - reason: Why it is not used.
    ///   - group: What it is counted with: its ending, its folder.
    ///   - count: How many there are.
    mutating func add(_ path: String, _ reason: Reason, group: String = "", count: Int = 1) {
        guard count > 0 else { return }
        counts[reason, default: [:]][group, default: 0] += count
        if firsts[reason] == nil { firsts[reason] = path }
    }

    /// One finding for each reason.
    var findings: [Finding] {
        Reason.allCases.compactMap { reason in
            guard let groups = counts[reason], let first = firsts[reason] else { return nil }
            return Finding(.leftOut, first, Self.message(reason, groups))
        }
    }

    /// Whether a name is one that programs keep for themselves.
    static func isSystem(_ name: some StringProtocol) -> Bool {
        [
            "__MACOSX", "@eaDir", "#recycle", "#snapshot", "$RECYCLE.BIN", "lost+found",
            "System Volume Information", "Thumbs.db", "ehthumbs.db", "desktop.ini",
        ].contains(String(name))
    }

    /// The ending of a name as it is written, with its dot.
    static func ending(of path: String) -> String {
        let name = path.split(separator: "/").last ?? ""
        guard let dot = name.lastIndex(of: "."), dot != name.startIndex else {
            return "without an ending"
        }
        return String(name[dot...])
    }

    private static func message(_ reason: Reason, _ groups: [String: Int]) -> String {
        let total = groups.values.reduce(0, +)
        let sorted = groups.sorted { ($1.value, $0.key) < ($0.value, $1.key) }
        var parts = sorted.prefix(8).map { "\($0.value) \($0.key)" }
        if sorted.count > 8 { parts.append("\(sorted.count - 8) others") }
        let list = parts.joined(separator: ", ")
        let files = total == 1 ? "1 file" : "\(total) files"
        return switch reason {
        case .ending: "\(list): not read as pictures by their endings"
        case .name: "\(files) with names that are not UTF-8 (rename them, such as with convmv)"
        case .hidden: "\(total) hidden by a dot"
        case .system: "\(total) that programs keep for themselves (\(list))"
        case .dangling: "\(total == 1 ? "1 link" : "\(total) links") to nothing"
        case .loop:
            "\(total == 1 ? "1 link" : "\(total) links") to folders that are in the set already"
        case .special: "\(total) neither files nor folders"
        case .besideParts: "\(files) beside the folders of the parts (\(list))"
        case .content: "\(list)"
        case .slice: "\(list)"
        case .secondPart: "\(files) in another folder for the same part (\(list))"
        }
    }
}
