import Imaging
import Settings

extension SceneReading {
    /// The picture of the scene: drawn things put where it says, on what is behind them, in its style.
    ///
    /// Copies of a thing are turned the other way by turns.
    ///
    /// - Parameters:
    ///   - drawn: A square picture of each thing, colour with alpha, eight bits.
    ///   - side: Pixels of a side.
    ///   - seed: Of what chance leaves to the place and the style.
    /// - Returns: A picture of colour with alpha.
    /// - Throws: `ImagingError` where the style cannot be applied.
    public func picture(of drawn: [Picture], side: Int, seed: UInt64) throws -> Picture {
        let sprites = DrawnSprites(drawn)
        var canvas = SceneCanvas(side: side)
        place?.paint(&canvas, placeColour, seed: seed)
        for (number, thing) in laidOut(sprites).enumerated() {
            let box = sprites.boxes[thing.sprite]
            var stamp = SceneStamp(drawn[thing.sprite], box)
            let isCopy = number > 0 && things[thing.sprite].count > 1
            if isCopy, !number.isMultiple(of: 2) { stamp = stamp.mirrored() }
            canvas.lay(stamp, x: thing.x, y: thing.y, extent: thing.extent)
        }
        let picture = Picture(width: side, height: side, channels: 4, samples: canvas.bytes())
        return try style.map { try $0.applied(to: picture, seed: seed) } ?? picture
    }

    /// All things with their places, those behind others first.
    private func laidOut(_ sprites: DrawnSprites) -> [SceneThing] {
        var things = self.things.indices.map { SceneThing(concept: $0, sprite: $0) }
        var all: [SceneThing]
        if let worn, things.count == 2 {
            SceneLayout.wearing(&things, worn, sprites)
            all = things
        } else if let relation {
            all = related(things, relation, sprites)
        } else {
            all = copies(of: things)
            if all.count > 1 {
                SceneLayout.many(&all)
            } else if place != nil, self.things[0].size == nil {
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
            picture.visibleBox ?? PixelBox(x: 0, y: 0, width: picture.width, height: picture.height)
        }
    }

    func box(of sprite: Int) -> PixelBox { boxes[sprite] }
}

extension Picture {
    /// What is not clear; nothing where everything is.
    fileprivate var visibleBox: PixelBox? {
        guard channels == 4 else { return nil }
        var (left, top, right, bottom) = (width, height, -1, -1)
        for y in 0..<height {
            for x in 0..<width where samples[(y * width + x) * 4 + 3] > 24 {
                (left, right) = (min(left, x), max(right, x))
                (top, bottom) = (min(top, y), y)
            }
        }
        guard right >= left else { return nil }
        return PixelBox(x: left, y: top, width: right - left + 1, height: bottom - top + 1)
    }
}
