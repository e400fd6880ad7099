import CTorch
import Checks

/// Derivatives of the sum of the outputs with respect to each input.
///
/// - Parameters:
///   - output: What is differentiated; a single number unless a seed is given.
///   - inputs: Tensors that require gradients and were used for the output.
///   - seed: Weights of the output's elements; ones when absent.
///   - keepsGraph: Whether the record can be used once more.
///   - createsGraph: Whether the derivatives can themselves be differentiated.
///   - allowsUnused: Whether an input that was not used gets zeros instead of stopping the program.
/// - Returns: One derivative per input, of its shape.
public func gradients(
    of output: Tensor,
    for inputs: [Tensor],
    seed: Tensor? = nil,
    keepsGraph: Bool = false,
    createsGraph: Bool = false,
    allowsUnused: Bool = false
) -> [Tensor] {
    let outputs: [OpaquePointer?] = [output.handle.pointer]
    let seeds: [OpaquePointer?]? = seed.map { [$0.handle.pointer] }
    let leaves: [OpaquePointer?] = inputs.map { $0.handle.pointer }
    var results = [OpaquePointer?](repeating: nil, count: inputs.count)
    let status = ctorch_gradients(
        outputs,
        seeds,
        1,
        leaves,
        Int32(leaves.count),
        keepsGraph,
        createsGraph,
        &results
    )
    let found = results.map { $0.map { Tensor(TensorHandle($0)) } }
    guard status == 0 else {
        if ctorch_last_failure() == CTORCH_OUT_OF_MEMORY {
            endProcess(
                "there is not enough memory for gradients of \(inputs.count) tensors. Choose smaller batches"
                    + " (training.batch), or end other programs."
            )
        }
        let list = inputs.map { "  " + $0.summary }.joined(separator: "\n")
        fatalError(
            "no gradients of \(output.summary) for\n\(list)\n\(String(cString: ctorch_message()))"
        )
    }
    return zip(found, inputs).map { gradient, input in
        if let gradient { return gradient }
        precondition(allowsUnused, "input \(input.summary) was not used for \(output.summary)")
        return input.zerosLike()
    }
}

extension Tensor {
    /// The same elements as the start of a new record: a leaf whose gradients can be asked for.
    public func requiringGradient() -> Tensor {
        let leaf = detached()
        require(
            ctorch_set_requires_gradient(leaf.handle.pointer, true),
            "require gradients of \(summary)"
        )
        return leaf
    }

    /// The same elements without the record of how they were made.
    public func detached() -> Tensor { Operators.detach(.tensor(self)) }

    private enum Operators {
        static let detach = Operator("detach")
    }
}
