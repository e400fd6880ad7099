import Foundation

extension SpriteSheet {
    /// Where each sprite lies, as TexturePacker writes it and PixiJS, Phaser and Godot's importers read it.
    ///
    /// Names that differ in a number at their end alone are an animation, in the order of the numbers.
    ///
    /// - Parameters:
    ///   - image: The name of the sheet's file.
    ///   - milliseconds: How long each frame of an animation is shown; nothing where nothing is said.
    /// - Returns: JSON.
    /// - Throws: `EncodingError`, which plain texts and numbers do not cause.
    public func json(image: String, milliseconds: Int? = nil) throws -> Data {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.prettyPrinted, .sortedKeys, .withoutEscapingSlashes]
        return try encoder.encode(
            Atlas(
                frames: Dictionary(
                    uniqueKeysWithValues: frames.map { frame in
                        (frame.name, Atlas.Entry(frame, milliseconds))
                    }
                ),
                animations: animations,
                meta: Atlas.Meta(
                    image: image,
                    size: Atlas.Size(w: picture.width, h: picture.height)
                )
            )
        )
    }

    /// Frames that follow each other, by what their names have in common.
    public var animations: [String: [String]] {
        var groups: [String: [(number: Int, name: String)]] = [:]
        for frame in frames {
            let dot = frame.name.lastIndex(of: ".") ?? frame.name.endIndex
            let stem = frame.name[..<dot]
            let digits = String(
                stem.reversed().prefix { $0.isASCII && $0.isNumber }.reversed()
            )
            guard let number = Int(digits) else { continue }
            let common = stem.dropLast(digits.count)
            let name = common.hasSuffix("-") || common.hasSuffix("_") ? common.dropLast() : common
            groups[name.isEmpty ? "frames" : String(name), default: []].append(
                (number, frame.name)
            )
        }
        return groups.filter { $0.value.count > 1 }.mapValues { group in
            group.sorted { ($0.number, $0.name) < ($1.number, $1.name) }.map(\.name)
        }
    }

    /// The file's form.
    private struct Atlas: Encodable {
        struct Size: Encodable {
            let w: Int
            let h: Int
        }

        struct Rect: Encodable {
            let x: Int
            let y: Int
            let w: Int
            let h: Int

            init(_ rect: PixelRect) {
                (x, y, w, h) = (rect.x, rect.y, rect.width, rect.height)
            }
        }

        struct Entry: Encodable {
            let frame: Rect
            let rotated = false
            let trimmed: Bool
            let spriteSourceSize: Rect
            let sourceSize: Size
            let duration: Int?

            init(_ frame: Frame, _ milliseconds: Int?) {
                self.frame = Rect(frame.place)
                spriteSourceSize = Rect(frame.shown)
                sourceSize = Size(w: frame.source.width, h: frame.source.height)
                trimmed =
                    frame.shown.width != frame.source.width
                    || frame.shown.height != frame.source.height
                duration = milliseconds
            }
        }

        struct Meta: Encodable {
            let app = "Atelier"
            let version = "1.0"
            let image: String
            let format = "RGBA8888"
            let size: Size
            let scale = "1"
        }

        let frames: [String: Entry]
        let animations: [String: [String]]
        let meta: Meta
    }
}
