import Autoregressive
import Foundation
import Hub
import Runs
import Torch
import Weights

/// Models that a user has added, in one folder: a file of safetensors each, a link to the folder of a published
/// model, which stays where it is, or a folder with a smaller form of one.
public struct InstalledModels: Sendable {
    /// A model that was added.
    public struct Entry: Codable, Sendable, Equatable {
        /// What it is called.
        public var name: String
        /// The program that wrote it, such as `stylegan2`; nothing for a model of Atelier's own.
        public var family: String?
        /// Which of that program's networks it is.
        public var network: String?
        /// The file that it was read from, or the folder that it lies in.
        public var source: String?
        /// Its bytes.
        public var bytes: Int
        /// Licence, data and limits of a published model.
        public var terms: String?

        /// A model of which no more is known.
        public init(name: String, bytes: Int) { (self.name, self.bytes) = (name, bytes) }
    }

    /// The folder.
    public let folder: URL

    private static let sourceKey = "atelier.source"

    /// The models of a folder.
    public init(in folder: URL = InstalledModels.usualFolder()) { self.folder = folder }

    /// `ATELIER_MODELS`, else `atelier/models` in `XDG_DATA_HOME` or in `~/.local/share`.
    public static func usualFolder(
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) -> URL {
        if let path = environment["ATELIER_MODELS"], !path.isEmpty {
            return URL(filePath: path, directoryHint: .isDirectory)
        }
        let home = environment["HOME"].map { URL(filePath: $0, directoryHint: .isDirectory) }
        let data =
            environment["XDG_DATA_HOME"].flatMap {
                $0.hasPrefix("/") ? URL(filePath: $0, directoryHint: .isDirectory) : nil
            }
            ?? (home ?? FileManager.default.homeDirectoryForCurrentUser)
            .appending(path: ".local/share", directoryHint: .isDirectory)
        return data.appending(path: "atelier/models", directoryHint: .isDirectory)
    }

    /// What may be a name: it stands for a file, and for no bundled model.
    public static func isName(_ name: String) -> Bool {
        (1...64).contains(name.utf8.count) && BundledModel(rawValue: name.lowercased()) == nil
            && !name.hasPrefix(".") && name != "last"
            && name.utf8.allSatisfy {
                $0 == 0x2E || $0 == 0x2D || $0 == 0x5F || (0x30...0x39).contains($0)
                    || (0x41...0x5A).contains($0) || (0x61...0x7A).contains($0)
            }
    }

    func file(_ name: String) -> URL { folder.appending(path: "\(name).safetensors") }

    /// The file or folder of a model; nothing where none of that name was added.
    public func place(of name: String) -> URL? {
        guard Self.isName(name) else { return nil }
        if FileManager.default.fileExists(atPath: file(name).path) { return file(name) }
        return target(of: name) != nil || isFolder(name) ? link(name) : nil
    }

    /// All that were added, by name.
    ///
    /// - Throws: What is wrong with the folder.
    public func all() throws -> [Entry] {
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
            .compactMap { file in
                file.hasSuffix(".safetensors")
                    ? String(file.dropLast(".safetensors".count))
                    : target(of: file) != nil || isFolder(file) ? file : nil
            }
            .filter(Self.isName).map(entry)
    }

    /// What is known of a model.
    ///
    /// - Throws: `GenerationError.missing` where it was not added; what is wrong with its file.
    public func entry(_ name: String) throws -> Entry {
        guard let file = place(of: name) else { throw GenerationError.notInstalled(name: name) }
        if let target = target(of: name), file.path == link(name).path {
            return linked(name, to: target)
        }
        if isFolder(name) { return linked(name, to: link(name)) }
        let header = try Safetensors.readHeader(of: file)
        let facts = try FileManager.default.attributesOfItem(atPath: file.path)
        let original =
            header.metadata["atelier.original"]
            .flatMap { try? JSONSerialization.jsonObject(with: Data($0.utf8)) } as? [String: Any]
        var entry = Entry(name: name, bytes: facts[.size] as? Int ?? 0)
        entry.family = original?["family"] as? String
        entry.network = original?["network"] as? String
        entry.source = header.metadata[Self.sourceKey]
        if OtherPair.isOne(header.metadata) { entry.terms = KnownModel.Terms.llamaGen }
        if let updates = try? UpdateDescription(metadata: header.metadata) {
            (entry.network, entry.source) = (Self.updatesNetwork, updates.set)
        }
        return entry
    }

