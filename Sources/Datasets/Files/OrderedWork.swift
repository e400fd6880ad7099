import Dispatch
import Synchronization

/// Work on all cores whose results are in order, whichever core was faster.
struct OrderedWork: Sendable {
    /// How many elements a core takes at once: enough that an archive is read mostly forwards.
    let stripLength: Int

    /// The results for some indices, in order.
    func map<Result: Sendable>(
        _ indices: Range<Int>,
        _ body: @Sendable (Int) -> Result
    ) -> [Result] {
        let results = Mutex([Result?](repeating: nil, count: indices.count))
        let strips = (indices.count + stripLength - 1) / stripLength
        DispatchQueue.concurrentPerform(iterations: strips) { strip in
            let first = indices.lowerBound + strip * stripLength
            for index in first..<min(first + stripLength, indices.upperBound) {
                let result = body(index)
                results.withLock { $0[index - indices.lowerBound] = result }
            }
        }
        return results.withLock { $0.compactMap { $0 } }
    }
}
