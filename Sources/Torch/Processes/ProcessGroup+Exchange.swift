import CTorch
import Checks

extension ProcessGroup {
    /// The bytes that travel together: enough to keep a network busy, few enough to begin early.
    public static let bucketBytes = 8 << 20

    /// The mean of each tensor over all processes, without a record.
    ///
    /// They travel in buckets from the last to the first, the order in which a backward pass finds them, all
    /// buckets under way together. Where an exchange fails the tensors come back as they were, and `failure`
    /// has the reason.
    ///
    /// - Precondition: every process gives tensors of the same shapes, types and layouts in the same order.
    public func averaged(
        _ tensors: [Tensor],
        bucketBytes: Int = ProcessGroup.bucketBytes
    ) -> [Tensor] {
        guard failure == nil, !tensors.isEmpty else { return tensors }
        var results = tensors
        var works: [(work: OpaquePointer, members: [Int])] = []
        for members in ProcessGroup.buckets(tensors, bytes: bucketBytes) {
            let handles: [OpaquePointer?] = members.map { tensors[$0].handle.pointer }
            var work: OpaquePointer?
            guard ctorch_group_sum(handle, handles, Int32(handles.count), &work) == 0, let work
            else {
                note(ProcessGroup.message)
                break
            }
            works.append((work, members))
        }
        // All are waited for, whatever failed: their memory must stay until then.
        for (work, members) in works {
            var sums = [OpaquePointer?](repeating: nil, count: members.count)
            guard ctorch_work_sums(work, &sums) == 0 else {
                note(ProcessGroup.message)
                continue
            }
            for (member, sum) in zip(members, sums) {
                guard let sum else { continue }
                results[member] = Tensor(TensorHandle(sum))
            }
        }
        guard failure == nil else { return tensors }
        return withoutGradients { results.map { $0 / Double(count) } }
    }

    /// Numbers of tensors that travel together: from the last to the first, of one type each.
    static func buckets(_ tensors: [Tensor], bytes: Int) -> [[Int]] {
        var buckets: [[Int]] = []
        var size = 0
        var dtype: DType?
        for index in tensors.indices.reversed() {
            let own = tensors[index].count * tensors[index].dtype.byteCount
            if dtype != tensors[index].dtype || size + own > bytes || buckets.isEmpty {
                buckets.append([])
                (size, dtype) = (0, tensors[index].dtype)
            }
            buckets[buckets.count - 1].append(index)
            size += own
        }
        return buckets
    }

    /// The mean of numbers over all processes.
    ///
    /// - Throws: `ProcessGroupError.lost`.
    public func averaged(_ numbers: [Double]) throws(ProcessGroupError) -> [Double] {
        let mean = averaged([Tensor(numbers)])[0]
        try check()
        return mean.doubles()
    }

    /// Copies a tensor from the leading process to the others, in place.
    ///
    /// - Throws: `ProcessGroupError.lost`.
    public func spread(_ tensor: Tensor) throws(ProcessGroupError) {
        try check()
        try demand(ctorch_group_broadcast(handle, tensor.handle.pointer, 0))
    }

    /// Bytes of the leading process, at every process; what others give is not looked at.
    ///
    /// - Throws: `ProcessGroupError.lost`.
    public func spread(_ bytes: [UInt8]) throws(ProcessGroupError) -> [UInt8] {
        let length = Tensor([leads ? bytes.count : 0])
        try spread(length)
        let count = length.elements(as: Int.self).first ?? 0
        guard count > 0 else { return [] }
        let own = leads ? bytes : [UInt8](repeating: 0, count: count)
        let tensor = own.withUnsafeBytes { Tensor(bytes: $0, shape: [count], dtype: .uint8) }
        try spread(tensor)
        return tensor.bytes()
    }

    /// Each process's tensor, in their order; all of one shape and type.
    ///
    /// - Throws: `ProcessGroupError.lost`.
    public func gathered(_ tensor: Tensor) throws(ProcessGroupError) -> [Tensor] {
        try check()
        var results = [OpaquePointer?](repeating: nil, count: count)
        try demand(ctorch_group_gather(handle, tensor.handle.pointer, &results))
        return results.compactMap { $0.map { Tensor(TensorHandle($0)) } }
    }

    /// Waits until all processes are here.
    ///
    /// - Throws: `ProcessGroupError.lost`.
    public func meet() throws(ProcessGroupError) {
        try check()
        try demand(ctorch_group_barrier(handle))
    }
}
