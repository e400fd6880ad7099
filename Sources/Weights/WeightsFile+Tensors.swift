extension WeightsFile {
    /// All tensors in the file, under the names of what they lie in with dots between: `model.encoder.weight`.
    ///
    /// - Throws: `WeightsError` where things lie in each other without end.
    public func tensors() throws(WeightsError) -> [(name: String, tensor: PickledTensor)] {
        try withContents { (contents) throws(WeightsError) in
            var walk = TensorWalk()
            try walk.look(at: contents, name: "", depth: 0)
            return walk.found
        }
    }
}

/// Looks through values for tensors.
private struct TensorWalk {
    var found: [(name: String, tensor: PickledTensor)] = []
    private var visits = 0
    private let limits = PickleLimits.standard

    mutating func look(at value: PickleValue, name: String, depth: Int) throws(WeightsError) {
        visits += 1
        guard depth <= limits.depth, visits <= limits.visits, name.utf8.count <= 4096 else {
            throw WeightsError(
                .tooLarge,
                at: String(name.prefix(60)),
                "lies too deep, or has too much in it"
            )
        }
        func inner(_ key: String) -> String { name.isEmpty ? key : "\(name).\(key)" }
        switch value {
        case .tensor(let tensor): found.append((name, tensor))
        case .list(let list):
            for (place, item) in list.items.enumerated() {
                try look(at: item, name: inner("\(place)"), depth: depth + 1)
            }
        case .dictionary(let dictionary): try look(in: dictionary, inner, depth)
        case .object(let object):
            if let entries = object.entries { try look(in: entries, inner, depth) }
            try look(at: object.state, name: name, depth: depth + 1)
        case .none, .bool, .int, .long, .double, .text, .bytes, .name, .storage: break
        }
    }

    private mutating func look(
        in dictionary: PickleDictionary,
        _ inner: (String) -> String,
        _ depth: Int
    ) throws(WeightsError) {
        for (key, value) in dictionary.entries {
            guard let key = key.text ?? key.int.map(String.init) else { continue }
            try look(at: value, name: inner(key), depth: depth + 1)
        }
    }
}
