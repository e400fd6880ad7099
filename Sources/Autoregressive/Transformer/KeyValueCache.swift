import Torch

/// Keys and values of all places so far, of one layer, in memory that is taken once.
final class KeyValueCache {
    /// Keys, N×heads×places×head; those of places to come are zeros.
    let keys: Tensor
    /// Values likewise.
    let values: Tensor
    private let dtype: DType
    /// Places that are filled.
    private(set) var count = 0

    /// Room for so many places of so many pictures.
    init(pictures: Int, heads: Int, places: Int, head: Int, dtype: DType, device: Device) {
        self.dtype = dtype
        let shape = [pictures, heads, places, head]
        keys = .zeros(shape, dtype: dtype, device: device)
        values = .zeros(shape, dtype: dtype, device: device)
    }

    /// Counts a place whose key and value were written from outside.
    func take() { count += 1 }

    /// Takes in the next places and gives all so far.
    ///
    /// Shape: N×heads×places×head each.
    func append(_ key: Tensor, _ value: Tensor) -> (keys: Tensor, values: Tensor) {
        let next = count + key.size(2)
        keys.sliced(count..<next, along: 2).overwrite(with: key.converted(to: dtype))
        values.sliced(count..<next, along: 2).overwrite(with: value.converted(to: dtype))
        count = next
        return (
            keys.sliced(0..<next, along: 2).converted(to: key.dtype),
            values.sliced(0..<next, along: 2).converted(to: value.dtype)
        )
    }
}
