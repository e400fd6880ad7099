import Torch

/// The library's operations by the names that PyTorch gives them.
enum OperationTable {
    /// Operations that give several tensors.
    static let several: [String: @Sendable (Given) -> [Tensor]] = [
        "split": { given in
            let size = given.options.integer("split_size_or_sections")
            let whole = given.input.size(given.dimension)
            let sizes = stride(from: 0, to: whole, by: size).map { min(size, whole - $0) }
            return given.input.split(sizes, along: given.dimension)
        },
        "chunk": { given in
            let count = given.options.integer("chunks")
            let sizes = Array(repeating: given.input.size(given.dimension) / count, count: count)
            return given.input.split(sizes, along: given.dimension)
        },
        "sort": { given in
            let descending = given.options.flag("descending")
            let sorted = given.input.sorted(along: given.dimension, descending: descending)
            return [sorted.values, sorted.places]
        },
        "topk": { given in
            let largest = given.input.largest(given.options.integer("k"), along: given.dimension)
            return [largest.values, largest.places]
        },
    ]

    private static let topics = [
        elementwise, pairs, reductions, algebra, indexing, shapes, pictures, normalization,
    ]

    private static let single: [String: Use] = topics.reduce(into: [:]) { all, topic in
        all.merge(topic) { _, _ in fatalError("an operation is in two tables") }
    }

    /// The names of all operations in the tables.
    static var names: Set<String> { Set(several.keys).union(single.keys) }

    /// What the library makes of the case.
    static func results(of given: Given) -> [Tensor] {
        let operation = given.options.operation
        if let use = single[operation] { return [use(given)] }
        guard let use = several[operation] else { fatalError("no operation '\(operation)'") }
        return use(given)
    }
}
