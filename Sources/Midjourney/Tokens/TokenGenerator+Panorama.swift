import Autoregressive
import Torch

extension TokenGenerator {
    /// A picture all around that begins with a given one.
    ///
    /// Its codes go on to the right, window by window, a little further than a whole turn: there they fade into the first ones.
    /// All codes become one picture at once, as a cylinder.
    ///
    /// - Parameters:
    ///   - picture: 1×C×H×W, −1 … 1; its codes stay, so it is shown as the decoder draws it.
    ///   - condition: What is asked for.
    ///   - sampling: How codes are chosen.
    ///   - chances: Even numbers from 0 to 1 for each window from 1 on, 1×drawings×codes.
    /// - Returns: 1×C×H×2H, or as wide as the picture where that is wider.
    public func panorama(
        from picture: Tensor,
        _ condition: GuidedCondition,
        _ sampling: TokenSampling = TokenSampling(),
        by chances: (_ window: Int) -> Tensor
    ) -> Tensor {
        withoutGradients {
            let (rows, width) = (transformer.settings.rows, transformer.settings.columns)
            let (groups, turn) = (transformer.settings.groups, max(2 * rows, width))
            let total = turn + CodeStrip.overlap(width: width)
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
                    condition,
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
                columns: turn
            )
        }
    }

    /// The picture of codes as a cylinder: at its left edge it goes on from its right one.
    ///
    /// Codes of further columns than a whole turn fade into the first ones.
    ///
    /// Shape: N×(rows · columns · groups), or more columns → N×C×H×W.
    public func cylinder(_ codes: Tensor, columns: Int) -> Tensor {
        let (count, rows) = (codes.size(0), transformer.settings.rows)
        let all = tokenizer.codebook.vectors(codes.reshaped([count, rows, -1]))
        var vectors = all.sliced(0..<columns, along: 3)
        let over = all.size(3) - columns
        if over > 0 {
            let shares = ((Tensor.range(to: over) + 1) / Double(over + 1)).converted(to: all.dtype)
                .moved(to: all.device)
            let beyond = all.sliced(columns..<columns + over, along: 3)
            let first = vectors.sliced(0..<over, along: 3)
            vectors = Tensor.concatenated(
                [beyond + (first - beyond) * shares, vectors.sliced(over..<columns, along: 3)],
                along: 3
            )
        }
        tokenizer.decoder.wrapColumnsOfLayers()
        defer { tokenizer.decoder.wrapColumnsOfLayers(false) }
        return tokenizer.decoder(vectors)
    }
}
