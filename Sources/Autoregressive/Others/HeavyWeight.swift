import Torch

/// A weight of a large product: as it is, or packed for few rows.
enum HeavyWeight {
    /// A weight in numbers: outputs×inputs.
    case plain(Tensor)
    /// Tiles of sixteen outputs.
    case packed(Tensor)

    /// Several of one kind above each other.
    init(of parts: [HeavyWeight]) {
        let tensor = Tensor.concatenated(parts.map(\.tensor))
        self = parts.allSatisfy(\.isPacked) ? .packed(tensor) : .plain(tensor)
    }

    /// The numbers.
    var tensor: Tensor {
        switch self {
        case .plain(let tensor), .packed(let tensor): tensor
        }
    }

    /// Whether it is packed.
    var isPacked: Bool {
        if case .packed = self { true } else { false }
    }

    /// Rows in float32, times the transposed weight.
    ///
    /// Shape: …×inputs → …×outputs.
    func callAsFunction(_ x: Tensor) -> Tensor {
        switch self {
        case .plain(let weight):
            return x.converted(to: weight.dtype).linear(weight: weight).converted(to: .float32)
        case .packed(let weight):
            let found = x.reshaped([-1, x.size(x.rank - 1)]).product(packed: weight)
            return found.reshaped(Array(x.shape.dropLast()) + [found.size(1)])
        }
    }
}
