/// How much a 3D model may hold, checked while it is read.
package struct ModelLimits: Sendable, Equatable {
    /// The most bytes of a text: of the shape, or of the materials.
    package var maximumBytes = 64 << 20

    /// The most positions, texture coordinates and normals, each counted by itself.
    package var maximumVertices = 2_000_000

    /// The most triangles that its faces make.
    package var maximumTriangles = 1_000_000

    /// The most corners of one face.
    package var maximumCorners = 4096

    /// The most materials.
    package var maximumMaterials = 4096

    /// The most pixels of a texture.
    package var maximumTexturePixels = 16 << 20

    /// The most pixels along a side that are kept of a texture; larger ones are reduced.
    package var keptTextureSide = 1024

    /// Makes the standard limits, to be changed one by one.
    package init() {}

    /// Limits for a catalogue that is installed.
    package static let standard = ModelLimits()
}
