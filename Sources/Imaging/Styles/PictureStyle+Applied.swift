import Settings

extension PictureStyle {
    /// Draws a picture again in this style.
    ///
    /// Pure: the same picture, seed and strength give the same bytes, on any thread. Sides,
    /// channels and depth stay. What is clear stays clear: oil, pencil, poster, silhouette, neon
    /// and engraving keep alpha as it is (paper and darkness lie under the thing alone, so that
    /// it stays visible on any ground); watercolour frays the rim inwards; a block of pixel art
    /// is all there or not at all, as most of it was. Lengths follow the shorter side.
    ///
    /// - Parameters:
    ///   - picture: What to draw: grey or colour, with alpha or not, from 1×1 on.
    ///   - seed: Chooses strokes, grain and wobble; it changes nothing for the styles without chance.
    ///   - strength: How much of the style is mixed in, 0 (the picture as it is) to 1.
    /// - Returns: A picture of the same sides, channels and depth.
    /// - Throws: `ImagingError/notStyled(style:reason:)` where the strength is not within 0 and 1.
    public func applied(
        to picture: Picture,
        seed: UInt64 = 0,
        strength: Double = 1
    ) throws -> Picture {
        guard (0...1).contains(strength) else {
            throw ImagingError.notStyled(
                style: self,
                reason: "expected a strength of 0 to 1, found \(strength)"
            )
        }
        guard strength > 0 else { return picture }
        let canvas = StyleCanvas(picture)
        let noise = StyleNoise(seed: seed)
        let styled =
            switch self {
            case .oil: OilStyle.paint(canvas, noise)
            case .watercolour: WatercolourStyle.paint(canvas, noise)
            case .pencil: PencilStyle.draw(canvas, noise)
            case .pixelArt: PixelArtStyle.draw(canvas)
            case .poster: PosterStyle.print(canvas)
            case .silhouette: SilhouetteStyle.cut(canvas)
            case .neon: NeonStyle.light(canvas)
            case .engraving: EngravingStyle.engrave(canvas, noise)
            }
        return canvas.mixed(with: styled, Float(strength)).picture(like: picture)
    }
}
