import Foundation

extension EventWriter {
    /// Adds a histogram of values in 30 intervals; what is not finite is left out.
    public func histogram(_ tag: String, _ values: [Double], step: Int) {
        guard let buckets = HistogramBuckets(values) else { return }
        histogram(tag, buckets, step: step)
    }

    /// Adds a histogram that was counted elsewhere, such as on an accelerator.
    public func histogram(_ tag: String, _ buckets: HistogramBuckets, step: Int) {
        var value = BoardValue()
        value.tensor.elementType = .double
        value.tensor.shape = shape(buckets.counts.count, 3)
        value.tensor.content = buckets.rows.reduce(into: Data()) { data, row in
            for number in [row.left, row.right, row.count] {
                withUnsafeBytes(of: number.bitPattern.littleEndian) { data.append(contentsOf: $0) }
            }
        }
        append([(tag, value, metadata("histograms", .tensor))], step: step)
    }
}
