import Autoregressive
import Datasets
import Imaging
import Midjourney
import Torch

extension GeneratorModel {
    /// A text that fits a picture.
    public struct Wording: Codable, Sendable, Equatable {
        /// The text.
        public var text: String
        /// Its language.
        public var language: String
        /// How much likelier the picture's codes are with the text than without, in nats.
        public var gain: Double
    }

    /// The training pictures that are nearest to a picture.
    ///
    /// - Throws: What is wrong with the data.
    public func nearest(
        to picture: Picture,
        in index: PictureIndex,
        count: Int
    ) throws -> [PictureIndex.Neighbour] {
        try inInferenceMode { try index.nearest(to: ownNumbers(picture), count: count) }
    }

    /// Texts that fit a picture: of those that go with training pictures near to it the ones that make
    /// its codes likeliest.
    ///
    /// - Parameters:
    ///   - picture: Any.
    ///   - index: The training pictures.
    ///   - count: How many texts.
    ///   - language: In one language alone.
    /// - Returns: The likeliest first.
    /// - Throws: `GenerationError` for a model without words; what is wrong with the data.
    public func wordings(
        of picture: Picture,
        in index: PictureIndex,
        count: Int,
        language: String? = nil
    ) throws -> [Wording] {
        let tokens = try tokens(for: "describe")
        guard let textRows = conditions.textRows else {
            throw GenerationError.noWords(model: description.recipe)
        }
        let near = try nearest(to: picture, in: index, count: 24)
        let captions = try near.flatMap { try index.captions(of: $0) }
            .filter { language == nil || $0.language == language }
        var seen: Set<String> = []
        let texts = captions.filter { seen.insert($0.text).inserted }
        guard !texts.isEmpty else { return [] }
        let gains = inInferenceMode {
            let codes = tokens.tokenizer.codes(of: ownNumbers(picture))
            func likelihood(_ prefix: Tensor) -> Double {
                let nats = tokens.transformer.loss(prefix, codes).item()
                return -nats * Double(tokens.transformer.settings.length)
            }
            let open = likelihood(tokens.transformer.open(1).moved(to: device))
            return texts.map { caption in
                let row = textRows.row(caption.text).map(Int.init)
                return likelihood(Tensor(row, shape: [1, row.count]).moved(to: device)) - open
            }
        }
        return zip(texts, gains).map { Wording(text: $0.text, language: $0.language, gain: $1) }
            .sorted { $0.gain > $1.gain }.prefix(count).map { $0 }
    }
}
