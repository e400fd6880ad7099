import Foundation

extension ScenePlace {
    /// Fills a canvas with the place.
    ///
    /// - Parameters:
    ///   - canvas: What is filled.
    ///   - colour: The colour of a plain background or a gradient.
    ///   - seed: Of what differs from one picture to another.
    func paint(_ canvas: inout SceneCanvas, _ colour: ColourTerm, seed: UInt64) {
        var chance = Chance(seed: seed, number: 0, purpose: 1)
        switch self {
        case .sky: ScenePlace.sky(&canvas, &chance)
        case .sunset: ScenePlace.sunset(&canvas, &chance)
        case .night: ScenePlace.night(&canvas, &chance)
        case .sea: ScenePlace.sea(&canvas, &chance)
        case .grass:
            ScenePlace.land(&canvas, near: [70, 150, 60], far: [130, 195, 90], &chance)
        case .desert:
            ScenePlace.land(&canvas, near: [214, 164, 92], far: [240, 205, 140], &chance)
        case .snow:
            ScenePlace.land(&canvas, near: [226, 234, 244], far: [246, 249, 253], &chance)
            ScenePlace.specks(&canvas, [255, 255, 255], count: 40, size: 0.012, &chance)
        case .room: ScenePlace.room(&canvas, &chance)
        case .plain:
            let flat = ScenePlace.vector(colour)
            canvas.fill { _, _ in flat }
        case .gradient:
            let (from, to) = (
                ScenePlace.vector(chance.among(ColourTerm.allCases)), ScenePlace.vector(colour)
            )
            let angle = chance.number(0, 2 * .pi)
            let (x, y) = (cosf(angle), sinf(angle))
            canvas.fill { column, row in
                let share = min(max(((column - 0.5) * x + (row - 0.5) * y) / 1.2 + 0.5, 0), 1)
                return (from + (to - from) * share) * 0.7 + 76
            }
        }
    }

    private static func vector(_ colour: ColourTerm) -> SIMD3<Float> {
        let (red, green, blue) = colour.colour.rgb
        return [red, green, blue]
    }

    private static func mixed(
        _ a: SIMD3<Float>,
        _ b: SIMD3<Float>,
        _ share: Float
    ) -> SIMD3<Float> {
        a + (b - a) * min(max(share, 0), 1)
    }

    private static func sky(_ canvas: inout SceneCanvas, _ chance: inout Chance) {
        let clouds = (0..<3 + chance.below(3)).map { _ in
            (chance.number(0, 1), chance.number(0.08, 0.6), chance.number(0.1, 0.2))
        }
        canvas.fill { x, y in
            var light: Float = 0
            for (cloudX, cloudY, size) in clouds {
                // Three balls in a row, flat below.
                for part in -1...1 {
                    let dx = (x - cloudX - Float(part) * size * 0.6) / size
                    let dy = (y - cloudY) / (size * (part == 0 ? 0.7 : 0.5))
                    light = max(light, 1.15 - dx * dx - dy * dy)
                }
            }
            let blue = mixed([96, 168, 236], [186, 220, 248], y)
            return mixed(blue, [250, 252, 255], light * 4)
        }
    }

    private static func sunset(_ canvas: inout SceneCanvas, _ chance: inout Chance) {
        let (sunX, sunY) = (chance.number(0.2, 0.8), chance.number(0.45, 0.65))
        let ground = chance.number(0.68, 0.8)
        canvas.fill { x, y in
            guard y < ground else { return mixed([96, 52, 70], [54, 30, 52], (y - ground) * 3) }
            let sky =
                y < 0.45
                ? mixed([88, 60, 130], [235, 110, 90], y / 0.45)
                : mixed([235, 110, 90], [255, 196, 100], (y - 0.45) / 0.3)
            let distance = hypotf(x - sunX, y - sunY)
            return mixed(sky, [255, 236, 150], (0.14 - distance) * 30)
        }
    }

    private static func night(_ canvas: inout SceneCanvas, _ chance: inout Chance) {
        canvas.fill { _, y in mixed([12, 18, 52], [44, 52, 110], y) }
        specks(&canvas, [255, 250, 220], count: 30, size: 0.011, &chance)
        if chance.happens(0.5) {
            specks(&canvas, [248, 240, 200], count: 1, size: 0.09, &chance, below: 0.3)
        }
    }

    private static func sea(_ canvas: inout SceneCanvas, _ chance: inout Chance) {
        let horizon = chance.number(0.35, 0.5)
        let shore = chance.number(0.72, 0.85)
        let phase = chance.number(0, 6)
        canvas.fill { x, y in
            if y < horizon { return mixed([130, 192, 240], [208, 232, 250], y / horizon) }
            let edge = shore + 0.015 * sinf(x * 14 + phase)
            if y > edge { return mixed([242, 218, 165], [226, 194, 134], (y - edge) * 3) }
            let water = mixed([36, 128, 196], [76, 184, 208], (y - horizon) / (shore - horizon))
            let wave = sinf(y * 90 + sinf(x * 12 + phase) * 2)
            return mixed(water, [228, 246, 250], (wave - 0.86) * 3)
        }
    }

    private static func land(
        _ canvas: inout SceneCanvas,
        near: SIMD3<Float>,
        far: SIMD3<Float>,
        _ chance: inout Chance
    ) {
        let horizon = chance.number(0.42, 0.6)
        let (phase, height) = (chance.number(0, 6), chance.number(0.02, 0.07))
        canvas.fill { x, y in
            let edge = horizon + height * sinf(x * 5 + phase)
            if y < edge { return mixed([138, 192, 240], [214, 234, 250], y / horizon) }
            return mixed(far, near, (y - edge) / (1 - horizon))
        }
    }

    private static func room(_ canvas: inout SceneCanvas, _ chance: inout Chance) {
        let floor = chance.number(0.66, 0.78)
        let wall = chance.among(
            [[236, 222, 198], [204, 218, 228], [226, 206, 206], [212, 226, 204]] as [SIMD3<Float>]
        )
        let hasWindow = chance.happens(0.5)
        let left = chance.number(0.08, 0.62)
        canvas.fill { x, y in
            if y > floor {
                let board = abs(sinf((y - floor) * 60)) < 0.12
                return board ? [140, 96, 62] : [168, 120, 80]
            }
            if y > floor - 0.025 { return [248, 246, 242] }
            if hasWindow, x > left, x < left + 0.3, y > 0.1, y < 0.42 {
                let isFrame =
                    x < left + 0.02 || x > left + 0.28 || y < 0.12 || y > 0.4
                    || abs(x - left - 0.15) < 0.01
                return isFrame ? [250, 250, 248] : [170, 210, 240]
            }
            return wall
        }
    }

    /// Round specks in random places.
    private static func specks(
        _ canvas: inout SceneCanvas,
        _ colour: SIMD3<Float>,
        count: Int,
        size: Float,
        _ chance: inout Chance,
        below: Float = 1
    ) {
        let specks = (0..<count).map { _ in
            (chance.number(0.05, 0.95), chance.number(0.05, below), size * chance.number(0.6, 1.3))
        }
        canvas.dot(specks, colour)
    }
}
