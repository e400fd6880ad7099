import Foundation
import Torch

/// A folder as models are published: `config.json`, and weights in one file or in shards with an index; or
/// `model_index.json`, and such a folder for each network.
///
/// Nothing is copied: tensors are read when they are asked for.
public struct PublishedFolder {
    /// The folder.
    public let url: URL
    /// What the model was made with: `config.json`, or `model_index.json`.
    public let configuration: Data
    /// The files of weights.
    public let files: [URL]
    /// Shapes of all tensors by name; of several networks each has its folder before the name, as in
    /// `transformer/embed.conv.weight`.
    public let shapes: [String: [Int]]
    private let tensors: [String: () throws -> Tensor]
    private let tables: [String: StoredTable]

    private static let largestText = 64 << 20
    /// The files of weights, one or an index of shards; those in 16 bits before others.
    private static let names = [
        "model.fp16.safetensors", "diffusion_pytorch_model.fp16.safetensors", "model.safetensors",
        "diffusion_pytorch_model.safetensors", "pytorch_model.bin", "diffusion_pytorch_model.bin",
    ]
    /// What lists the networks of a model that has several.
    private static let index = "model_index.json"

    /// Whether a path is a folder with a published model.
    public static func isOne(_ url: URL) -> Bool {
        isThere(index, in: url) || isThere("config.json", in: url) && hasWeights(url)
    }

    private static func isThere(_ name: String, in url: URL) -> Bool {
        FileManager.default.fileExists(atPath: url.appending(path: name).path)
    }

    private static func hasWeights(_ url: URL) -> Bool {
        names.contains { isThere($0, in: url) || isThere("\($0).index.json", in: url) }
    }

    /// Reads what a folder holds, without its numbers.
    ///
    /// - Throws: `WeightsError` for what is missing or wrong.
    public init(_ url: URL) throws {
        self.url = url
        let isOfSeveral = Self.isThere(Self.index, in: url)
        configuration = try Self.text(isOfSeveral ? Self.index : "config.json", in: url)
        let parts = isOfSeveral ? try Self.parts(configuration, in: url) : [""]
        var files: [URL] = []
        var shapes: [String: [Int]] = [:]
        var tensors: [String: () throws -> Tensor] = [:]
        var tables: [String: StoredTable] = [:]
        for part in parts {
            let folder = part.isEmpty ? url : url.appending(path: part)
            let before = part.isEmpty ? "" : "\(part)/"
            let (names, owners) = try Self.weights(in: folder)
            for file in names.map({ folder.appending(path: $0) }) {
                files.append(file)
                for (name, shape, table, read) in try Self.contents(of: file) {
                    if let owner = owners[name], owner != file.lastPathComponent { continue }
                    guard shapes.updateValue(shape, forKey: before + name) == nil else {
                        throw WeightsError(
                            .damaged,
                            at: file.path,
                            "the tensor \(name) is there twice"
                        )
                    }
                    (tensors[before + name], tables[before + name]) = (read, table)
                }
            }
            if let missing = owners.keys.filter({ shapes[before + $0] == nil }).min() {
                throw WeightsError(
                    .damaged,
                    at: folder.path,
                    "the tensor \(missing) of the index is not in \(owners[missing] ?? "its file")"
                )
            }
        }
        (self.files, self.shapes, self.tensors, self.tables) = (files, shapes, tensors, tables)
    }

    /// The folders of networks that an index names: those with a configuration.
    private static func parts(_ configuration: Data, in url: URL) throws(WeightsError) -> [String] {
        let object = try? JSONSerialization.jsonObject(with: configuration) as? [String: Any]
        let names = (object ?? [:]).filter { ($0.value as? [Any])?.count == 2 }.keys.sorted()
        if let wrong = names.first(where: { !isPlain($0) }) {
            throw WeightsError(
                .unsafe,
                at: url.appending(path: index).path,
                "names the folder \(wrong.debugDescription), which is not one beside it"
            )
        }
        let found = names.filter { isThere("config.json", in: url.appending(path: $0)) }
        guard !found.isEmpty else {
            throw WeightsError(
                .unknown,
                at: url.path,
                "none of the folders that model_index.json names has a config.json",
                cure: "Put them there, as they were published."
            )
        }
        return found
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

    /// A small file beside the weights, such as `tokenizer.json`, or `scheduler/scheduler_config.json`.
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

    /// Whether a small file lies beside the weights.
    public func hasText(_ name: String) -> Bool { Self.isThere(name, in: url) }

    /// The names of the files of weights, and which tensor lies in which where an index says so.
    private static func weights(
        in url: URL
    ) throws(WeightsError) -> (files: [String], owners: [String: String]) {
        for name in names {
            if isThere(name, in: url) { return ([name], [:]) }
            let index = "\(name).index.json"
            guard isThere(index, in: url) else { continue }
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
            if let missing = files.first(where: { !isThere($0, in: url) }) {
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
            "there is no model.safetensors, diffusion_pytorch_model.safetensors or pytorch_model.bin,"
                + " and no index of one"
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
