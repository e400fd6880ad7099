/// What is known of sprites where they are put.
protocol SpriteBoxes {
    /// Pixels a side of a sprite's picture.
    var side: Int { get }
    /// What can be seen of a sprite.
    func box(of sprite: Int) -> PixelBox
}

extension SpriteBank: SpriteBoxes {
    var side: Int { Self.pixels }
    func box(of sprite: Int) -> PixelBox { sprites[sprite].box }
}

/// Where things are put, and how large.
///
/// Chance decides nothing here. There are few sizes, and middles are sixteenths of the picture, as a model
/// of codes sees it: a thing that is shown elsewhere at the same size has the same codes elsewhere, so
/// that what was learned of it in one scene serves in all.
enum SceneLayout {
    /// One thing by itself: as its picture has it.
    static func alone(_ thing: inout SceneThing, _ sprites: some SpriteBoxes) {
        let (box, side) = (sprites.box(of: thing.sprite), Float(sprites.side))
        thing.extent = Float(max(box.width, box.height)) / side
        thing.x = (Float(box.x) + Float(box.width) / 2) / side
        thing.y = (Float(box.y) + Float(box.height) / 2) / side
    }

    /// One thing somewhere, so that something of the place is seen.
    static func somewhere(_ thing: inout SceneThing) {
        (thing.x, thing.y, thing.extent) = (0.5, 0.5, 0.625)
    }

    /// A thing as large as is said.
    static func size(_ thing: inout SceneThing, as size: SceneSize) {
        switch size {
        case .tiny: thing.extent = 0.1875
        case .small: thing.extent = 0.3125
        case .big: thing.extent = 0.9375
        case .huge: thing.extent = 1.125
        }
    }

