import Checks
import Foundation
import Torch

/// The Inception network by which published distances are measured, with weights that a user has.
///
/// Its pooling, its resizing and its classes are those of the original TensorFlow graph, not torchvision's.
///
/// Source: Szegedy et al., "Rethinking the Inception architecture", CVPR 2016, figures 5 to 7; as Heusel et al.
/// use it (2017): means do not count the border, the last block takes the largest of its neighbours.
public struct InceptionNetwork {
    /// Numbers of a picture's features.
    public static let width = 2048
    /// Classes, those that are never used among them.
    public static let classes = 1008
    private static let side = 299

    /// A convolution, its kernels scaled as the normalisation after it says.
    private struct Unit {
        let kernel: Tensor
        let shift: Tensor
        let stride: Int
        let padding: [Int]
    }

    private let units: [String: Unit]
    private let head: Tensor

    /// The network with these weights, under the names of torchvision and torch-fidelity.
    ///
    /// - Parameters:
    ///   - tensors: All of `outline`; others are left aside.
    ///   - origin: Where they came from, for errors.
    /// - Throws: `FeatureError` for what is missing or has another shape.
    public init(_ tensors: [String: Tensor], origin: String) throws {
        func tensor(_ name: String, _ shape: [Int]) throws -> Tensor {
            guard let found = tensors[name] else {
                throw FeatureError.missing(name, origin: origin)
            }
            guard found.shape == shape else {
                throw FeatureError.otherShape(
                    name,
                    expected: shape,
                    found: found.shape,
                    origin: origin
                )
            }
            return found.dtype.isFloatingPoint ? found.converted(to: .float32) : found
        }
        var units: [String: Unit] = [:]
        for row in InceptionTable.rows {
            let names = InceptionTable.normalisation.map { "\(row.name).\($0)" }
            let (weight, bias, mean, variance) = (
                try tensor(names[0], [row.outputs]), try tensor(names[1], [row.outputs]),
                try tensor(names[2], [row.outputs]), try tensor(names[3], [row.outputs])
            )
            let scale = weight * (variance + 0.001).reciprocalSquareRoot()
            units[row.name] = Unit(
                kernel: try tensor("\(row.name).conv.weight", row.shape)
                    * scale.reshaped([row.outputs, 1, 1, 1]),
                shift: bias - mean * scale,
                stride: row.stride,
                padding: row.padding
            )
        }
        self.units = units
        head = try tensor("fc.weight", [InceptionNetwork.classes, InceptionNetwork.width])
    }

    /// Names and shapes of all weights.
    public static var outline: [String: [Int]] {
        var outline = ["fc.weight": [classes, width]]
        for row in InceptionTable.rows {
            outline["\(row.name).conv.weight"] = row.shape
            for name in InceptionTable.normalisation {
                outline["\(row.name).\(name)"] = [row.outputs]
            }
        }
        return outline
    }

    /// What the network sees in pictures of any size.
    ///
    /// Shape: N×3×H×W, −1 … 1 → N×2048.
    public func features(_ pictures: Tensor) -> Tensor {
        // The graph takes bytes, less 128, over 128.
        let bytes = ((pictures + 1) * 127.5 - 128) / 128
        var x = InceptionNetwork.resized(bytes)
        for name in ["Conv2d_1a_3x3", "Conv2d_2a_3x3", "Conv2d_2b_3x3"] { x = unit(name, x) }
        x = largest(x)
        for name in ["Conv2d_3b_1x1", "Conv2d_4a_3x3"] { x = unit(name, x) }
        x = largest(x)
        for block in ["5b", "5c", "5d"] {
            x = joined(
                block,
                x,
                [["branch1x1"], ["branch5x5_1", "branch5x5_2"], InceptionTable.twice],
                pool: mean(x)
            )
        }
        x = joined("6a", x, [["branch3x3"], InceptionTable.twice], strided: largest(x))
        for block in ["6b", "6c", "6d", "6e"] {
            x = joined(
                block,
                x,
                [
                    ["branch1x1"], (1...3).map { "branch7x7_\($0)" },
                    (1...5).map { "branch7x7dbl_\($0)" },
                ],
                pool: mean(x)
            )
        }
        x = joined(
            "7a",
            x,
            [["branch3x3_1", "branch3x3_2"], (1...4).map { "branch7x7x3_\($0)" }],
            strided: largest(x)
        )
        x = wide("7b", x, pool: mean(x))
        x = wide(
            "7c",
            x,
            pool: x.maxPooled(window: [3, 3], stride: [1, 1], padding: [1, 1])
        )
        return x.mean(over: [2, 3])
    }

