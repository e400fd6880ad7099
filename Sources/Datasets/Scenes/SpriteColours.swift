import Foundation

/// The colours of a sprite: which one most of it has, and what can be painted anew.
struct SpriteColours: Sendable, Equatable {
    /// The colour that most of it has; nothing where it has several.
    let colour: ColourTerm?
    /// The saturated cluster; nothing where it is too small.
    let paint: SpritePaint?

    private static let bins = 36

    /// Looks at the pixels of a picture: eight bits, red, green, blue and alpha.
    init(_ pixels: UnsafePointer<UInt8>, count: Int) {
        var opaque: Float = 0
        var terms = [Float](repeating: 0, count: ColourTerm.allCases.count)
        var hues = [Float](repeating: 0, count: Self.bins)
        var colours: [(colour: LabColour, weight: Float)] = []
        colours.reserveCapacity(count / 2)
        // Every fifth pixel says enough.
        for place in stride(from: 0, to: count, by: 5) {
            let sample = pixels + place * 4
            guard sample[3] > 127 else { continue }
            let colour = LabColour(sample[0], sample[1], sample[2])
            opaque += 1
            if let index = ColourTerm.allCases.firstIndex(of: .nearest(to: colour)) {
                terms[index] += 1
            }
            guard colour.chroma > 0.05 else { continue }
            hues[Self.bin(colour.hue)] += colour.chroma
            colours.append((colour, colour.chroma))
        }
        guard opaque > 0 else {
            (colour, paint) = (nil, nil)
            return
        }
        let most = terms.indices.max { terms[$0] < terms[$1] } ?? 0
        colour = terms[most] > 0.6 * opaque ? ColourTerm.allCases[most] : nil
        let peak =
            hues.indices.max { Self.around($0, hues) < Self.around($1, hues) } ?? 0
        let middle = (Float(peak) + 0.5) / Float(Self.bins) * 2 * .pi - .pi
        let reach: Float = 0.75
        var (number, light, chroma): (Float, Float, Float) = (0, 0, 0)
        for (colour, _) in colours where abs(Self.turn(colour.hue - middle)) < reach {
            number += 1
            light += colour.lightness
            chroma += colour.chroma
        }
        guard number > 0.4 * opaque else {
            paint = nil
            return
        }
        paint = SpritePaint(
            hue: middle,
            reach: reach,
            lightness: light / number,
            chroma: chroma / number,
            share: number / opaque
        )
    }

    private static func bin(_ hue: Float) -> Int {
        min(max(Int((hue + .pi) / (2 * .pi) * Float(bins)), 0), bins - 1)
    }

    private static func around(_ bin: Int, _ hues: [Float]) -> Float {
        hues[bin] + hues[(bin + 1) % bins] + hues[(bin + bins - 1) % bins]
    }

    /// An angle from −π to π.
    static func turn(_ angle: Float) -> Float {
        var angle = angle
        while angle > .pi { angle -= 2 * .pi }
        while angle < -.pi { angle += 2 * .pi }
        return angle
    }
}

extension SpritePaint {
    /// A pixel with the cluster's colour taken for another term's.
    ///
    /// Shades stay: what was lighter than the cluster is lighter than the new colour.
    func painted(
        _ red: UInt8,
        _ green: UInt8,
        _ blue: UInt8,
        as term: ColourTerm
    ) -> (red: Float, green: Float, blue: Float) {
        let old = LabColour(red, green, blue)
        guard old.chroma > 0.03, abs(SpriteColours.turn(old.hue - hue)) < reach + 0.15 else {
            return (Float(red), Float(green), Float(blue))
        }
        let target = term.colour
        let light = min(max(target.lightness + (old.lightness - lightness) * 0.8, 0.08), 0.97)
        let strength = min(old.chroma / max(chroma, 0.02), 1.4)
        let new = LabColour(lightness: light, a: target.a * strength, b: target.b * strength)
        return new.rgb
    }
}
