import Imaging

/// A part of a picture that a model draws at its own size.
struct PictureWindow: Equatable {
    let x: Int
    let y: Int
    let width: Int
    let height: Int

    /// The part at the model's size.
    ///
    /// - Parameters:
    ///   - picture: As large as the window's picture.
    ///   - side: The model's size.
    ///   - isMask: Whether it is a mask, which has no brightness to overshoot.
    /// - Returns: A picture of the model's size.
    func part(of picture: Picture, side: (width: Int, height: Int), isMask: Bool = false) -> Picture
    {
        picture.cropped(x: x, y: y, width: width, height: height).resized(
            width: side.width,
            height: side.height,
            kernel: isMask ? .linear : .lanczos
        )
    }

    /// Pixels of a mask that lie in the window.
    func hidden(in mask: PictureMask) -> Int {
        (y..<y + height).reduce(0) { sum, row in
            let start = row * mask.picture.width + x
            return sum + mask.picture.samples[start..<start + width].count { $0 > 127 }
        }
    }
}

extension PictureMask {
    /// Refuses masks that do not belong to a picture.
    ///
    /// - Throws: `GenerationError` for another size, or for a mask that hides nothing.
    func check(_ picture: Picture, name: String) throws {
        let mask = self.picture
        guard mask.width == picture.width, mask.height == picture.height else {
            throw GenerationError.otherMask(
                picture: name,
                expected: "\(picture.width)×\(picture.height)",
                found: "\(mask.width)×\(mask.height)"
            )
        }
        guard bounds != nil else { throw GenerationError.emptyMask(picture: name) }
    }

    /// The window around what is hidden: half as large again, at least of the model's size, and inside
    /// the picture; all of it where the picture has the model's size or is smaller.
    func window(of picture: Picture, atLeast size: (width: Int, height: Int)) -> PictureWindow {
        let whole = PictureWindow(x: 0, y: 0, width: picture.width, height: picture.height)
        guard let bounds, picture.width > size.width || picture.height > size.height else {
            return whole
        }
        let wanted = max(bounds.columns.count, bounds.rows.count) * 3 / 2
        let side = min(
            max(wanted, size.width, size.height),
            min(picture.width, picture.height)
        )
        guard side >= bounds.columns.count, side >= bounds.rows.count else { return whole }
        func start(_ hidden: Range<Int>, _ length: Int) -> Int {
            min(max((hidden.lowerBound + hidden.upperBound - side) / 2, 0), length - side)
        }
        return PictureWindow(
            x: start(bounds.columns, picture.width),
            y: start(bounds.rows, picture.height),
            width: side,
            height: side
        )
    }
}
