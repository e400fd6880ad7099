import Autoregressive
import Datasets
import Midjourney
import Prompts
import Torch

extension GeneratorModel {
    /// Draws a text and says what each word did.
    ///
    /// - Parameters:
    ///   - text: Words; a text without spaces is taken character by character.
    ///   - seed: Of the drawing.
    ///   - index: Its place in the seed's row.
    /// - Returns: What was found, the drawing, and a drawing by the same chance without each word.
    /// - Throws: `GenerationError.noWords` for a model without words.
    public func explained(
        _ text: String,
        seed: UInt64,
        index: Int = 0
    ) throws -> (explanation: PromptExplanation, drawing: Drawing, without: [Drawing]) {
        let tokens = try tokens(for: "explain")
        guard let textRows = conditions.textRows else {
            throw GenerationError.noWords(model: description.recipe)
        }
        let weights = try wordWeights(of: text, seed: seed)
        let isSpaced = !text.unicodeScalars.contains(where: \.properties.isIdeographic)
        func drawn(_ text: String) throws -> Drawing {
            var request = request(seed: seed, indices: [index])
            request.parts = text.isEmpty ? [] : [Prompt.Part(text: text, weight: 1)]
            return try draw(request)[0]
        }
        let drawing = try drawn(text)
        let words = weights.map(\.word)
        let without = try words.indices.map { left in
            try drawn(
                words.indices.filter { $0 != left }.map { words[$0] }
                    .joined(separator: isSpaced ? " " : "")
            )
        }
        let settings = tokens.transformer.settings
        let looks = inInferenceMode {
            let row = textRows.row(text).map(Int.init)
            let prefix = Tensor(row, shape: [1, row.count]).moved(to: device)
            let codes = tokens.tokenizer.codes(of: tensor([drawing.picture]))
            return tokens.transformer.looks(prefix, codes.reshaped([1, -1])).selected(0)
        }
        let ranges = pieces(of: words, isSpaced: isSpaced, rows: textRows)
        let atPrefix = looks.sliced(0..<settings.prefix, along: 1)
        let explanation = PromptExplanation(
            words: zip(weights, zip(without, ranges)).map { weight, found in
                let (other, range) = found
                let map =
                    range.isEmpty
                    ? [Double](repeating: 0, count: settings.places)
                    : atPrefix.sliced(range, along: 1).sum(over: [1]).doubles()
                return PromptExplanation.Word(
                    word: weight.word,
                    likelihood: weight.weight,
                    change: (tensor([drawing.picture]) - tensor([other.picture])).absolute()
                        .mean().item() / 2,
                    looks: (0..<settings.rows).map { row in
                        Array(map[row * settings.columns..<(row + 1) * settings.columns])
                    }
                )
            },
            looksAtWords: atPrefix.sum().item() / Double(settings.places)
        )
        return (explanation, drawing, without)
    }

    /// Which pieces of a row belong to each word: those that it adds to the words before.
    private func pieces(of words: [String], isSpaced: Bool, rows: TextRows) -> [Range<Int>] {
        var (start, before) = (0, "")
        return words.map { word in
            before += (isSpaced && !before.isEmpty ? " " : "") + word
            let end = min(max(rows.pieces.numbers(of: before).count, start), rows.length)
            defer { start = end }
            return start..<end
        }
    }
}
