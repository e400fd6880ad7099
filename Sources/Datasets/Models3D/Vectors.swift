/// Products of vectors.
enum Vectors {
    /// How far two vectors agree.
    @inline(__always)
    static func dot(_ first: SIMD3<Float>, _ second: SIMD3<Float>) -> Float {
        first.x * second.x + first.y * second.y + first.z * second.z
    }

    /// The vector at right angles to both.
    @inline(__always)
    static func cross(_ first: SIMD3<Float>, _ second: SIMD3<Float>) -> SIMD3<Float> {
        [
            first.y * second.z - first.z * second.y,
            first.z * second.x - first.x * second.z,
            first.x * second.y - first.y * second.x,
        ]
    }

    /// The same direction with length 1; nil where there is none.
    @inline(__always)
    static func unit(_ vector: SIMD3<Float>) -> SIMD3<Float>? {
        let length = dot(vector, vector).squareRoot()
        guard length > 1e-20, length.isFinite else { return nil }
        return vector / length
    }
}
