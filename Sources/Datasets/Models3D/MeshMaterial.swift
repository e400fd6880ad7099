/// How a surface looks: its colours from 0 to 1, and its texture.
package struct MeshMaterial: Sendable, Equatable {
    /// The colour that it scatters.
    package var diffuse = SIMD3<Float>(repeating: 0.8)

    /// The colour that light from all around adds to it.
    package var ambient = SIMD3<Float>()

    /// The colour of its highlights.
    package var specular = SIMD3<Float>()

    /// The colour in which it glows.
    package var emission = SIMD3<Float>()

    /// How sharp its highlights are, 1 to 1,000.
    package var shininess: Float = 20

    /// How much of what is behind it is covered, 0 to 1.
    package var opacity: Float = 1

    /// Whether light falls on it; otherwise it shows its colour as it is.
    package var isLit = true

    /// The file of its texture, as the material names it.
    package var texture: String?

    /// How often the texture is repeated.
    package var repetition = SIMD2<Float>(repeating: 1)

    /// A grey surface.
    package init() {}
}