    /// What is said of features, without the bias that the original leaves out as well.
    ///
    /// Shape: N×2048 → N×1008.
    public func logits(_ features: Tensor) -> Tensor { features.linear(weight: head, bias: nil) }

    /// Pictures at the network's size as TensorFlow 1 resizes: pixel i is read at i · old / new.
    private static func resized(_ pictures: Tensor) -> Tensor {
        func places(_ length: Int) -> Tensor {
            Tensor(
                (0..<side).map { index in
                    let place = Double(index) * Double(length) / Double(side)
                    return Float((2 * place + 1) / Double(length) - 1)
                }
            )
        }
        let (count, rows, columns) = (pictures.size(0), pictures.size(2), pictures.size(3))
        let shape = [count, side, side]
        let across = places(columns).reshaped([1, 1, side]).expanded(shape)
        let down = places(rows).reshaped([1, side, 1]).expanded(shape)
        return pictures.sampled(at: Tensor.stacked([across, down], along: 3), padding: .border)
    }

    private func unit(_ name: String, _ x: Tensor) -> Tensor {
        guard let unit = units[name] else { preconditionFailure("Inception has no \(name)") }
        return x.convolved(
            with: unit.kernel,
            bias: unit.shift,
            stride: [unit.stride, unit.stride],
            padding: unit.padding
        ).relu()
    }

    private func chain(_ block: String, _ names: [String], _ x: Tensor) -> Tensor {
        names.reduce(x) { unit("Mixed_\(block).\($1)", $0) }
    }

    /// A block's branches side by side, what was pooled through a convolution last.
    private func joined(
        _ block: String,
        _ x: Tensor,
        _ branches: [[String]],
        pool: Tensor
    ) -> Tensor {
        Tensor.concatenated(
            branches.map { chain(block, $0, x) } + [chain(block, ["branch_pool"], pool)],
            along: 1
        )
    }

    /// A block's branches side by side, what was pooled as it is last.
    private func joined(
        _ block: String,
        _ x: Tensor,
        _ branches: [[String]],
        strided pool: Tensor
    ) -> Tensor {
        Tensor.concatenated(branches.map { chain(block, $0, x) } + [pool], along: 1)
    }

    /// A block that ends in rows and columns side by side.
    private func wide(_ block: String, _ x: Tensor, pool: Tensor) -> Tensor {
        let single = chain(block, ["branch3x3_1"], x)
        let double = chain(block, ["branch3x3dbl_1", "branch3x3dbl_2"], x)
        return Tensor.concatenated(
            [
                chain(block, ["branch1x1"], x), chain(block, ["branch3x3_2a"], single),
                chain(block, ["branch3x3_2b"], single), chain(block, ["branch3x3dbl_3a"], double),
                chain(block, ["branch3x3dbl_3b"], double), chain(block, ["branch_pool"], pool),
            ],
            along: 1
        )
    }

    private func largest(_ x: Tensor) -> Tensor { x.maxPooled(window: [3, 3], stride: [2, 2]) }

    private func mean(_ x: Tensor) -> Tensor {
        x.averagePooled(window: [3, 3], stride: [1, 1], padding: [1, 1], countsPadding: false)
    }
}
