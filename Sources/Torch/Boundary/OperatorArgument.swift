import CTorch

/// One argument of a libtorch operator.
package enum OperatorArgument {
    case none
    case tensor(Tensor)
    case integer(Int)
    case real(Double)
    case boolean(Bool)
    case integers([Int])
    case reals([Double])
    case booleans([Bool])
    case tensors([Tensor])
    case optionalTensors([Tensor?])
    case text(String)
    case dtype(DType)
    case device(Device)

    /// The tensor, or nothing.
    package static func optional(_ tensor: Tensor?) -> OperatorArgument {
        tensor.map(OperatorArgument.tensor) ?? .none
    }

    /// A number as the tensor's type wants it: whole where both are whole.
    package static func scalar(_ value: Double, for tensor: Tensor) -> OperatorArgument {
        let isWhole = !tensor.dtype.isFloatingPoint && value == value.rounded()
        return isWhole ? .integer(Int(value)) : .real(value)
    }

    /// What a trap prints about the argument.
    var summary: String {
        switch self {
        case .none: "none"
        case .tensor(let tensor): tensor.summary
        case .integer(let value): "\(value)"
        case .real(let value): "\(value)"
        case .boolean(let value): "\(value)"
        case .integers(let values): "\(values)"
        case .reals(let values): "\(values)"
        case .booleans(let values): "\(values)"
        case .tensors(let tensors): "[\(tensors.map(\.summary).joined(separator: ", "))]"
        case .optionalTensors(let tensors):
            "[\(tensors.map { $0?.summary ?? "none" }.joined(separator: ", "))]"
        case .text(let text): "'\(text)'"
        case .dtype(let dtype): dtype.rawValue
        case .device(let device): device.description
        }
    }
}
