import CTorch
import Checks

extension Tensor {
    /// The sum over all processes, with a record: its derivative is the sum of theirs.
    ///
    /// Where the exchange fails a process's own numbers come out, and the group's `failure` has the reason.
    public func summed(over group: ProcessGroup) -> Tensor {
        var result: OpaquePointer?
        require(
            ctorch_group_shared_sum(group.handle, handle.pointer, &result),
            "sum \(summary) over processes"
        )
        guard let result else { fatalError("no sum of \(summary)") }
        return Tensor(TensorHandle(result))
    }

    /// The mean over all processes that share a batch, with a record; the tensor itself where one has it whole.
    ///
    /// The mean over a share becomes the mean over the batch.
    public func overAllProcesses() -> Tensor {
        guard let group = ProcessGroup.current else { return self }
        return summed(over: group) / Double(group.count)
    }

    /// Each process's tensor as a row, in their order, with a record.
    ///
    /// Shape: … → processes×….
    public func rowOfEach(of group: ProcessGroup) -> Tensor {
        let mark = (0..<group.count).map { Float($0 == group.rank ? 1 : 0) }
        let marks = Tensor(mark, shape: [group.count] + shape.map { _ in 1 }, device: device)
            .converted(to: dtype)
        return (unsqueezed(0) * marks).summed(over: group)
    }

    /// The whole batch that processes share, with a record; the tensor itself where one has it whole.
    ///
    /// Shape: share×… → batch×….
    public func wholeBatch() -> Tensor {
        guard let group = ProcessGroup.current else { return self }
        let each = rowOfEach(of: group)
        // Picture i of the batch is row i / processes of process i % processes.
        return each.transposed(0, 1).reshaped([group.count * shape[0]] + shape.dropFirst())
    }

    /// This process's share of what was made for a whole batch.
    ///
    /// - Parameters:
    ///   - group: Who shares it.
    ///   - axis: The dimension along which pictures follow each other.
    /// - Returns: Every so many-th picture from the process's number on.
    public func share(of group: ProcessGroup, along axis: Int = 0) -> Tensor {
        var parts = shape
        parts.insert(group.count, at: axis + 1)
        parts[axis] = shape[axis] / group.count
        return reshaped(parts).sliced(group.rank..<group.rank + 1, along: axis + 1)
            .squeezed(axis + 1).contiguous()
    }
}