    /// Adds the networks of another program's file, or a published model's folder, of which nothing is copied.
    ///
    /// - Parameters:
    ///   - file: A file of PyTorch or a pickle, or a folder.
    ///   - name: What they are to be called; the file's own name by default. Of several networks each has its own
    ///     behind it.
    ///   - network: The only one that is wanted.
    ///   - search: How they are looked for.
    ///   - replaces: Whether models of the same names are replaced.
    /// - Returns: What was added.
    /// - Throws: `WeightsError` for the file, `GenerationError` for the name.
    public func add(
        _ file: URL,
        as name: String? = nil,
        network: String? = nil,
        search: WeightsFile.Search = .init(),
        replaces: Bool = false
    ) throws -> [Entry] {
        if Self.hasUpdates(file) { return [try add(updatesAt: file, as: name, replaces)] }
        if PublishedFolder.isOne(file) { return [try add(folder: file, as: name, replaces)] }
        if let only = Self.onlyWeights(in: file) {
            return try add(
                only,
                as: name ?? Self.name(from: file.lastPathComponent),
                network: network,
                search: search,
                replaces: replaces
            )
        }
        let weights = try WeightsFile(contentsOf: file)
        let found: [FoundNetwork]
        do {
            found = try weights.networks(search)
        } catch let error as WeightsError {
            throw error.inFile(file.path)
        }
        let wanted = found.filter { network == nil || $0.network == network }
        guard !wanted.isEmpty else {
            throw WeightsError(
                .unknown,
                at: file.path,
                "there is no network \(network ?? ""); it has \(found.map(\.network).joined(separator: ", "))",
                cure: "Name one of these with --network."
            )
        }
        let stem = name ?? Self.name(from: file.deletingPathExtension().lastPathComponent)
        let names = wanted.map { wanted.count == 1 ? stem : "\(stem).\($0.network)" }
        for name in names { try checkFree(name, replaces) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        for (name, network) in zip(names, wanted) {
            if target(of: name) != nil { try FileManager.default.removeItem(at: link(name)) }
            do {
                try network.write(to: self.file(name), source: file.lastPathComponent)
            } catch let error as WeightsError {
                throw error.inFile(file.path)
            }
        }
        return try names.map(entry)
    }

    /// Takes a model away.
    ///
    /// - Returns: The bytes that are free now: none where the model lay in a folder of its own, which stays.
    /// - Throws: `GenerationError.notInstalled`, or why it cannot be removed.
    public func remove(_ name: String) throws -> Int {
        let entry = try entry(name)
        if let place = place(of: name), place.path == link(name).path {
            let isOwn = target(of: name) == nil
            try FileManager.default.removeItem(at: place)
            return isOwn ? entry.bytes : 0
        }
        try FileManager.default.removeItem(at: file(name))
        return entry.bytes
    }

    /// The one file of weights of a folder that has no more of them; nothing for others, and for files.
    private static func onlyWeights(in folder: URL) -> URL? {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder.path)) ?? []
        let weights = names.filter { $0.hasSuffix(".safetensors") || $0.hasSuffix(".bin") }
        return weights.count == 1 ? folder.appending(path: weights[0]) : nil
    }

    /// A name made of a file's.
    public static func name(from text: String) -> String {
        let kept = text.map {
            $0.isASCII && ($0.isLetter || $0.isNumber || "._-".contains($0)) ? $0 : "-"
        }
        let name = String(String(kept).drop { $0 == "." || $0 == "-" }.prefix(48))
        return isName(name) ? name : "model-\(name)"
    }
}
