import Torch

extension ModelConditions {
    /// Whether several classes may be asked for at once, each in its share.
    var mixesClasses: Bool { description.family == PublishedKind.biggan.rawValue }

    /// What each picture of a batch is asked to show, and the class where it is one.
    ///
    /// - Throws: `GenerationError` for words that name no class, or several where one is drawn at a time.
    func asked(
        _ request: DrawingRequest,
        _ indices: Range<Int>
    ) throws -> (labels: Tensor?, names: [String?]) {
        if let shares = try shares(request) {
            return (shares.expanded([indices.count, labelCount]), indices.map { _ in nil })
        }
        let classes = try classes(of: request, indices)
        let labels = labels(classes)
        return (labels, classes.map { labels == nil ? nil : className($0) })
    }

    /// The shares of several classes, one row; nothing where one is asked for, or none.
    ///
    /// Shape: 1×classes.
    ///
    /// - Throws: `GenerationError` for words that name no class, and for what is to be avoided.
    func shares(_ request: DrawingRequest) throws -> Tensor? {
        guard mixesClasses, labelCount > 0 else { return nil }
        guard request.parts.allSatisfy({ $0.weight > 0 }) else {
            throw GenerationError.lacks(.avoiding, model: description.recipe)
        }
        guard request.parts.count > 1 else { return nil }
        let sum = request.parts.reduce(0) { $0 + $1.weight }
        var row = [Float](repeating: 0, count: labelCount)
        for part in request.parts { row[try label(part.text)] += Float(part.weight / sum) }
        return Tensor(row, shape: [1, labelCount]).moved(to: device)
    }
}
