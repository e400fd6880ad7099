import Foundation
import Torch

/// A network of another program that was found in a file: what it is, and its tensors under their names.
public struct FoundNetwork {
    /// The program and its network, such as `stylegan2`.
    public let family: String
    /// Its name in the file, such as `G_ema`.
    public let network: String
    /// What it was made with, as JSON.
    public let arguments: String
    /// Its tensors by name.
    public let tensors: [(name: String, tensor: PickledTensor)]
    /// Tensors that only training needs, which are left out.
    public let leftOut: Int

    init(
        family: String,
        network: String,
        arguments: [String: Any],
        tensors: [(name: String, tensor: PickledTensor)],
        leftOut: Int = 0
    ) throws {
        (self.family, self.network, self.tensors) = (family, network, tensors)
        self.leftOut = leftOut
        let data = try JSONSerialization.data(withJSONObject: arguments, options: .sortedKeys)
        self.arguments = String(decoding: data, as: UTF8.self)
    }

    /// The text that says in a file of safetensors what its network is.
    public var original: String {
        func quoted(_ text: String) -> String {
            let data = try? JSONSerialization.data(withJSONObject: [text])
            return data.map { String(String(decoding: $0, as: UTF8.self).dropFirst().dropLast()) }
                ?? ""
        }
        return "{\"family\": \(quoted(family)), \"network\": \(quoted(network)),"
            + " \"arguments\": \(arguments)}"
    }

    /// Writes the network to a file of safetensors, which appears whole or not at all.
    ///
    /// - Parameters:
    ///   - url: The file.
    ///   - source: The name of the file that it was read from, to be kept with it.
    /// - Throws: `WeightsError` for numbers that are missing, `TorchError` for a file that cannot be written.
    public func write(to url: URL, source: String? = nil) throws {
        try Safetensors.write(
            tensors.map { (name: $0.name, tensor: try $0.tensor.tensor()) },
            metadata: ["atelier.original": original]
                .merging(source.map { ["atelier.source": $0] } ?? [:]) { $1 },
            to: url
        )
    }
}

extension WeightsFile {
    /// How a network is looked for.
    public struct Search: Sendable, Equatable {
        /// The entry with the weights, such as `ema`; the usual ones by default.
        public var entry: String?
        /// Heads of a transformer's attention; as published by default.
        public var heads: Int?
        /// Codes of a transformer's picture; those that the file tells, or 256, by default.
        public var places: Int?
        /// Whether a tokenizer's codes are compared by distance.
        public var plainCodes = false

        /// The usual one.
        public init() {}
    }

    /// The networks in a file that are known here.
    ///
    /// - Throws: `WeightsError` that says what was found instead.
    public func networks(_ search: Search = Search()) throws -> [FoundNetwork] {
        try withContents { contents in
            guard let entries = contents.dictionary ?? Self.state(of: contents) else {
                throw WeightsError(.unknown, "it holds \(contents.kind); a dictionary is expected")
            }
            let objects = try PersistentNetworks(entries).networks
            return objects.isEmpty ? [try CheckpointNetwork(entries, search).found()] : objects
        }
    }

    /// The state of a TorchScript program's module.
    private static func state(of contents: PickleValue) -> PickleDictionary? {
        guard case .object(let object) = contents else { return nil }
        return object.state.dictionary
    }
}

extension PickleValue {
    /// The value as JSON has it; names and records as texts.
    var plain: Any {
        switch self {
        case .none: NSNull()
        case .bool(let truth): truth
        case .int(let number): number
        case .double(let number): number.isFinite ? number as Any : "\(number)"
        case .text(let text): text
        case .list(let list): plainItems(list, depth: 0)
        case .dictionary(let dictionary): plainEntries(dictionary, depth: 0)
        default: kind
        }
    }

    private static let deepest = 20

    private func plainItems(_ list: PickleList, depth: Int) -> Any {
        depth > Self.deepest ? "…" : list.items.prefix(4096).map { Self.plain($0, depth + 1) }
    }

    private func plainEntries(_ dictionary: PickleDictionary, depth: Int) -> Any {
        guard depth <= Self.deepest else { return "…" }
        let pairs = dictionary.entries.prefix(4096).map { key, value in
            (key.text ?? key.int.map(String.init) ?? key.kind, Self.plain(value, depth + 1))
        }
        return Dictionary(pairs) { $1 }
    }

    private static func plain(_ value: PickleValue, _ depth: Int) -> Any {
        switch value {
        case .list(let list): value.plainItems(list, depth: depth)
        case .dictionary(let dictionary): value.plainEntries(dictionary, depth: depth)
        default: value.plain
        }
    }
}
