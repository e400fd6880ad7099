#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// The light that falls on a model: from the left above the camera, a little from the right, and
/// from all around, more from above.
struct SurfaceLight {
    private let up: SIMD3<Float> = [0, 1, 0]
    private let key: SIMD3<Float>
    private let fill: SIMD3<Float>
    private let eye: SIMD3<Float>

    init(_ camera: ModelCamera) {
        let axes = camera.axes
        func direction(_ right: Float, _ up: Float, _ back: Float) -> SIMD3<Float> {
            Vectors.unit(axes.right * right + axes.up * up + axes.back * back) ?? axes.back
        }
        key = direction(-0.5, 0.8, 0.65)
        fill = direction(0.85, 0.1, 0.5)
        eye = camera.position
    }

    /// What is seen of a surface.
    ///
    /// - Parameters:
    ///   - material: The surface.
    ///   - texel: The colour and alpha of its texture; nil where it has none.
    ///   - point: Where it is.
    ///   - normal: Its direction, towards the camera, of length 1.
    /// - Returns: Straight colour, and how much it covers.
    @inline(__always)
    func color(
        of material: MeshMaterial,
        texel: SIMD4<Float>?,
        at point: SIMD3<Float>,
        normal: SIMD3<Float>
    ) -> SIMD4<Float> {
        var base = material.diffuse
        var opacity = material.opacity
        if let texel {
            // Programs write colours beside a texture that are not meant to change it.
            base = SIMD3(texel.x, texel.y, texel.z)
            opacity *= texel.w
        }
        guard material.isLit else { return SIMD4(base, opacity) }
        let view = Vectors.unit(eye - point) ?? up
        let around = 0.5 + 0.12 * Vectors.dot(normal, up)
        let light =
            around + 0.56 * max(Vectors.dot(normal, key), 0)
            + 0.2 * max(Vectors.dot(normal, fill), 0)
        var color = base * light + material.emission
        if texel == nil { color += material.ambient * (0.3 * around) }
        let facing = max(Vectors.dot(normal, view), 0)
        if material.specular.max() > 0.01 {
            let half = Vectors.unit(key + view) ?? view
            let highlight = pow(max(Vectors.dot(normal, half), 0), max(material.shininess, 4))
            // The sky and the ground, as far as a polished surface mirrors them.
            let mirrored = 2 * facing * normal.y - view.y
            let sky = min(max(0.5 + 0.9 * mirrored, 0), 1)
            color += material.specular * (0.4 * highlight + 0.14 * sky)
        }
        if opacity < 1, texel == nil {
            let grazing = 1 - facing
            opacity += (1 - opacity) * (0.06 + 0.5 * grazing * grazing * grazing)
        }
        return SIMD4(SIMD3(Self.soft(color.x), Self.soft(color.y), Self.soft(color.z)), opacity)
    }

    /// Keeps white surfaces from becoming all one white: what is bright comes near 1 slowly.
    @inline(__always)
    private static func soft(_ value: Float) -> Float {
        let excess = value - 0.8
        return excess <= 0 ? value : 0.8 + 0.2 * excess / (excess + 0.2)
    }
}
