import Datasets
import Imaging
import Midjourney
import Torch

extension GeneratorModel {
    /// The size of the model's pictures.
    public var size: (width: Int, height: Int) { (description.size[1], description.size[0]) }

    /// A picture as the model's numbers: its channels, colours premultiplied.
    ///
    /// - Returns: 1×C×H×W, −1 … 1.
    func numbers(_ picture: Picture) -> Tensor {
        let shown = picture.converted(depth: .eight).converted(channels: description.channels)
        let values = Tensor(
            shown.values(layout: .planar),
            shape: [1, shown.channels, shown.height, shown.width]
        ).moved(to: device)
        guard shown.hasAlpha else { return values }
        let parts = values.split([shown.channels - 1, 1], along: 1)
        let light = (parts[0] + 1) * (parts[1] + 1) * 0.5 - 1
        return Tensor.concatenated([light, parts[1]], along: 1)
    }

    /// Pictures of the model's size as its numbers.
    ///
    /// - Returns: N×C×H×W, −1 … 1.
    public func tensor(_ pictures: [Picture]) -> Tensor {
        Tensor.concatenated(pictures.map(ownNumbers))
    }

    /// A picture at the model's own size.
    ///
    /// - Returns: 1×C×H×W, −1 … 1.
    func ownNumbers(_ picture: Picture) -> Tensor { numbers(fitted(picture)) }

    /// A picture brought to the model's size: whole where there is transparency for the rest, else
    /// filling it.
    func fitted(_ picture: Picture) -> Picture {
        let hasAlpha = description.channels == 2 || description.channels == 4
        return picture.converted(channels: description.channels).resized(
            width: size.width,
            height: size.height,
            fit: hasAlpha ? .contain : .cover
        )
    }

    /// Pictures made from their codes: the best that the model can draw of them.
    ///
    /// - Parameter numbers: N×C×H×W, −1 … 1.
    /// - Returns: As many.
    /// - Throws: `GenerationError.noEditing` for other models.
    public func remade(_ numbers: Tensor) throws -> Tensor {
        let tokens = try tokens(for: "remake")
        return inInferenceMode {
            tokens.pictures(tokens.tokenizer.codes(of: numbers.moved(to: device)))
        }
    }

    /// Whether the model makes codes of pictures.
    public var makesCodes: Bool { sampler.tokens != nil }

    /// The share of codes that pictures use, and how many there seem to be; nil for models without.
    public var codeUse: (share: Double, perplexity: Double)? {
        sampler.tokens.map { tokens in
            (tokens.tokenizer.codebook.shareInUse, tokens.tokenizer.codebook.perplexity)
        }
    }

    /// The network that draws codes.
    ///
    /// - Throws: `GenerationError.noEditing` for other models.
    func tokens(for act: String) throws -> TokenGenerator {
        guard let tokens = sampler.tokens else {
            throw GenerationError.noEditing(act, model: description.recipe)
        }
        return tokens
    }
}
