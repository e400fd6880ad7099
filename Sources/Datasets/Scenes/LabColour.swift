import Foundation
import Imaging

/// A colour by lightness and two axes of hue, in which distances are as people see them.
struct LabColour: Sendable, Equatable {
    /// Lightness, 0 to 1.
    var lightness: Float
    /// From green to red.
    var a: Float
    /// From blue to yellow.
    var b: Float

    /// How far from grey.
    var chroma: Float { (a * a + b * b).squareRoot() }

    /// The hue in radians.
    var hue: Float { atan2(b, a) }

    /// A colour by its parts.
    init(lightness: Float, a: Float, b: Float) {
        (self.lightness, self.a, self.b) = (lightness, a, b)
    }

    /// A colour of sRGB, eight bits a sample.
    init(_ red: UInt8, _ green: UInt8, _ blue: UInt8) {
        let found = OKLab.encode(SIMD4(Float(red), Float(green), Float(blue), 0) / 255)
        (lightness, a, b) = (found.x, found.y, found.z)
    }

    /// The colour in sRGB, 0 to 255, cut where screens cannot show it.
    var rgb: (red: Float, green: Float, blue: Float) {
        let found = OKLab.decode(SIMD4(lightness, a, b, 0)) * 255
        return (found.x, found.y, found.z)
    }
}
