import CTorch
import Checks

/// One of libtorch's operators, looked up once by its own name and overload.
///
/// `@unchecked Sendable` because the handle never changes and is never freed.
package struct Operator: @unchecked Sendable {
    private let name: String
    private let handle: OpaquePointer

    /// Finds `aten::NAME.OVERLOAD`, or `NAMESPACE::NAME` when the name has its own namespace.
    package init(_ name: String, _ overload: String = "") {
        let qualified = name.contains("::") ? name : "aten::\(name)"
        var result: OpaquePointer?
        require(ctorch_find_operator(qualified, overload, &result), "find \(qualified)")
        guard let result else { fatalError("libtorch gave no handle for \(qualified)") }
        self.name = overload.isEmpty ? qualified : "\(qualified).\(overload)"
        handle = result
    }

    /// Calls an operator that gives one tensor.
    package func callAsFunction(_ arguments: OperatorArgument...) -> Tensor {
        let results = call(arguments, capacity: 1)
        precondition(results.count == 1, "\(name) gave \(results.count) tensors, expected 1")
        return results[0]
    }

    /// Calls an operator that gives several tensors, or none.
    package func several(_ arguments: OperatorArgument..., capacity: Int = 8) -> [Tensor] {
        call(arguments, capacity: capacity)
    }

    private func call(_ arguments: [OperatorArgument], capacity: Int) -> [Tensor] {
        let frame = ArgumentFrame(arguments)
        return withUnsafeTemporaryAllocation(of: OpaquePointer?.self, capacity: capacity) {
            results in
            results.initialize(repeating: nil)
            var count: Int32 = 0
            let status = frame.values.withUnsafeBufferPointer {
                ctorch_call(
                    handle,
                    $0.baseAddress,
                    Int32($0.count),
                    results.baseAddress,
                    Int32(capacity),
                    &count
                )
            }
            if status != 0 { trap(arguments) }
            return results.prefix(Int(count)).map { pointer in
                guard let pointer else { fatalError("\(name) gave an undefined tensor") }
                return Tensor(TensorHandle(pointer))
            }
        }
    }

    /// Programs that call an operator with tensors that do not fit it are wrong: print and stop.
    ///
    /// Memory that is not there is no fault of theirs.
    private func trap(_ arguments: [OperatorArgument]) -> Never {
        if ctorch_last_failure() == CTORCH_OUT_OF_MEMORY {
            let list = arguments.map(\.summary).joined(separator: ", ")
            endProcess(
                "there is not enough memory for \(name) of \(list). Choose smaller batches (training.batch), fewer or"
                    + " smaller pictures, or end other programs."
            )
        }
        let list = arguments.map { "  " + $0.summary }.joined(separator: "\n")
        fatalError("\(name) cannot work with\n\(list)\n\(String(cString: ctorch_message()))")
    }
}

/// Stops the program when a C function reports a failure that only a wrong program can cause.
func require(_ status: Int32, _ action: String) {
    guard status == 0 else {
        if ctorch_last_failure() == CTORCH_OUT_OF_MEMORY {
            endProcess(
                "there is not enough memory to \(action). Choose smaller batches or pictures."
            )
        }
        fatalError("cannot \(action): \(String(cString: ctorch_message()))")
    }
}
