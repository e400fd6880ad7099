import Imaging
import Requests

extension Sides<Int> {
    /// Pixels that give a picture a shape without cutting any of it off.
    ///
    /// - Parameters:
    ///   - picture: What is in the middle.
    ///   - aspect: Width to height.
    public init(of picture: Picture, toReach aspect: (width: Int, height: Int)) {
        let wanted = Double(aspect.width) / Double(aspect.height)
        let width = max(Int((Double(picture.height) * wanted).rounded()), picture.width)
        let height = max(Int((Double(picture.width) / wanted).rounded()), picture.height)
        self.init(left: (width - picture.width) / 2, top: (height - picture.height) / 2)
        (right, bottom) = (width - picture.width - left, height - picture.height - top)
    }

    /// Pixels that are drawn at a picture's sides; none for what is not drawn there.
    init(_ outpainting: Outpainting, of picture: Picture) {
        switch outpainting {
        case .pixels(let sides): self = sides
        case .shares(let sides):
            self = sides.mapped(
                across: { Int(($0 * Double(picture.width)).rounded()) },
                along: { Int(($0 * Double(picture.height)).rounded()) }
            )
        case .aspect(let width, let height):
            self.init(of: picture, toReach: (width, height))
        case .zoom: self.init()
        }
    }
}
