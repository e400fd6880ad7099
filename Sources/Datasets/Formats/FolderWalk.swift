import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Everything in a folder and the folders in it, links followed, each folder once.
struct FolderWalk {
    /// The paths of files, in the order of their names.
    private(set) var files: [String] = []
    /// The paths of folders.
    private(set) var folders: [String] = []
    /// What cannot be a part of the set.
    private(set) var leftOut = LeftOut()

    /// Which folder of which device, whatever leads to it.
    private struct Identity: Hashable {
        let device: UInt64
        let number: UInt64
    }

    private let root: URL
    private var seen: Set<Identity> = []
    private var links: [(path: String, level: Int)] = []

    /// How deep folders are looked into.
    private static let mostLevels = 16

    /// Lists a folder.
    ///
    /// Links to folders come last, so that a folder is found under its own name where it is in the
    /// set; a link to one that was found is left out, so that circles end.
    /// - Throws: `DatasetError` for a folder that cannot be read, or is too deep.
    init(_ root: URL) throws {
        self.root = root
        if let identity = Self.identity(root) { seen.insert(identity) }
        try list("", level: 0)
        while !links.isEmpty {
            let link = links.removeFirst()
            let url = root.appending(path: link.path)
            guard let identity = Self.identity(url), seen.insert(identity).inserted else {
                leftOut.add(link.path, .loop)
                continue
            }
            folders.append(link.path)
            try list(link.path + "/", level: link.level)
        }
    }

    private mutating func list(_ path: String, level: Int) throws {
        let folder = path.isEmpty ? root : root.appending(path: path)
        guard level < Self.mostLevels else {
            throw DatasetError(
                .unsafe,
                at: folder.path,
                "folders are more than \(Self.mostLevels) deep",
                cure: "put the pictures into one folder for each class"
            )
        }
        for name in try names(in: folder, path) {
            let own = path + name
            let url = root.appending(path: own)
            let isLink = FileFacts.isLink(url)
            guard let facts = FileFacts(url) else {
                // A file that vanished while the folder was listed was never in the set.
                if isLink { leftOut.add(own, .dangling) }
                continue
            }
            if facts.isFile {
                files.append(own)
            } else if !facts.isFolder {
                leftOut.add(own, .special)
            } else if name.hasPrefix(".") {
                leftOut.add(own, .hidden)
            } else if LeftOut.isSystem(name) {
                leftOut.add(own, .system, group: name)
            } else if isLink {
                links.append((own, level + 1))
            } else {
                guard let identity = Self.identity(url), seen.insert(identity).inserted else {
                    leftOut.add(own, .loop)
                    continue
                }
                folders.append(own)
                try list(own + "/", level: level + 1)
            }
        }
    }

    /// The names in a folder, sorted; those that are not UTF-8 are counted, with all below them.
    private mutating func names(in folder: URL, _ path: String) throws -> [String] {
        guard let handle = opendir(folder.path) else {
            throw DatasetError(
                .missing,
                at: folder.path,
                "cannot be read: \(String(cString: strerror(errno)))",
                cure: "check that you may read it"
            )
        }
        defer { closedir(handle) }
        var names: [String] = []
        while let entry = readdir(handle) {
            let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            guard let name = String(validating: bytes, as: UTF8.self) else {
                let shown = path + EscapedName.text(bytes)
                let full = Array(folder.path.utf8) + [UInt8(ascii: "/")] + bytes
                for _ in 0..<max(Self.fileCount(full, level: 0), 1) { leftOut.add(shown, .name) }
                continue
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// How many files there are at a path of any bytes.
    private static func fileCount(_ path: [UInt8], level: Int) -> Int {
        let text = path.map { CChar(bitPattern: $0) } + [0]
        guard level < mostLevels, let handle = opendir(text) else { return 1 }
        defer { closedir(handle) }
        var count = 0
        while let entry = readdir(handle) {
            let bytes = withUnsafeBytes(of: &entry.pointee.d_name) { Array($0.prefix { $0 != 0 }) }
            guard bytes != Array(".".utf8), bytes != Array("..".utf8) else { continue }
            count += fileCount(path + [UInt8(ascii: "/")] + bytes, level: level + 1)
        }
        return count
    }

    private static func identity(_ url: URL) -> Identity? {
        var facts = stat()
        guard stat(url.path, &facts) == 0 else { return nil }
        return Identity(
            device: UInt64(truncatingIfNeeded: facts.st_dev),
            number: UInt64(facts.st_ino)
        )
    }
}
