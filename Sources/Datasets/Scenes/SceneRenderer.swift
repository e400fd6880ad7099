import Imaging

/// Draws scenes.
struct SceneRenderer: Sendable {
    let bank: SpriteBank
    /// Pixels a side.
    let side: Int

    /// The samples of a scene, eight bits: red, green, blue and alpha.
    func bytes(of scene: Scene) -> [UInt8] {
        if let picture = scene.picture, side == SpriteBank.pixels {
            return bank.pictures.withPixels(at: picture) {
                Array(UnsafeBufferPointer(start: $0, count: side * side * 4))
            }
        }
        var canvas = SceneCanvas(side: side)
        if let place = scene.place { place.paint(&canvas, scene.placeColour, seed: scene.seed) }
        if let picture = scene.picture {
            let whole = PixelBox(x: 0, y: 0, width: SpriteBank.pixels, height: SpriteBank.pixels)
            let sprite = Sprite(
                picture: picture,
                hand: .shaded,
                box: whole,
                colour: nil,
                paint: nil,
                isHead: false,
                isHeldOut: false
            )
            let stamp = bank.pictures.withPixels(at: picture) {
                SceneStamp($0, side: SpriteBank.pixels, sprite: sprite, colour: nil)
            }
            canvas.lay(stamp, x: 0.5, y: 0.5, extent: 1)
        }
        for thing in scene.drawn {
            let sprite = bank.sprites[thing.sprite]
            let stamp = bank.pictures.withPixels(at: sprite.picture) {
                SceneStamp(
                    $0,
                    side: SpriteBank.pixels,
                    sprite: sprite,
                    colour: thing.isPainted ? thing.colour : nil
                )
            }
            canvas.lay(stamp, x: thing.x, y: thing.y, extent: thing.extent)
        }
        guard let style = scene.style else { return canvas.bytes() }
        let picture = Picture(width: side, height: side, channels: 4, samples: canvas.bytes())
        // A picture of this form can always be drawn in a style.
        return (try? style.applied(to: picture, seed: scene.seed))?.samples ?? picture.samples
    }
}
