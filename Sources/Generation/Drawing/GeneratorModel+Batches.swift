extension GeneratorModel {
    /// Pictures of a seed's row that are drawn at once, so that whoever takes them one after the other
    /// loses no time.
    ///
    /// - Parameter indices: Places in the row.
    /// - Returns: All of them in the order given; each group is of one batch.
    public func batches(of indices: [Int]) -> [[Int]] {
        var batches: [[Int]] = []
        var places: [Int: Int] = [:]
        for index in indices {
            if let place = places[index / batch] {
                batches[place].append(index)
            } else {
                places[index / batch] = batches.count
                batches.append([index])
            }
        }
        return batches
    }
}
