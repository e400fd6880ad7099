import Foundation

/// What is painted around things where people name a surrounding that scenes of the set do not have.
package enum SceneScenery: Sendable, Equatable {
    /// Three peaks with snow behind a meadow.
    case mountains
    /// Houses with lit windows behind a street.
    case city
    /// A grey sky, and drops over everything.
    case rain

    /// Fills a canvas with it.
    ///
    /// - Parameters:
    ///   - canvas: What is filled.
    ///   - seed: Of what differs from one picture to another.
    func paint(_ canvas: inout SceneCanvas, seed: UInt64) {
        var chance = Chance(seed: seed, number: 0, purpose: 3)
        switch self {
        case .mountains: SceneScenery.mountains(&canvas, &chance)
        case .city: SceneScenery.city(&canvas, &chance)
        case .rain: canvas.fill { _, y in [104, 116, 134] + [66, 66, 62] * y }
        }
    }

    /// Paints what is in front of everything.
    ///
    /// - Parameters:
    ///   - canvas: With all things on it.
    ///   - seed: Of what differs from one picture to another.
    func paintOver(_ canvas: inout SceneCanvas, seed: UInt64) {
        guard self == .rain else { return }
        var chance = Chance(seed: seed, number: 1, purpose: 3)
        for _ in 0..<90 {
            let (x, y) = (chance.number(-0.05, 1), chance.number(-0.05, 1))
            let length = chance.number(0.03, 0.06)
            canvas.dot(
                (0..<12).map { step in
                    let share = Float(step) / 12 * length
                    return (x + share * 0.25, y + share, 0.002)
                },
                [196, 216, 240]
            )
        }
    }

    private static func mountains(_ canvas: inout SceneCanvas, _ chance: inout Chance) {
        let peaks = [Float(0.2), 0.52, 0.84].map { x in
            (
                x: x + chance.number(-0.08, 0.08), top: chance.number(0.14, 0.34),
                slope: chance.number(1, 1.5)
            )
        }
        let phase = chance.number(0, 6)
        canvas.fill { x, y in
            let meadow = 0.66 + 0.02 * sinf(x * 5 + phase)
            if y > meadow {
                return [130, 195, 90] + [-60, -45, -30] * ((y - meadow) / (1 - meadow))
            }
            for peak in peaks {
                let edge = peak.top + abs(x - peak.x) * peak.slope + 0.006 * sinf(x * 60 + phase)
                guard y > edge else { continue }
                let snow = peak.top + 0.09 + 0.025 * sinf(x * 42 + phase)
                let light: Float = x < peak.x ? 1 : 0.82
                return (y < snow ? [244, 248, 252] : [118, 128, 146] + [20, 24, 14] * y) * light
            }
            return [138, 192, 240] + [76, 42, 10] * (y / 0.66)
        }
    }

    private static func city(_ canvas: inout SceneCanvas, _ chance: inout Chance) {
        let count = 7
        let houses = (0..<count).map { _ in
            (
                top: chance.number(0.12, 0.46),
                wall: chance.among(
                    [[142, 150, 164], [170, 152, 138], [120, 134, 152], [186, 176, 164]]
                        as [SIMD3<Float>]
                ),
                lit: chance.below(1 << 16)
            )
        }
        canvas.fill { x, y in
            if y > 0.74 {
                let isLine = abs(y - 0.87) < 0.008 && Int(x * 10) % 2 == 0
                return isLine ? [236, 226, 170] : [92, 94, 100]
            }
            if y > 0.71 { return [178, 176, 170] }
            let place = min(Int(x * Float(count)), count - 1)
            let house = houses[place]
            guard y > house.top else { return [150, 198, 240] + [60, 36, 10] * y }
            let (across, down) = (x * Float(count) - Float(place), (y - house.top) / 0.07)
            let (column, row) = (Int(across * 4), Int(down))
            let isWindow =
                across * 4 - Float(column) > 0.3 && down - Float(row) > 0.35 && across > 0.06
                && across < 0.96
            guard isWindow else { return house.wall }
            return house.lit >> ((row * 4 + column) % 16) & 1 == 1
                ? [252, 232, 150] : [70, 90, 118]
        }
    }
}
