import Datasets
import Imaging
import Torch

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

extension DrawingPreviews {
    /// What shows previews while codes are drawn.
    ///
    /// - Parameters:
    ///   - places: Of a picture.
    ///   - codesPerPlace: As said.
    ///   - indices: The pictures that are shown, in the order of their rows.
    ///   - rows: Those rows, of all that are drawn together.
    ///   - empty: Codes of a picture that shows nothing.
    ///   - pictures: Makes pictures of codes.
    /// - Returns: It is told the codes so far.
    func watch(
        places: Int,
        codesPerPlace: Int,
        of indices: [Int],
        rows: @escaping (Tensor) -> Tensor,
        empty: @escaping () -> Tensor,
        pictures: @escaping (Tensor) -> Tensor
    ) -> ([Tensor]) -> Void {
        var stops: [Int: Int] = [:]
        for number in 1...count {
            let place = Int((share(of: number) * Double(places)).rounded())
            if (1..<places).contains(place) { stops[place * codesPerPlace] = number }
        }
        let length = places * codesPerPlace
        var kept: Tensor?
        return { codes in
            // Some models draw many places at a time, beyond a stop.
            guard codes.count < length,
                let stop = stops.keys.filter({ $0 <= codes.count }).max(),
                let number = stops[stop]
            else { return }
            stops = stops.filter { $0.key > stop }
            let rest = kept ?? empty()
            kept = rest
            let found = rows(Tensor.stacked(codes, along: 1))
            let missing = rest.sliced(codes.count..<length, along: 1)
                .expanded([indices.count, length - codes.count])
            let drawn = Picture.batch(
                of: pictures(Tensor.concatenated([found, missing], along: 1))
            )
            for (index, picture) in zip(indices, drawn) { show(index, number, picture) }
        }
    }
}
