import Imaging
import Settings

/// How the pictures of a cache are made from those of a source.
public struct CacheOptions: Codable, Sendable, Equatable {
    /// What to do about a picture that does not decode.
    public enum Damage: String, Codable, Sendable, CaseIterable {
        /// Stop with its error.
        case stop
        /// Leave it out, and say so.
        case skip
    }

    /// The width of every picture.
    public var width: Int

    /// The height of every picture.
    public var height: Int

    /// The channels of every picture: 1 grey, 2 grey and alpha, 3 RGB, 4 RGBA.
    public var channels: Int

    /// How a picture of another shape is made to fit.
    public var fit: PictureFit

    /// What transparent pictures are laid on where the cache has no alpha, and borders are filled
    /// with.
    public var background: PictureColor

    /// What to do about a picture that does not decode.
    public var damage: Damage

    /// Makes options.
    public init(
        width: Int,
        height: Int,
        channels: Int,
        fit: PictureFit = .cover,
        background: PictureColor = .white,
        damage: Damage = .stop
    ) {
        self.width = width
        self.height = height
        self.channels = channels
        self.fit = fit
        self.background = background
        self.damage = damage
    }

    /// How many bytes a picture of eight bits takes.
    var bytesPerPicture: Int { width * height * channels }

    /// Checks sizes before anything is made.
    func validate() throws {
        guard (1...16_384).contains(width), (1...16_384).contains(height) else {
            throw DatasetError(
                .request,
                at: "picture size",
                "\(width) x \(height) is out of range",
                cure: "choose sides from 1 to 16384"
            )
        }
        guard (1...4).contains(channels) else {
            throw DatasetError(
                .request,
                at: "channels",
                "\(channels) is out of range",
                cure: "choose 1 grey, 2 grey and alpha, 3 RGB or 4 RGBA"
            )
        }
    }

    /// A picture in the size and channels of the cache.
    func fitted(_ picture: Picture, depth: SampleDepth = .eight) -> Picture {
        let hasAlpha = channels == 2 || channels == 4
        var result = picture.converted(depth: depth)
        if result.hasAlpha && !hasAlpha { result = result.flattened(background: background) }
        if !result.hasAlpha && hasAlpha && fit == .contain {
            result = result.converted(channels: channels)
        }
        if result.width != width || result.height != height {
            result = result.resized(
                width: width,
                height: height,
                fit: fit,
                background: hasAlpha ? .clear : background
            )
        }
        return result.converted(channels: channels)
    }
}
