import Foundation
import Torch

/// A folder as models are published: `config.json`, and weights in one file or in shards with an index.
///
/// Nothing is copied: tensors are read when they are asked for.
public struct PublishedFolder {
    /// The folder.
    public let url: URL
    /// What the model was made with.
    public let configuration: Data
    /// The files of weights.
    public let files: [URL]
    /// Shapes of all tensors by name.
    public let shapes: [String: [Int]]
    private let tensors: [String: () throws -> Tensor]
    private let tables: [String: StoredTable]

    private static let largestText = 64 << 20
    /// The files of weights, one or an index of shards.
    private static let names = ["model.safetensors", "pytorch_model.bin"]

    /// Whether a path is a folder with a published model.
    public static func isOne(_ url: URL) -> Bool {
        func isThere(_ name: String) -> Bool {
            FileManager.default.fileExists(atPath: url.appending(path: name).path)
        }
        return isThere("config.json")
            && names.contains { isThere($0) || isThere("\($0).index.json") }
    }

    /// Reads what a folder holds, without its numbers.
    ///
    /// - Throws: `WeightsError` for what is missing or wrong.
    public init(_ url: URL) throws {
        self.url = url
        configuration = try Self.text("config.json", in: url)
        let (names, owners) = try Self.weights(in: url)
        files = names.map { url.appending(path: $0) }
        var shapes: [String: [Int]] = [:]
        var tensors: [String: () throws -> Tensor] = [:]
        var tables: [String: StoredTable] = [:]
        for file in files {
            for (name, shape, table, read) in try Self.contents(of: file) {
                if let owner = owners[name], owner != file.lastPathComponent { continue }
                guard shapes.updateValue(shape, forKey: name) == nil else {
                    throw WeightsError(.damaged, at: file.path, "the tensor \(name) is there twice")
                }
                (tensors[name], tables[name]) = (read, table)
            }
        }
        if let missing = owners.keys.filter({ shapes[$0] == nil }).min() {
            throw WeightsError(
                .damaged,
                at: url.path,
                "the tensor \(missing) of the index is not in \(owners[missing] ?? "its file")"
            )
        }
        (self.shapes, self.tensors, self.tables) = (shapes, tensors, tables)
    }

    /// A table that stays in its file; nothing where a file's form has none, or no such tensor.
    public func table(_ name: String) -> StoredTable? { tables[name] }

    /// A tensor of that name.
    ///
    /// - Throws: `WeightsError` where there is none, or its numbers cannot be read.
    public func tensor(_ name: String) throws -> Tensor {
        guard let read = tensors[name] else {
            throw WeightsError(
                .unknown,
                at: url.path,
                "the tensor \(name) is expected, and is not there"
            )
        }
        return try read()
    }

    /// A small file beside the weights, such as `tokenizer.json`.
    ///
    /// - Throws: `WeightsError` where it is missing or large.
    public func text(_ name: String) throws -> Data { try Self.text(name, in: url) }

    private static func text(_ name: String, in url: URL) throws(WeightsError) -> Data {
        let file = url.appending(path: name)
        let facts = try? FileManager.default.attributesOfItem(
            atPath: file.resolvingSymlinksInPath().path
        )
        guard let size = facts?[.size] as? Int, size <= largestText,
            let data = try? Data(contentsOf: file)
        else {
            throw WeightsError(
                .unknown,
                at: url.path,
                "\(name) is missing, or has more than \(largestText) bytes",
                cure: "Put it there, as it was published beside the weights."
            )
        }
        return data
    }

    /// The names of the files of weights, and which tensor lies in which where an index says so.
    private static func weights(
        in url: URL
    ) throws(WeightsError) -> (files: [String], owners: [String: String]) {
        func isThere(_ name: String) -> Bool {
            FileManager.default.fileExists(atPath: url.appending(path: name).path)
        }
        for name in names {
            if isThere(name) { return ([name], [:]) }
            let index = "\(name).index.json"
            guard isThere(index) else { continue }
            let data = try text(index, in: url)
            let object = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
            guard let owners = object?["weight_map"] as? [String: String], !owners.isEmpty else {
                throw WeightsError(
                    .damaged,
                    at: url.appending(path: index).path,
                    "has no weight_map"
                )
            }
            let files = Set(owners.values).sorted()
            if let wrong = files.first(where: { !isPlain($0) }) {
                throw WeightsError(
                    .unsafe,
                    at: url.appending(path: index).path,
                    "names the file \(wrong.debugDescription), which is not one beside it"
                )
            }
            if let missing = files.first(where: { !isThere($0) }) {
                throw WeightsError(
                    .damaged,
                    at: url.path,
                    "\(missing), one of \(files.count) files of weights, is missing",
                    cure: "Fetch it, too."
                )
            }
            return (files, owners)
        }
        throw WeightsError(
            .unknown,
            at: url.path,
            "there is no model.safetensors, no pytorch_model.bin, and no index of either"
        )
    }

    /// Whether a name is that of a file in the same folder.
    private static func isPlain(_ name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix(".") && !name.contains("/") && !name.contains("\0")
    }

    private static func contents(
        of file: URL
    ) throws -> [(name: String, shape: [Int], table: StoredTable?, read: () throws -> Tensor)] {
        guard file.pathExtension == "safetensors" else {
            return try WeightsFile(contentsOf: file).tensors().map { name, tensor in
                (name, tensor.shape, nil, { try tensor.tensor() })
            }
        }
        let found = try SafetensorsFile(file)
        return found.header.outlines.map { name, outline in
            (
                name, outline.shape, found.table(name),
                {
                    guard let tensor = try found.tensor(name) else {
                        throw WeightsError(.damaged, at: file.path, "lost the tensor \(name)")
                    }
                    return tensor
                }
            )
        }
    }
}
