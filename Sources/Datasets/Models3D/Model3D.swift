import Imaging

/// A model with everything that is needed to draw it.
package struct Model3D: Sendable {
    /// Its triangles.
    package let mesh: Mesh

    /// Its materials, by their places in the mesh.
    package let materials: [MeshMaterial]

    /// The textures of the materials, nil where one has none.
    package let textures: [MeshTexture?]

    /// Puts a model together; a place in the mesh without a material is grey.
    package init(mesh: Mesh, materials: [MeshMaterial], textures: [MeshTexture?] = []) {
        let count = Int(mesh.triangleMaterials.max() ?? 0) + 1
        self.mesh = mesh
        self.materials = (0..<count).map { $0 < materials.count ? materials[$0] : MeshMaterial() }
        self.textures = (0..<count).map { $0 < textures.count ? textures[$0] : nil }
    }

    /// Draws the model on nothing.
    ///
    /// - Parameters:
    ///   - camera: From where it is seen.
    ///   - pixels: The width and height of the picture.
    /// - Returns: RGBA with straight alpha.
    package func picture(from camera: ModelCamera, pixels: Int) -> Picture {
        var canvas = ModelCanvas(
            side: pixels,
            samples: pixels <= 192 ? 3 : 2,
            model: self,
            camera: camera
        )
        canvas.drawOpaque()
        canvas.drawTranslucent()
        return canvas.picture
    }
}
