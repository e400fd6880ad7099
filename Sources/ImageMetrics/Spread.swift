/// The deviation of values from their mean, as an estimate from a sample: divided by one less than their number.
public func deviation(_ values: [Double]) -> Double {
    let mean = values.reduce(0, +) / Double(values.count)
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return (squares / Double(max(values.count - 1, 1))).squareRoot()
}

/// The value in the middle, the upper one of two.
///
/// - Precondition: there is one.
public func median(_ values: [Double]) -> Double { values.sorted()[values.count / 2] }
