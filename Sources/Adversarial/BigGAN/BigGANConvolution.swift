import Neural
import Torch

/// A convolution whose weights were divided by their norm when they were read.
final class BigGANConvolution: Module {
    /// What it does beside what its weights say.
    enum Kind {
        /// The sides of the maps stay as they are.
        case plain
        /// Makes twice as many rows and columns first, each pixel four times.
        case doubling
        /// Makes the first three channels alone.
        case colours
    }

    @Buffer private var weight: Tensor
    private let bias: Buffer?
    private let kind: Kind

    init(
        _ name: String,
        _ kind: Kind = .plain,
        bias hasBias: Bool = true,
        _ tensors: BigGANTensors
    ) throws {
        self.kind = kind
        let weight = try tensors.normed(name)
        let bias = hasBias ? try tensors.plain("\(name).bias") : nil
        switch kind {
        case .plain: self.weight = weight
        case .doubling: self.weight = Self.doubling(weight)
        case .colours: self.weight = weight.sliced(0..<3, along: 0).contiguous()
        }
        self.bias = bias.map {
            Buffer(wrappedValue: kind == .colours ? $0.sliced(0..<3, along: 0).contiguous() : $0)
        }
    }

    /// Shape: N×C×H×W → N×O×H×W, or N×O×2H×2W.
    func callAsFunction(_ map: Tensor) -> Tensor {
        guard kind != .doubling else {
            return map.transposeConvolved(
                with: weight,
                bias: bias?.wrappedValue,
                stride: [2, 2],
                padding: [1, 1]
            )
        }
        return map.convolved(
            with: weight,
            bias: bias?.wrappedValue,
            stride: [1, 1],
            padding: [weight.size(2) / 2, weight.size(3) / 2]
        )
    }

    /// Kernels of 4×4 that do what doubling and then kernels of 3×3 do, with 16 products where there were 36: each is the
    /// sum of what one pixel's four copies meet.
    ///
    /// Shape: O×C×3×3 → C×O×4×4.
    private static func doubling(_ weight: Tensor) -> Tensor {
        let kernel = weight.transposed(0, 1).flipped([2, 3])
        func moved(_ across: Int, _ down: Int) -> Tensor {
            kernel.padded([across, 1 - across, down, 1 - down])
        }
        return (moved(0, 0) + moved(0, 1) + moved(1, 0) + moved(1, 1)).contiguous()
    }
}
