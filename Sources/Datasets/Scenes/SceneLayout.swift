import Foundation

/// Where things are put, how large, and how they are turned.
enum SceneLayout {
    /// One thing by itself.
    static func alone(_ thing: inout SceneThing, _ chance: inout Chance) {
        thing.isMirrored = chance.happens(0.5)
        if chance.happens(0.3) { thing.turn = chance.number(-0.25, 0.25) }
        if chance.happens(0.45) {
            thing.extent = chance.number(0.8, 0.95)
        } else {
            thing.extent = chance.number(0.45, 0.8)
        }
        place(&thing, around: 0.5, 0.5, spread: (1 - thing.extent) / 2 * 0.8, &chance)
    }

    /// A thing as large as is said.
    static func size(_ thing: inout SceneThing, as size: SceneSize, _ chance: inout Chance) {
        switch size {
        case .tiny: thing.extent = chance.number(0.16, 0.24)
        case .small: thing.extent = chance.number(0.27, 0.36)
        case .big: thing.extent = chance.number(0.85, 0.95)
        case .huge: thing.extent = chance.number(1.0, 1.2)
        }
        let spread = max((1 - thing.extent) / 2 * 0.8, 0)
        place(&thing, around: 0.5, 0.5, spread: spread, &chance)
    }

    /// Two to four of a thing: in a row, or in the corners.
    static func several(_ things: inout [SceneThing], _ chance: inout Chance) {
        let count = things.count
        let isMirrored = chance.happens(0.5)
        let inRow = count < 4 ? chance.happens(0.6) : false
        let extent: Float =
            inRow ? chance.number(0.82, 0.98) / Float(count) : chance.number(0.36, 0.46)
        let spots: [(Float, Float)] =
            switch (count, inRow) {
            case (2, true): [(0.26, 0.5), (0.74, 0.5)]
            case (2, false): [(0.28, 0.3), (0.72, 0.7)]
            case (3, true): [(0.18, 0.5), (0.5, 0.5), (0.82, 0.5)]
            case (3, false): [(0.5, 0.27), (0.27, 0.72), (0.73, 0.72)]
            default: [(0.27, 0.27), (0.73, 0.27), (0.27, 0.73), (0.73, 0.73)]
            }
        for place in things.indices {
            let spot = spots[place % spots.count]
            things[place].isMirrored = isMirrored
            things[place].extent = extent * chance.number(0.94, 1.02)
            self.place(&things[place], around: spot.0, spot.1, spread: 0.02, &chance)
        }
    }

    /// Two things, the first of which is somewhere to the second.
    static func two(_ scene: inout Scene, _ bank: SpriteBank, _ chance: inout Chance) {
        guard scene.things.count == 2, let relation = scene.relation else { return }
        for place in 0..<2 { scene.things[place].isMirrored = chance.happens(0.5) }
        var (first, second) = (scene.things[0], scene.things[1])
        func sides(_ thing: SceneThing) -> (width: Float, height: Float) {
            sizes(of: thing, bank)
        }
        switch relation {
        case .leftOf, .rightOf, .beside:
            let isLeft = relation == .beside ? chance.happens(0.5) : relation == .leftOf
            first.extent = chance.number(0.38, 0.5)
            second.extent = chance.number(0.38, 0.5)
            place(&first, around: isLeft ? 0.26 : 0.74, 0.52, spread: 0.03, &chance)
            place(&second, around: isLeft ? 0.74 : 0.26, 0.52, spread: 0.03, &chance)
        case .above, .below:
            let isAbove = relation == .above
            first.extent = chance.number(0.34, 0.46)
            second.extent = chance.number(0.34, 0.46)
            place(&first, around: 0.5, isAbove ? 0.26 : 0.74, spread: 0.04, &chance)
            place(&second, around: 0.5, isAbove ? 0.74 : 0.26, spread: 0.04, &chance)
        case .on:
            second.extent = chance.number(0.58, 0.72)
            first.extent = chance.number(0.3, 0.4)
            let (below, above) = (sides(second), sides(first))
            second.x = 0.5 + chance.number(-0.06, 0.06)
            second.y = 0.97 - below.height / 2
            first.x = second.x + chance.number(-0.1, 0.1)
            first.y = max(
                second.y - below.height / 2 - above.height / 2 + 0.12 * below.height,
                above.height / 2
            )
        case .inFrontOf:
            second.extent = chance.number(0.6, 0.75)
            first.extent = chance.number(0.4, 0.5)
            let isLeft = chance.happens(0.5)
            second.x = isLeft ? 0.58 : 0.42
            second.y = 0.42
            first.x = isLeft ? 0.34 : 0.66
            first.y = 0.97 - sides(first).height / 2
        case .inside:
            second.extent = chance.number(0.8, 0.92)
            first.extent = chance.number(0.3, 0.38)
            second.x = 0.5
            second.y = 0.5
            place(&first, around: 0.5, 0.55, spread: 0.04, &chance)
        }
        scene.things = [first, second]
    }

