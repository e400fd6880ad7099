import Autoregressive
import Torch

extension TokenGenerator {
    /// A picture all around that begins with a given one.
    ///
    /// Its codes go on to the right, window by window, and the last window, which lies over the joint, knows both of its
    /// sides. All codes become one picture at once, as a cylinder.
    ///
    /// - Parameters:
    ///   - picture: 1×C×H×W, −1 … 1; its codes stay, so it is shown as the decoder draws it.
    ///   - wish: What is asked for.
    ///   - sampling: How codes are chosen.
    ///   - chances: Even numbers from 0 to 1 for each window from 1 on, 1×drawings×codes.
    /// - Returns: 1×C×H×2H, or as wide as the picture where that is wider.
    public func panorama(
        from picture: Tensor,
        _ wish: TokenWish,
        _ sampling: TokenSampling = TokenSampling(),
        by chances: (_ window: Int) -> Tensor
    ) -> Tensor {
        withoutGradients {
            let (rows, width) = (transformer.settings.rows, transformer.settings.columns)
            let (groups, total) = (transformer.settings.groups, max(2 * rows, width))
            let device = picture.device
            var strip = CodeStrip(
                tokenizer.codes(of: picture).elements(as: Int.self),
                rows: rows,
                width: width,
                total: total
            )
            for (number, window) in CodeStrip.windows(width: width, total: total).enumerated() {
                let part = strip.part(window, width: width, groups: groups)
                let found = completed(
                    Tensor(part.codes, shape: [1, part.codes.count]).moved(to: device),
                    known: Tensor(part.isKnown, shape: [1, part.codes.count]).moved(to: device),
                    wish,
                    sampling,
                    by: chances(number + 1)
                )
                strip.take(
                    found.elements(as: Int.self),
                    of: window,
                    width: width,
                    groups: groups
                )
            }
            let codes = strip.codes(groups: groups)
            return cylinder(
                Tensor(codes, shape: [1, codes.count]).moved(to: device),
                columns: total
            )
        }
    }

    /// The picture of codes as a cylinder: at its left edge it goes on from its right one.
    ///
    /// Shape: N×(rows · columns · groups) → N×C×H×W.
    public func cylinder(_ codes: Tensor, columns: Int) -> Tensor {
        let settings = tokenizer.settings
        let (rows, rim) = (transformer.settings.rows, settings.reach)
        let places = codes.reshaped([codes.size(0), rows, columns, settings.groups])
        let sides = (-rim..<columns + rim).map { ($0 % columns + columns) % columns }
        let wide = places.selected(at: Tensor(sides).moved(to: codes.device), along: 2)
        let picture = tokenizer.pictures(
            of: wide.reshaped([codes.size(0), -1]),
            rows: rows,
            columns: columns + 2 * rim
        )
        let cut = rim * settings.factor
        return picture.sliced(cut..<cut + columns * settings.factor, along: 3)
    }
}
