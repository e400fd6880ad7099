import Checks
import Imaging
import Requests

extension GeneratorModel {
    /// A picture that goes on beyond its sides; the picture itself stays to the last bit.
    ///
    /// Windows as large as the picture's shorter side are filled, those that show most first.
    ///
    /// - Throws: `GenerationError.noEditing` for a model that draws whole pictures in one step, `GenerationError.longStrip`
    ///   for a picture that would take very many windows.
    public func outpainted(
        _ picture: Picture,
        _ margins: Sides<Int>,
        name: String,
        _ request: DrawingRequest
    ) throws -> [Drawing] {
        let numbers = [
            "left": margins.left, "right": margins.right, "top": margins.top,
            "bottom": margins.bottom,
        ].mapValues(Double.init)
        let edit = Edit("outpaint", of: [name], numbers)
        let side = min(picture.width, picture.height)
        let limit = 32
        guard max(picture.width, picture.height) <= limit * side else {
            throw GenerationError.longStrip(
                picture: name,
                width: picture.width,
                height: picture.height,
                limit: limit
            )
        }
        guard margins.left + margins.right <= 8 * side, margins.top + margins.bottom <= 8 * side
        else { throw GenerationError.wideMargins(picture: name, limit: 8 * side) }
        let canvas = whole(picture).extended(margins)
        let inside = (
            margins.left..<margins.left + picture.width,
            margins.top..<margins.top + picture.height
        )
        let mask = PictureMask(width: canvas.width, height: canvas.height) { index in
            !inside.0.contains(index % canvas.width) || !inside.1.contains(index / canvas.width)
        }
        return try request.indices.map { index in
            var one = request
            one.indices = [index]
            var (canvas, mask, turn) = (canvas, mask, 0)
            while mask.bounds != nil {
                let window = GeneratorModel.next(mask, side: side)
                let hidden = PictureMask(width: mask.picture.width, height: mask.picture.height) {
                    window.contains($0, width: mask.picture.width)
                        && mask.picture.samples[$0] > 127
                }
                canvas = try filled(canvas, hidden, window, one, edit, turn: turn).picture
                turn += 1
                mask = PictureMask(width: mask.picture.width, height: mask.picture.height) {
                    mask.picture.samples[$0] > 127 && hidden.picture.samples[$0] < 128
                }
            }
            return edited(canvas, index, request, edit)
        }
    }

    /// A picture seen from further away: the picture is smaller, and there is more around it.
    public func zoomedOut(
        _ picture: Picture,
        by zoom: Double,
        name: String,
        _ request: DrawingRequest
    ) throws -> [Drawing] {
        let shown = whole(picture)
        let width = max(Int((Double(shown.width) / zoom).rounded()), 1)
        let height = max(Int((Double(shown.height) / zoom).rounded()), 1)
        guard width < shown.width, height < shown.height else {
            return request.indices.map {
                edited(shown, $0, request, Edit("zoom", of: [name], ["zoom": zoom]))
            }
        }
        var margins = Sides<Int>()
        (margins.left, margins.top) = ((shown.width - width) / 2, (shown.height - height) / 2)
        (margins.right, margins.bottom) = (
            shown.width - width - margins.left, shown.height - height - margins.top
        )
        let small = shown.resized(width: width, height: height).extended(margins)
        let mask = PictureMask(width: small.width, height: small.height) { index in
            let (x, y) = (index % small.width, index / small.width)
            return x < margins.left || x >= margins.left + width || y < margins.top
                || y >= margins.top + height
        }
        return try filled(small, mask, request, Edit("zoom", of: [name], ["zoom": zoom]))
    }

    /// A picture that goes on at its edges where it begins: what lies across the edges is drawn again,
    /// then across the corners, where both meet.
    public func tiled(
        _ picture: Picture,
        name: String,
        _ request: DrawingRequest
    ) throws -> [Drawing] {
        let shown = whole(picture)
        let (half, down) = (shown.width / 2, shown.height / 2)
        let (across, along) = (max(shown.width / 8, 1), max(shown.height / 8, 1))
        func isNear(_ index: Int) -> (column: Bool, row: Bool) {
            (
                abs(index % shown.width - half) < across,
                abs(index / shown.width - down) < along
            )
        }
        let turns: [(right: Int, down: Int, hides: (Int) -> Bool)] = [
            (half, 0, { isNear($0).column }), (0, down, { isNear($0).row }),
            (half, down, { isNear($0).column && isNear($0).row }),
        ]
        return try request.indices.map { index in
            var one = request
            one.indices = [index]
            var tile = shown
            for (number, turn) in turns.enumerated() {
                let turned = tile.rolled(right: turn.right, down: turn.down)
                let mask = PictureMask(width: tile.width, height: tile.height, hides: turn.hides)
                let window = mask.window(of: turned, atLeast: size)
                tile = try filled(
                    turned,
                    mask,
                    window,
                    one,
                    Edit("tile", of: [name]),
                    turn: number
                ).picture.rolled(right: -turn.right, down: -turn.down)
            }
            return edited(tile, index, request, Edit("tile", of: [name]))
        }
    }

    /// A picture with all channels that it or the model has, so that nothing of either is lost.
    private func whole(_ picture: Picture) -> Picture {
        let hasColor = picture.hasColor || description.channels >= 3
        let hasAlpha = picture.hasAlpha || description.channels.isMultiple(of: 2)
        return picture.converted(channels: (hasColor ? 3 : 1) + (hasAlpha ? 1 : 0))
    }

    /// The window that shows most among those that hide something.
    private static func next(_ mask: PictureMask, side: Int) -> PictureWindow {
        let (width, height) = (mask.picture.width, mask.picture.height)
        func starts(_ length: Int) -> [Int] {
            Set(stride(from: 0, to: max(length - side, 0) + 1, by: max(side / 2, 1)))
                .union([max(length - side, 0)]).sorted()
        }
        let windows = starts(height).flatMap { y in
            starts(width).map { x in
                PictureWindow(x: x, y: y, width: min(side, width), height: min(side, height))
            }
        }.map { (window: $0, hidden: $0.hidden(in: mask)) }.filter { $0.hidden > 0 }
        guard let best = windows.min(by: { $0.hidden < $1.hidden }) else {
            preconditionFailure("windows of \(side) leave a part of \(width)×\(height) out")
        }
        return best.window
    }
}

extension PictureWindow {
    /// Whether a pixel lies in the window.
    func contains(_ index: Int, width: Int) -> Bool {
        (x..<x + self.width).contains(index % width) && (y..<y + height).contains(index / width)
    }
}

extension Picture {
    /// The picture on a canvas that is larger by some margins.
    func extended(_ margins: Sides<Int>) -> Picture {
        guard !margins.isNone else { return self }
        let empty = Picture(
            width: width + margins.left + margins.right,
            height: height + margins.top + margins.bottom,
            channels: channels,
            depth: depth,
            filledWith: hasAlpha ? .clear : .black
        )
        let all = PictureMask(width: empty.width, height: empty.height) { _ in true }
        return empty.filled(with: self, at: (margins.left, margins.top), where: all)
    }
}
