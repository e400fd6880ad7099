import Foundation
import Neural
import Runs
import Torch

/// Weights for passing on: in fewer bits, with what they are beside them.
public struct WeightsExport: Sendable {
    /// Types of weights.
    public enum Precision: String, Sendable, CaseIterable {
        /// The range of single precision in 16 bits.
        case bfloat16
        /// Half precision.
        case float16
        /// Single precision.
        case float32
        /// Whole numbers in 8 bits with a step for each row.
        case int8

        /// A tensor as it is written.
        func written(_ name: String, _ tensor: Tensor) -> [(String, Tensor)] {
            let dtype: DType
            switch self {
            case .bfloat16: dtype = .bfloat16
            case .float16: dtype = .float16
            case .float32: dtype = .float32
            case .int8: return ByteWeights.packed(name, tensor)
            }
            return [(name, tensor.dtype.isFloatingPoint ? tensor.converted(to: dtype) : tensor)]
        }
    }

    /// The network's file.
    public let network: URL
    /// The discriminator's file, where there was one.
    public let discriminator: URL?

    /// Writes the weights of a run, or of a file, in another type.
    ///
    /// - Parameters:
    ///   - source: A run's folder: its latest snapshot is meant; or a file.
    ///   - file: Where the network's weights go; the discriminator's go beside it.
    ///   - precision: The type of the weights.
    /// - Throws: `GenerationError` for a place without weights.
    public init(of source: URL, to file: URL, as precision: Precision) throws {
        let weights = try GeneratorModel.weights(at: source)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try WeightsExport.convert(weights, to: file, as: precision)
        let critic = RunFolder.critic(beside: weights)
        network = file
        guard FileManager.default.fileExists(atPath: critic.path) else {
            discriminator = nil
            return
        }
        let target = RunFolder.critic(beside: file)
        try WeightsExport.convert(critic, to: target, as: precision)
        discriminator = target
    }

    private static func convert(_ source: URL, to target: URL, as precision: Precision) throws {
        let found = try Safetensors.read(from: source)
        var texts = found.metadata
        if let critic = try CriticDescription(metadata: texts) {
            // Without what earlier versions wrote and nothing needs.
            texts = try CriticDescription(of: critic.model, tasks: critic.tasks).metadata()
        }
        try Safetensors.write(
            ByteWeights.unpacked(found.tensors, origin: source.path).sorted { $0.key < $1.key }
                .flatMap { precision.written($0.key, $0.value) },
            metadata: texts,
            to: target
        )
    }
}
