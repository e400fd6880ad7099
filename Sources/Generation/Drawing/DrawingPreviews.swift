import Imaging

/// What is shown of pictures that are drawn piece by piece before they are finished.
public struct DrawingPreviews {
    /// How many of each picture, at even shares of it.
    public let count: Int
    /// Shows one: the picture's place in the seed's row, the preview's number from 1, and what there is.
    public let show: (_ index: Int, _ number: Int, _ picture: Picture) -> Void

    /// So many of each picture.
    public init(
        _ count: Int,
        show: @escaping (_ index: Int, _ number: Int, _ picture: Picture) -> Void
    ) {
        (self.count, self.show) = (count, show)
    }

    /// How much of the picture there is in a preview, from 0 to 1.
    public func share(of number: Int) -> Double { Double(number) / Double(count + 1) }
}
