import Neural
import Torch

/// The tensors of a published BigGAN-deep, by the names of pytorch-pretrained-biggan.
public struct BigGANWeights {
    /// What the network is built from.
    public let settings: BigGAN.Settings
    private let origin: String

    /// Compares names and shapes with those that the network has, before any number is read.
    ///
    /// - Parameters:
    ///   - settings: What `config.json` says.
    ///   - found: Shapes of all tensors by name.
    ///   - origin: What errors call the place.
    /// - Throws: `BigGANError` for another network's tensors, `StateMismatch` with everything that differs.
    public init(_ settings: BigGAN.Settings, shapes found: [String: [Int]], origin: String) throws {
        (self.settings, self.origin) = (settings, origin)
        guard found["generator.gen_z.weight_orig"] != nil else {
            let some = found.keys.sorted().prefix(3).joined(separator: ", ")
            throw BigGANError(
                "\(origin): the tensor generator.gen_z.weight_orig is expected, and is not there; among its"
                    + " \(found.count) tensors are \(some.isEmpty ? "none" : some)"
            )
        }
        func outlines(_ shapes: [String: [Int]]) -> [String: TensorOutline] {
            shapes.mapValues { TensorOutline(shape: $0, dtype: .float32) }
        }
        try StateMismatch.check(
            outlines(found),
            against: outlines(settings.shapes),
            origin: origin
        )
    }

    /// The network with these weights, in use.
    ///
    /// - Parameter read: Gives a tensor by its name.
    /// - Returns: The network, on the processor.
    /// - Throws: `BigGANError` for numbers that are none, what reading throws.
    public func generator(read: @escaping (String) throws -> Tensor) throws -> BigGANGenerator {
        let network = try BigGANGenerator(settings, BigGANTensors(origin: origin, read: read))
        network.setTraining(false)
        return network
    }
}

/// Gives tensors as the network wants them.
struct BigGANTensors {
    let origin: String
    let read: (String) throws -> Tensor

    /// A tensor as it is in the file.
    func plain(_ name: String) throws -> Tensor {
        let tensor = try read(name).converted(to: .float32)
        guard tensor.isFinite().all() else {
            throw BigGANError("\(origin): the tensor \(name) has numbers that are infinite or none")
        }
        return tensor
    }

    /// Variances: none is below zero.
    func variances(_ name: String) throws -> Tensor {
        let tensor = try plain(name)
        guard !tensor.isLess(than: 0).any() else {
            throw BigGANError("\(origin): the tensor \(name) has variances below zero")
        }
        return tensor
    }

    /// Weights over their norm, u·W·v with the two vectors that training left.
    func normed(_ name: String) throws -> Tensor {
        let weight = try plain("\(name).weight_orig")
        let (left, right) = (try plain("\(name).weight_u"), try plain("\(name).weight_v"))
        let matrix = weight.reshaped([weight.size(0), -1])
        let norm = (left * matrix.multiplied(by: right.unsqueezed(1)).squeezed(1)).sum()
        guard norm.isFinite().all(), norm.item() != 0 else {
            throw BigGANError(
                "\(origin): the norm of \(name).weight_orig is \(norm.item()), expected a number other than 0"
            )
        }
        return weight / norm
    }
}