    /// Two to four of a thing: in a row, or in the corners.
    static func several(_ things: inout [SceneThing]) {
        let spots: [(Float, Float)] =
            switch things.count {
            case 2: [(0.25, 0.5), (0.75, 0.5)]
            case 3: [(0.1875, 0.5), (0.5, 0.5), (0.8125, 0.5)]
            default: [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)]
            }
        for (place, spot) in zip(things.indices, spots) {
            things[place].extent = things.count == 3 ? 0.3125 : 0.4375
            (things[place].x, things[place].y) = spot
        }
    }

    /// Any number of things: a few as one thing's copies are put, more in rows.
    static func many(_ things: inout [SceneThing]) {
        guard things.count > 4 else { return several(&things) }
        let columns = things.count > 6 ? 3 : (things.count + 1) / 2
        let rows = (things.count + columns - 1) / columns
        let step = 1 / Float(max(columns, rows))
        for place in things.indices {
            let row = place / columns
            let inRow = min(columns, things.count - row * columns)
            let first = 0.5 - Float(inRow - 1) / 2 * step
            things[place].extent = step * 0.875
            things[place].x = first + Float(place - row * columns) * step
            things[place].y = 0.5 + (Float(row) - Float(rows - 1) / 2) * step
        }
    }

    /// Two things, the first of which is somewhere to the second.
    static func two(_ scene: inout Scene, _ sprites: some SpriteBoxes) {
        guard scene.things.count == 2, let relation = scene.relation else { return }
        var (first, second) = (scene.things[0], scene.things[1])
        func height(_ thing: SceneThing) -> Float { sizes(of: thing, sprites).height }
        (first.extent, second.extent) = (0.4375, 0.4375)
        switch relation {
        case .leftOf, .beside: (first.x, second.x) = (0.25, 0.75)
        case .rightOf: (first.x, second.x) = (0.75, 0.25)
        case .above: (first.y, second.y) = (0.25, 0.75)
        case .below: (first.y, second.y) = (0.75, 0.25)
        case .on:
            (first.extent, second.extent) = (0.3125, 0.625)
            second.y = 0.96875 - height(second) / 2
            first.y = max(
                second.y - 0.38 * height(second) - height(first) / 2,
                height(first) / 2
            )
        case .inFrontOf:
            second.extent = 0.625
            (second.x, second.y) = (0.5625, 0.4375)
            (first.x, first.y) = (0.3125, 0.96875 - height(first) / 2)
        case .inside:
            (first.extent, second.extent) = (0.3125, 0.875)
            first.y = 0.5625
        }
        scene.things = [first, second]
    }

    /// Several of the first of two things, side by side where one was: `two birds on a tree`.
    ///
    /// They stand on what the one stood on.
    static func repeated(_ scene: inout Scene, _ count: Int, _ sprites: some SpriteBoxes) {
        guard scene.things.count == 2, count > 1 else { return }
        var first = scene.things[0]
        let before = sizes(of: first, sprites)
        first.extent *= count == 2 ? 0.75 : 0.625
        let sides = sizes(of: first, sprites)
        first.y += (before.height - sides.height) / 2
        let step = sides.width * 1.0625
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
        _ sprites: some SpriteBoxes
    ) {
        things[0].extent = 0.625
        things[0].y = worn == .neck ? 0.4375 : 0.5625
        let head = sizes(of: things[0], sprites)
        let top = things[0].y - head.height / 2
        let box = sprites.box(of: things[1].sprite)
        let width = head.width * (worn == .eyes ? 0.8 : 0.72)
        let height = width * Float(box.height) / Float(box.width)
        things[1].extent = max(width, height)
        switch worn {
        case .top: things[1].y = max(top + 0.2 * head.height - height / 2, height / 2 - 0.04)
        case .eyes: things[1].y = top + 0.43 * head.height
        case .neck: things[1].y = top + head.height + height / 2 - 0.14 * head.height
        }
    }

    /// A thing, and behind it what it wears and holds.
    ///
    /// - Parameters:
    ///   - places: Where each of what it carries is.
    ///   - sprites: The thing by number 0, what it carries by the numbers behind.
    /// - Returns: The thing, then what it carries, each to be drawn over those before it.
    static func carrying(_ places: [CarriedPlace], _ sprites: some SpriteBoxes) -> [SceneThing] {
        var carrier = SceneThing(concept: 0, sprite: 0, extent: 0.625)
        carrier.y = places.contains(.worn(.neck)) ? 0.4375 : 0.5625
        // Room for what is held.
        let isHolding = places.contains { $0 == .held || $0 == .raised }
        if isHolding { (carrier.x, carrier.extent) = (0.4375, 0.6875) }
        let sides = sizes(of: carrier, sprites)
        let hand = (x: min(carrier.x + 0.4 * sides.width, 0.8), y: carrier.y + 0.12 * sides.height)
        return [carrier]
            + places.enumerated().map { number, place in
                var thing = SceneThing(concept: number + 1, sprite: number + 1)
                switch place {
                case .worn(let worn):
                    var pair = [carrier, thing]
                    wearing(&pair, worn, sprites)
                    // As large as it is on a head of another size, and where that is.
                    let scale = carrier.extent / pair[0].extent
                    thing.extent = pair[1].extent * scale
                    thing.x = carrier.x
                    thing.y = carrier.y + (pair[1].y - pair[0].y) * scale
                case .held:
                    (thing.x, thing.y, thing.extent) = (hand.x, hand.y, 0.3125)
                case .raised:
                    (thing.x, thing.extent) = (hand.x, 0.40625)
                    let height = sizes(of: thing, sprites).height
                    thing.y = max(hand.y - 0.5 * height, 0.02 + height / 2)
                }
                return thing
            }
    }

    /// Lets all things down together, by whole eighths, until one stands near the lower edge.
    static func stand(_ things: inout [SceneThing], _ sprites: some SpriteBoxes) {
        let lowest = things.map { $0.y + sizes(of: $0, sprites).height / 2 }.max() ?? 1
        let fall = max(((0.97 - lowest) * 8).rounded(.down) / 8, 0)
        for place in things.indices { things[place].y += fall }
    }

    /// The sides of what can be seen of a thing, as shares of the picture's side.
    static func sizes(
        of thing: SceneThing,
        _ sprites: some SpriteBoxes
    ) -> (width: Float, height: Float) {
        let box = sprites.box(of: thing.sprite)
        let longer = Float(max(box.width, box.height))
        return (
            thing.extent * Float(box.width) / longer, thing.extent * Float(box.height) / longer
        )
    }
}