    /// Several of the first of two things, side by side where one was: `two birds on a tree`.
    ///
    /// They stand on what the one stood on.
    static func repeated(
        _ scene: inout Scene,
        _ count: Int,
        _ bank: SpriteBank,
        _ chance: inout Chance
    ) {
        guard scene.things.count == 2, count > 1 else { return }
        var first = scene.things[0]
        let before = sizes(of: first, bank)
        first.extent *= count == 2 ? 0.76 : 0.6
        let sides = sizes(of: first, bank)
        first.y += (before.height - sides.height) / 2
        let step = sides.width * chance.number(1.0, 1.12)
        let half = step * Float(count - 1) / 2
        let margin = half + sides.width / 2
        let middle = margin < 0.5 ? min(max(first.x, margin), 1 - margin) : 0.5
        let places = (0..<count).map { number in
            var thing = first
            thing.x = middle - half + step * Float(number)
            return thing
        }
        scene.things = [places[0], scene.things[1]] + places.dropFirst()
        scene.count = count
    }

    /// A head, and what it wears.
    static func wearing(
        _ things: inout [SceneThing],
        _ worn: WornPlace,
        _ bank: SpriteBank,
        _ chance: inout Chance
    ) {
        things[0].extent = chance.number(0.58, 0.7)
        things[0].x = 0.5 + chance.number(-0.05, 0.05)
        things[0].y = worn == .neck ? 0.42 : 0.58
        let head = sizes(of: things[0], bank)
        let top = things[0].y - head.height / 2
        let box = bank.sprites[things[1].sprite].box
        let wide: Float = worn == .eyes ? 0.8 : 0.72
        let width = head.width * wide * chance.number(0.95, 1.05)
        let height = width * Float(box.height) / Float(box.width)
        things[1].extent = max(width, height)
        things[1].x = things[0].x
        switch worn {
        case .top: things[1].y = max(top + 0.2 * head.height - height / 2, height / 2 - 0.04)
        case .eyes: things[1].y = top + 0.43 * head.height
        case .neck: things[1].y = top + head.height + height / 2 - 0.14 * head.height
        }
    }

    /// The sides of what can be seen of a thing, as shares of the picture's side.
    static func sizes(of thing: SceneThing, _ bank: SpriteBank) -> (width: Float, height: Float) {
        let box = bank.sprites[thing.sprite].box
        let longer = Float(max(box.width, box.height))
        return (
            thing.extent * Float(box.width) / longer, thing.extent * Float(box.height) / longer
        )
    }

    private static func place(
        _ thing: inout SceneThing,
        around x: Float,
        _ y: Float,
        spread: Float,
        _ chance: inout Chance
    ) {
        thing.x = x + chance.number(-spread, spread)
        thing.y = y + chance.number(-spread, spread)
    }
}
