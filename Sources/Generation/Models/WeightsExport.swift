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

        var dtype: DType {
            switch self {
            case .bfloat16: .bfloat16
            case .float16: .float16
            case .float32: .float32
            }
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
        try WeightsExport.convert(weights, to: file, as: precision.dtype)
        let critic = RunFolder.critic(beside: weights)
        network = file
        guard FileManager.default.fileExists(atPath: critic.path) else {
            discriminator = nil
            return
        }
        let target = RunFolder.critic(beside: file)
        try WeightsExport.convert(critic, to: target, as: precision.dtype)
        discriminator = target
    }

    private static func convert(_ source: URL, to target: URL, as dtype: DType) throws {
        let found = try Safetensors.read(from: source)
        var texts = found.metadata
        if let critic = try CriticDescription(metadata: texts) {
            // Without what earlier versions wrote and nothing needs.
            texts = try CriticDescription(of: critic.model, tasks: critic.tasks).metadata()
        }
        try Safetensors.write(
            found.tensors.sorted { $0.key < $1.key }.map { name, tensor in
                (name, tensor.dtype.isFloatingPoint ? tensor.converted(to: dtype) : tensor)
            },
            metadata: texts,
            to: target
        )
    }
}
