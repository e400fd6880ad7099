import Imaging

/// A 128-bit hash of a picture's size and samples: equal pictures have equal ones, and two
/// different ones of a set agree by accident less than once in 10²⁰ sets.
struct PixelHash: Hashable, Sendable {
    private let first: UInt64
    private let second: UInt64

    init(_ picture: Picture) {
        let shape = [picture.width, picture.height, picture.channels, picture.depth.rawValue]
        (first, second) = picture.samples.withUnsafeBytes { samples in
            shape.withUnsafeBytes { shape in
                let hashes = [UInt64(1), 2].map { seed in
                    var hasher = XXHash64(seed: seed)
                    hasher.update(shape)
                    hasher.update(samples)
                    return hasher.value
                }
                return (hashes[0], hashes[1])
            }
        }
    }
}
