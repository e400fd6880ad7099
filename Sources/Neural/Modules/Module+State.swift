import Checks
import Torch

extension Module {
    /// Everything a module must keep: its parameters, then its buffers, in order of declaration.
    ///
    /// The tensors share the module's storage; copy those that are to outlive a training step.
    public func state() -> [(name: String, tensor: Tensor)] {
        let members = checkedMembers()
        return members.parameters.map { ($0.name, $0.parameter.wrappedValue.detached()) }
            + members.buffers.map { ($0.name, $0.buffer.wrappedValue) }
    }

    /// Shapes and types of everything a module keeps.
    public func outline() -> [String: TensorOutline] {
        Dictionary(uniqueKeysWithValues: state().map { ($0.name, TensorOutline($0.tensor)) })
    }

    /// Takes on copies of these tensors: all names, no other names, the same shapes and types.
    ///
    /// - Parameters:
    ///   - state: Tensors by name; on any device.
    ///   - origin: Where they come from, for the error.
    /// - Throws: `StateMismatch` with everything that differs; the module is then unchanged.
    public func load(
        state: [String: Tensor],
        origin: String = "The state"
    ) throws(StateMismatch) {
        try StateMismatch.check(
            state.mapValues { TensorOutline($0) },
            against: outline(),
            origin: origin
        )
        for (name, parameter) in members.parameters {
            guard let tensor = state[name] else { continue }
            parameter.wrappedValue = tensor.copied(as: parameter.wrappedValue)
        }
        for (name, buffer) in members.buffers {
            guard let tensor = state[name] else { continue }
            buffer.wrappedValue = tensor.copied(as: buffer.wrappedValue)
        }
    }

    /// Moves all parameters and buffers to a device.
    public func move(to device: Device) {
        change { $0.moved(to: device) }
    }

    /// Converts all parameters and buffers with a fraction to another such type.
    ///
    /// - Precondition: the type has a fraction.
    public func convert(to dtype: DType) {
        precondition(dtype.isFloatingPoint, "parameters of type \(dtype.rawValue)")
        change { $0.dtype.isFloatingPoint ? $0.converted(to: dtype) : $0 }
    }

    private func change(_ transform: (Tensor) -> Tensor) {
        let members = checkedMembers()
        withoutGradients {
            for (_, parameter) in members.parameters {
                parameter.wrappedValue = transform(parameter.wrappedValue)
            }
            for (_, buffer) in members.buffers {
                buffer.wrappedValue = transform(buffer.wrappedValue)
            }
        }
    }
}

extension Tensor {
    /// A copy with storage of its own and no record, on the other's device and laid out alike:
    /// a network that was loaded computes bit for bit as the one that was saved.
    fileprivate func copied(as other: Tensor) -> Tensor {
        let copy =
            device == other.device ? detached().copied() : detached().moved(to: other.device)
        return other.rank == 4 && other.isChannelsLast && !other.isContiguous
            ? copy.channelsLast() : copy.contiguous()
    }
}
