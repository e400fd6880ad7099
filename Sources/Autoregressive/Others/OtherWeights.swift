import Foundation
import Torch

/// Weights as the programs of taming-transformers and LlamaGen train them, under their names.
///
/// `atelier models add` makes such a file of a checkpoint: it keeps the names and writes what the network was
/// built with beside them.
public struct OtherWeights {
    /// The key under which a file's texts say what the network is.
    public static let key = "atelier.original"

    /// What the network is, with the settings that make the same one here.
    public enum Network: Sendable, Equatable {
        /// A tokenizer of pictures.
        case tokenizer(VQGAN.Settings, VQGAN.Program)
        /// A transformer over codes.
        case transformer(LlamaGenTransformer.Settings)
    }

    /// What the file says of itself.
    public let network: Network
    /// The text that says what the network is.
    let original: String
    let tensors: [String: Tensor]
    private let origin: String

    /// Reads what a file's texts say of its tensors.
    ///
    /// - Parameters:
    ///   - tensors: Tensors by their names in the other program.
    ///   - metadata: The file's texts.
    ///   - origin: What errors call the file: its path.
    /// - Throws: `OtherWeightsError`.
    public init(
        tensors: [String: Tensor],
        metadata: [String: String],
        origin: String = "the file"
    ) throws(OtherWeightsError) {
        guard let json = metadata[Self.key] else {
            throw OtherWeightsError(
                "\(origin) does not say what network it holds: expected the text '\(Self.key)'."
                    + " Make it with 'atelier models add FILE'."
            )
        }
        (self.tensors, self.origin, original) = (tensors, origin, json)
        do {
            network = try OtherArguments.network(Data(json.utf8))
        } catch let error as OtherWeightsError {
            throw OtherWeightsError("\(origin): \(error.description)")
        } catch {
            throw OtherWeightsError("\(origin): the text '\(Self.key)' cannot be read: \(error)")
        }
        let problems =
            switch network {
            case .tokenizer(let settings, _): settings.problems
            case .transformer(let settings): settings.problems
            }
        guard problems.isEmpty else {
            throw OtherWeightsError(
                "\(origin): the network cannot be built here: \(problems.joined(separator: "; "))"
            )
        }
    }

    /// Reads a file that `atelier models add` made.
    ///
    /// - Throws: `OtherWeightsError`, `TorchError`.
    public init(reading file: URL) throws {
        let (tensors, metadata) = try Safetensors.read(from: file)
        try self.init(tensors: tensors, metadata: metadata, origin: file.path)
    }

    /// Whether texts of a file say that it holds one of these networks, and which: `tokenizer` or `transformer`.
    public static func part(_ metadata: [String: String]) -> String? {
        switch (try? OtherWeights(tensors: [:], metadata: metadata))?.network {
        case .tokenizer: "tokenizer"
        case .transformer: "transformer"
        case nil: nil
        }
    }

    /// The tokenizer with these weights, in use.
    ///
    /// - Throws: `OtherWeightsError` where the file holds a transformer, `StateMismatch` for other
    ///   tensors than the network has.
    public func tokenizer() throws -> VQGAN {
        guard case .tokenizer(let settings, let program) = network else {
            throw OtherWeightsError("\(origin) holds a transformer: expected a tokenizer")
        }
        try checkSize(settings.leastNumbers)
        return try VQGAN.loaded(tensors, of: program, settings, origin: origin)
    }

    /// The transformer with these weights, in use.
    ///
    /// - Throws: `OtherWeightsError` where the file holds a tokenizer, `StateMismatch` for other
    ///   tensors than the network has.
    public func transformer() throws -> LlamaGenTransformer {
        guard case .transformer(let settings) = network else {
            throw OtherWeightsError("\(origin) holds a tokenizer: expected a transformer")
        }
        try checkSize(settings.leastNumbers)
        return try LlamaGenTransformer.loaded(tensors, settings, origin: origin)
    }

    /// Stops before memory is taken for a network that the file cannot hold the weights of.
    private func checkSize(_ least: Double) throws(OtherWeightsError) {
        let found = tensors.values.reduce(0) { $0 + $1.count }
        guard least > 2 * Double(found) + 1_000_000 else { return }
        throw OtherWeightsError(
            "\(origin): its settings make a network of \(least) numbers or more, its tensors have"
                + " \(found): expected those of one network"
        )
    }
}

extension VQGAN {
    /// The programs whose weights are known.
    public enum Program: String, Codable, Sendable {
        /// The program taming-transformers.
        case taming
        /// The program LlamaGen.
        case llamaGen
        /// The diffusers library.
        case diffusers
    }

    /// A network with another program's tensors, in use.
    ///
    /// - Parameters:
    ///   - tensors: Tensors by their names there.
    ///   - program: Whose names they are.
    ///   - settings: What the network was built from.
    ///   - origin: What errors call the tensors.
    /// - Returns: The network.
    /// - Throws: `StateMismatch` with everything that is missing, not known or of another shape.
    public static func loaded(
        _ tensors: [String: Tensor],
        of program: Program,
        _ settings: Settings,
        origin: String
    ) throws(StateMismatch) -> VQGAN {
        let network = VQGAN(settings, start: .zeros, using: RandomSource(seed: 0))
        let rules: WeightRules =
            switch program {
            case .taming: .taming(settings)
            case .llamaGen: .llamaGenTokenizer(settings)
            case .diffusers: .diffusers(settings)
            }
        try rules.load(tensors, into: network, origin: origin)
        network.setTraining(false)
        return network
    }
}

extension LlamaGenTransformer {
    /// A network with LlamaGen's tensors, in use.
    ///
    /// - Parameters:
    ///   - tensors: Tensors by their names there.
    ///   - settings: What the network was built from.
    ///   - origin: What errors call the tensors.
    /// - Returns: The network.
    /// - Throws: `StateMismatch` with everything that is missing, not known or of another shape.
    public static func loaded(
        _ tensors: [String: Tensor],
        _ settings: Settings,
        origin: String
    ) throws(StateMismatch) -> LlamaGenTransformer {
        let source = RandomSource(seed: 0)
        let network = LlamaGenTransformer(settings, start: .zeros, using: source, chance: source)
        try WeightRules.llamaGenTransformer.load(tensors, into: network, origin: origin)
        network.setTraining(false)
        return network
    }
}

/// Why weights of another program cannot be used, with what to do about it.
public struct OtherWeightsError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What happened, what was expected and found.
    public let description: String

    init(_ description: String) { self.description = description }
}
