import Foundation
import Settings

/// The surface that a texture seems to show: light taken for height.
struct TextureSurface {
    /// How high each place lies, 0 to 1; a half where nothing stands out.
    let height: WrappedPlane
    /// How light each place is, 0 to 1.
    private let light: WrappedPlane
    /// How much lighter each place is than its surroundings.
    private let detail: WrappedPlane
    /// How colourful each place is, 0 for grey to 1.
    private let colourfulness: WrappedPlane

    /// What differs less from its surroundings, in the mean, is even.
    private static let leastDeviation: Float = 1e-3
    /// Deviations from the mean that become three quarters of the way to the lowest or highest place.
    private static let reach: Float = 2

    /// The surface of a texture.
    ///
    /// Light that changes over an eighth of the shorter side and more is taken for illumination.
    init(_ texture: Picture, high: TextureHeights) {
        let canvas = StyleCanvas(texture)
        let (width, height) = (texture.width, texture.height)
        light = WrappedPlane(width: width, height: height, numbers: canvas.lightness(on: 0.5))
        colourfulness = WrappedPlane(
            width: width,
            height: height,
            numbers: canvas.straightPixels.map { pixel in
                let most = max(pixel.x, pixel.y, pixel.z)
                return most > 0 ? (most - min(pixel.x, pixel.y, pixel.z)) / most : 0
            }
        )
        let (smooth, ground) = (light.blurred(0.7), light.blurred(Float(canvas.side) / 8))
        let detail = light.drawn { x, y in smooth[x, y] - ground[x, y] }
        let deviation = detail.drawn { x, y in detail[x, y] * detail[x, y] }.mean.squareRoot()
        let sign: Float = high == .light ? 1 : -1
        self.detail = detail
        self.height = detail.drawn { x, y in
            guard deviation >= Self.leastDeviation else { return 0.5 }
            // What stands out far is pressed together, and none of it cut off.
            return 0.5 + 0.5 * sign * tanh(detail[x, y] / (Self.reach * deviation))
        }
    }

    /// Pixels between the lowest and the highest place: a fiftieth of the shorter side.
    var usualRelief: Float { Float(min(height.width, height.height)) / 50 }

    /// Where each place faces: a vector of length 1.
    ///
    /// Source: Sobel's operator for the slopes.
    ///
    /// - Parameters:
    ///   - relief: Pixels between the heights 0 and 1.
    ///   - convention: Which way green points.
    ///   - depth: Bits of a sample.
    /// - Returns: Red to the right, green along the convention, blue out of the surface.
    func normals(
        relief: Float,
        _ convention: NormalConvention,
        depth: SampleDepth
    ) -> Picture {
        let upward: Float = convention == .opengl ? 1 : -1
        let most = Float(depth.maximum)
        var samples: [UInt16] = []
        samples.reserveCapacity(3 * height.numbers.count)
        for y in 0..<height.height {
            for x in 0..<height.width {
                let right = slope { along, aside in height[x + along, y + aside] }
                let down = slope { along, aside in height[x + aside, y + along] }
                var vector = SIMD4(-right * relief, upward * down * relief, 1, 0)
                vector /= (vector * vector).sum().squareRoot()
                let scaled = (vector + 1) * (most / 2) + 0.5
                for channel in 0..<3 { samples.append(UInt16(min(max(scaled[channel], 0), most))) }
            }
        }
        return depth == .sixteen
            ? Picture(
                width: height.width,
                height: height.height,
                channels: 3,
                sixteenBitSamples: samples
            )
            : Picture(
                width: height.width,
                height: height.height,
                channels: 3,
                samples: samples.map { UInt8(clamping: $0) }
            )
    }

    /// How much a height grows over a pixel, by Sobel's operator.
    @inline(__always)
    private func slope(_ at: (_ along: Int, _ aside: Int) -> Float) -> Float {
        let after = at(1, -1) + 2 * at(1, 0) + at(1, 1)
        let before = at(-1, -1) + 2 * at(-1, 0) + at(-1, 1)
        return (after - before) / 8
    }

    /// A guess of how rough each place is: more where heights change within few pixels, less on colourless lights, which are
    /// taken for reflections.
    var roughness: WrappedPlane {
        let smooth = height.blurred(2)
        let change = height.drawn { x, y in
            let step = height[x, y] - smooth[x, y]
            return step * step
        }.blurred(2)
        let usual = max(change.mean, 1e-6)
        return height.drawn { x, y in
            let grain = change[x, y] / (change[x, y] + usual)
            let shine = min(max(3 * detail[x, y], 0), 1) * (1 - colourfulness[x, y])
            return min(max(0.45 + 0.4 * grain - 0.4 * shine * light[x, y], 0.05), 1)
        }
    }
}
