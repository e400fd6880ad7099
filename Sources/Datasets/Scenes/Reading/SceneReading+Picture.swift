import Imaging
import Settings

extension SceneReading {
    /// Puts drawings of the things together as the text says, on what is around them, in its style.
    ///
    /// Copies of a thing are turned the other way by turns.
    ///
    /// - Parameters:
    ///   - drawn: A square picture for each of `texts`, colour with alpha, eight bits.
    ///   - side: Pixels of a side.
    ///   - seed: Of what chance leaves to the place and the style.
    /// - Returns: A picture of colour with alpha.
    /// - Throws: `ImagingError` where the style cannot be applied.
    public func picture(of drawn: [Picture], side: Int, seed: UInt64) throws -> Picture {
        var rest = drawn[...]
        let dressed = things.map { thing -> Picture in
            let own = rest.prefix(1 + thing.carried.count)
            rest = rest.dropFirst(own.count)
            return thing.carried.isEmpty
                ? own[own.startIndex]
                : SceneReading.dressed(Array(own), thing.carried.map(\.place), side: side)
        }
        let sprites = DrawnSprites(dressed)
        var canvas = SceneCanvas(side: side)
        if let scenery {
            scenery.paint(&canvas, seed: seed)
        } else {
            place?.paint(&canvas, placeColour, seed: seed)
        }
        if let prop, let picture = rest.first {
            SceneReading.lay([picture, picture], prop.spots, on: &canvas)
        }
        for (number, thing) in laidOut(sprites).enumerated() {
            var stamp = SceneStamp(dressed[thing.sprite], sprites.boxes[thing.sprite])
            let isCopy = number > 0 && things[thing.sprite].count > 1
            if isCopy, !number.isMultiple(of: 2) { stamp = stamp.mirrored() }
            canvas.lay(stamp, x: thing.x, y: thing.y, extent: thing.extent)
        }
        scenery?.paintOver(&canvas, seed: seed)
        let picture = Picture(width: side, height: side, channels: 4, samples: canvas.bytes())
        return try style.map { try $0.applied(to: picture, seed: seed) } ?? picture
    }

    /// A thing with what it carries.
    private static func dressed(
        _ pictures: [Picture],
        _ places: [CarriedPlace],
        side: Int
    ) -> Picture {
        var canvas = SceneCanvas(side: side)
        let sprites = DrawnSprites(pictures)
        let things = SceneLayout.carrying(places, sprites)
        for (thing, box) in zip(things, sprites.boxes) {
            canvas.lay(
                SceneStamp(pictures[thing.sprite], box),
                x: thing.x,
                y: thing.y,
                extent: thing.extent
            )
        }
        return Picture(width: side, height: side, channels: 4, samples: canvas.bytes())
    }

    /// Lays pictures at spots: the middle across, the lower edge, the longer side.
    private static func lay(
        _ pictures: [Picture],
        _ spots: [(x: Float, bottom: Float, extent: Float)],
        on canvas: inout SceneCanvas
    ) {
        let sprites = DrawnSprites(pictures)
        for (number, spot) in spots.enumerated() where pictures.indices.contains(number) {
            var thing = SceneThing(concept: number, sprite: number)
            (thing.x, thing.extent) = (spot.x, spot.extent)
            thing.y = spot.bottom - SceneLayout.sizes(of: thing, sprites).height / 2
            var stamp = SceneStamp(pictures[number], sprites.boxes[number])
            if !number.isMultiple(of: 2) { stamp = stamp.mirrored() }
            canvas.lay(stamp, x: thing.x, y: thing.y, extent: thing.extent)
        }
    }

    /// All things with their places, those behind others first.
    private func laidOut(_ sprites: DrawnSprites) -> [SceneThing] {
        let things = self.things.indices.map { SceneThing(concept: $0, sprite: $0) }
        var all: [SceneThing]
        if let relation {
            all = related(things, relation, sprites)
        } else {
            all = copies(of: things)
            let isDressed = !self.things[0].carried.isEmpty
            if all.count > 1 {
                SceneLayout.many(&all)
            } else if place != nil, self.things[0].size == nil, !isDressed {
                SceneLayout.somewhere(&all[0])
            } else {
                SceneLayout.alone(&all[0], sprites)
            }
        }
        for number in all.indices {
            guard let size = self.things[all[number].sprite].size else { continue }
            if all.count == 1 {
                SceneLayout.size(&all[number], as: size)
            } else {
                all[number].extent *= size.factor
            }
        }
        if place?.hasGround == true { SceneLayout.stand(&all, sprites) }
        return all
    }

    /// Things somewhere to the last one, which comes first.
    private func related(
        _ things: [SceneThing],
        _ relation: SceneRelation,
        _ sprites: DrawnSprites
    ) -> [SceneThing] {
        let firsts = copies(of: Array(things.dropLast()))
        var scene = Scene(
            production: .relation,
            things: [firsts[0], things[things.count - 1]],
            relation: relation
        )
        SceneLayout.two(&scene, sprites)
        let ground = scene.things[1]
        if firsts.count > 1 {
            SceneLayout.repeated(&scene, firsts.count, sprites)
            scene.things.remove(at: 1)
            for (place, first) in firsts.enumerated() {
                scene.things[place].sprite = first.sprite
            }
            return [ground] + scene.things
        }
        // What is below or above is in front of nothing.
        return [ground, scene.things[0]]
    }

    /// Each thing as often as it is asked for.
    private func copies(of things: [SceneThing]) -> [SceneThing] {
        things.flatMap { [SceneThing](repeating: $0, count: self.things[$0.sprite].count) }
    }
}

extension SceneProp {
    /// Where it is shown: the middle across, the lower edge, and the longer side.
    fileprivate var spots: [(x: Float, bottom: Float, extent: Float)] {
        switch spot {
        case .behind: [(0.17, 0.78, 0.5), (0.84, 0.82, 0.5625)]
        case .above: [(0.22, 0.36, 0.3125)]
        }
    }
}

extension SceneSize {
    /// How much larger a thing is beside others.
    fileprivate var factor: Float {
        switch self {
        case .tiny: 0.5
        case .small: 0.75
        case .big: 1.2
        case .huge: 1.4
        }
    }
}

/// What can be seen of pictures that were drawn.
private struct DrawnSprites: SpriteBoxes {
    let boxes: [PixelBox]
    let side: Int

    init(_ pictures: [Picture]) {
        side = pictures.first?.width ?? 1
        boxes = pictures.map { picture in
            let box = picture.visibleBox(above: 24) ?? (0, 0, picture.width, picture.height)
            return PixelBox(x: box.x, y: box.y, width: box.width, height: box.height)
        }
    }

    func box(of sprite: Int) -> PixelBox { boxes[sprite] }
}
