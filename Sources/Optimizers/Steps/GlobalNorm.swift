import Torch

/// The Euclidean length of all elements of all tensors together, as a single number on their device.
public func globalNorm(of tensors: [Tensor]) -> Tensor {
    guard !tensors.isEmpty else { return Tensor(0) }
    return withoutGradients { Tensor.stacked(Foreach.norms(of: tensors)).norm() }
}
