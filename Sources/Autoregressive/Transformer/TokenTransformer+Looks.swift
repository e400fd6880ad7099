import Checks
import Torch

extension TokenTransformer {
    /// Where each place of a picture looks while its codes are drawn, the mean over layers and heads.
    ///
    /// Shape: N×prefix pieces and N×(places · groups) codes → N×places×(prefix + places − 1), rows of sum 1:
    /// the prefix first, then the places, of which only earlier ones are looked at. Where codes are drawn in steps, a
    /// place looks at all others, N×places×(prefix + places).
    public func looks(_ prefix: Tensor, _ drawn: Tensor) -> Tensor {
        let (count, places) = (drawn.size(0), settings.places)
        let isRaster = settings.order == .raster
        let length = settings.prefix + places - (isRaster ? 1 : 0)
        let mask =
            isRaster
            ? mask(length, device: drawn.device)
            : Tensor.ones([length, length], device: drawn.device)
        let byPlace = drawn.reshaped([count, places, settings.groups])
        let none = Tensor.zeros([count, places], device: drawn.device)
        var x = isRaster ? vectors(prefix, byPlace) : vectors(prefix, byPlace, isUnknown: none)
        var sum: Tensor?
        for block in blocks {
            let found = block.looks(x, rotary, mask: mask)
            sum = sum.map { $0 + found } ?? found
            x = block(x, rotary, at: 0..<length, mask: mask, cache: nil)
        }
        guard let sum else { preconditionFailure("a transformer without layers") }
        // What draws a place's code stands one before it, or in its place.
        return sum.sliced(length - places..<length, along: 1) / Double(blocks.count)
    }
}
