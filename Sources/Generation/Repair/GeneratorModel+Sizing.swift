import Imaging
import Settings

extension GeneratorModel {
    /// Pixels of the longer side of pictures drawn whole where no size is asked for; nothing: they stay as they are drawn.
    ///
    /// What a model of ours that is asked in words draws smaller goes through the upscaler.
    public var usualSide: Int? {
        let own = max(size.width, size.height)
        return sampler.takesText && sampler.tokens != nil && own < Self.usualSide
            ? Self.usualSide : nil
    }

    /// The same of a drawing, which may be longer than others; nothing for one that has its size already.
    public func usualSide(of drawing: Drawing) -> Int? {
        guard drawing.record.isComposed != true else { return nil }
        return usualSide.map { side in
            let longest = max(drawing.picture.width, drawing.picture.height)
            return longest * side / max(size.width, size.height)
        }
    }

    private static let usualSide = 256

    /// A drawing in the size that was asked for, on the colour that was asked for.
    ///
    /// What becomes larger goes through the upscaler, up to four times; the rest of the way, and what
    /// becomes smaller, is resampled.
    ///
    /// - Parameters:
    ///   - drawing: Of this model.
    ///   - enlarge: How many times each pixel is repeated first.
    ///   - side: Pixels of the longer side; nothing to leave it.
    /// - Returns: The drawing, with what was done to it in its record.
    /// - Throws: `GenerationError.notBundled` where the upscaler is missing.
    public func sized(_ drawing: Drawing, enlarge: Int, side: Int?) throws -> Drawing {
        let longest = max(drawing.picture.width, drawing.picture.height)
        let limit = GeneratorModel.longestRepair
        let times = (side ?? 0) > 2 * longest && 4 * longest <= limit ? 4 : 2
        guard let side, enlarge == 1, side > longest,
            longest * times <= limit
        else {
            let larger = drawing.enlarged(enlarge)
            return (side.map(larger.sized) ?? larger).laid()
        }
        let upscaler = try upscaler()
        let larger = try upscaler.enlarged(drawing, times: times)
        var record = drawing.record
        (record.size, record.upscaler) = (side, upscaler.digest)
        let picture = Drawing(picture: larger, record: record).sized(side).picture
        return Drawing(
            picture: record.sampling.isPanorama == true ? picture.withEvenPoles() : picture,
            record: record
        ).laid()
    }

    /// A drawing's picture, so many times as large; a panorama goes on at its edges while it is made larger.
    private func enlarged(_ drawing: Drawing, times: Int) throws -> Picture {
        let picture = drawing.picture
        let rim = drawing.record.sampling.isPanorama == true ? min(Self.rim, picture.width) : 0
        let larger = try upscaled(picture.wrapped(rim), times: times, name: "").picture
        return larger.cropped(
            x: times * rim,
            y: 0,
            width: times * picture.width,
            height: times * picture.height
        )
    }

    /// What was drawn for a window of a larger picture, in the window's size: as crisp as drawings of that size are.
    func enlarged(_ picture: Picture, toFill window: PictureWindow) throws -> Picture {
        let growth = Double(window.width) / Double(picture.width)
        let times = growth > 2 ? 4 : 2
        let longest = max(picture.width, picture.height)
        var larger = picture
        if usualSide != nil, growth > 1.2, longest * times <= GeneratorModel.longestRepair {
            larger = try upscaler().upscaled(picture, times: times, name: "").picture
        }
        return larger.resized(width: window.width, height: window.height)
    }

    /// Columns beyond an edge that what makes pictures larger sees.
    private static let rim = 16

    /// A drawing in the size that its record says, as it was made then.
    ///
    /// - Throws: `GenerationError.otherUpscaler` where another upscaler made it.
    func sized(_ drawing: Drawing, as record: Drawing.Record, name: String) throws -> Drawing {
        let enlarge = record.enlarge ?? 1
        guard let digest = record.upscaler else {
            let larger = drawing.enlarged(enlarge)
            return (record.size.map(larger.sized) ?? larger).laid()
        }
        let upscaler = try upscaler()
        guard upscaler.digest == digest else {
            throw GenerationError.otherUpscaler(
                picture: name,
                wanted: digest,
                found: upscaler.digest
            )
        }
        return try sized(drawing, enlarge: enlarge, side: record.size)
    }
}

extension Drawing {
    /// The picture on the colour that its record asks for.
    fileprivate func laid() -> Drawing {
        guard let colour = record.sampling.background.flatMap(PictureColor.init(hexadecimal:))
        else { return self }
        return Drawing(picture: picture.flattened(background: colour), record: record)
    }
}
