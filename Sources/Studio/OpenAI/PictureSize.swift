import Imaging
import Prompts

/// A size that a client of another interface asks for, whatever the model's own shape is.
struct PictureSize: Sendable, Equatable {
    /// Pixels of a side.
    static let sides = 8...4096

    var width: Int
    var height: Int

    /// As answers tell it.
    var text: String { "\(width)x\(height)" }

    init(width: Int, height: Int) { (self.width, self.height) = (width, height) }

    /// Reads `WIDTHxHEIGHT`; nothing for what is none, or too small or large.
    init?(reading text: String) {
        let numbers = KeyboardForms.plain(text).lowercased()
            .split(omittingEmptySubsequences: false) { $0 == "x" || $0 == "×" || $0 == "*" }
            .map { Int($0) }
        guard numbers.count == 2, let width = numbers[0], let height = numbers[1],
            Self.sides.contains(width), Self.sides.contains(height)
        else { return nil }
        (self.width, self.height) = (width, height)
    }

    /// Pixels of the longer side that a model of a shape is to draw; nothing where it has no shape.
    ///
    /// What is transparent lies within the size, what is not fills it.
    func side(width own: Int, height ownHeight: Int, hasAlpha: Bool) -> Int? {
        guard own > 0, ownHeight > 0 else { return nil }
        let scale = scale(own, ownHeight, hasAlpha: hasAlpha)
        let side = Int((Double(max(own, ownHeight)) * scale).rounded(.up))
        return min(max(side, Self.sides.lowerBound), Self.sides.upperBound)
    }

    /// A picture in exactly this size: in the middle where it is transparent, else its middle.
    func fitted(_ picture: Picture) -> Picture {
        guard picture.width != width || picture.height != height else { return picture }
        let scale = scale(picture.width, picture.height, hasAlpha: picture.hasAlpha)
        func length(_ own: Int, _ wanted: Int) -> Int {
            let length = max(Int((Double(own) * scale).rounded()), 1)
            return picture.hasAlpha ? min(length, wanted) : max(length, wanted)
        }
        let scaled = picture.resized(
            width: length(picture.width, width),
            height: length(picture.height, height)
        )
        guard !picture.hasAlpha else {
            return scaled.centered(width: width, height: height, background: .clear)
        }
        return scaled.cropped(
            x: (scaled.width - width) / 2,
            y: (scaled.height - height) / 2,
            width: width,
            height: height
        )
    }

    private func scale(_ own: Int, _ ownHeight: Int, hasAlpha: Bool) -> Double {
        let (x, y) = (Double(width) / Double(own), Double(height) / Double(ownHeight))
        return hasAlpha ? min(x, y) : max(x, y)
    }
}
