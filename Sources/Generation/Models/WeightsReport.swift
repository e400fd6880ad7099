import Foundation
import Runs
import Torch
import Weights

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
        numbers = Self.numbers(in: tensors.values)
    }

    /// Looks through a file that another program wrote.
    ///
    /// - Throws: `WeightsError` where it cannot be read.
    public init(_ file: WeightsFile) throws {
        model = nil
        tensors = Dictionary(try file.tensors().map { ($0.name, $0.tensor.shape) }) { $1 }
        numbers = Self.numbers(in: tensors.values)
    }

    /// How many numbers tensors of these shapes have; as many as can be counted.
    private static func numbers(in shapes: some Sequence<[Int]>) -> Int {
        shapes.reduce(0) { sum, shape in
            let count = shape.reduce(1) { product, side in
                let (value, overflow) = product.multipliedReportingOverflow(by: side)
                return overflow ? .max : value
            }
            let (value, overflow) = sum.addingReportingOverflow(count)
            return overflow ? .max : value
        }
    }
}
