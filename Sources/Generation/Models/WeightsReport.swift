import Foundation
import Runs
import Torch

/// What a file of weights holds, read without its tensors.
public struct WeightsReport: Codable, Sendable {
    /// The model that the weights are of, if the file says.
    public let model: ModelDescription?
    /// Shapes by name.
    public let tensors: [String: [Int]]
    /// Numbers in all tensors together.
    public let numbers: Int

    /// Reads the header of a file.
    ///
    /// - Throws: `TorchError` for a file that breaks a rule of its format, `DecodingError` for a
    ///   model of another version.
    public init(contentsOf file: URL) throws {
        let header = try Safetensors.readHeader(of: file)
        model = try ModelDescription(metadata: header.metadata)
        tensors = header.outlines.mapValues(\.shape)
        numbers = tensors.values.reduce(0) { $0 + $1.reduce(1, *) }
    }
}
