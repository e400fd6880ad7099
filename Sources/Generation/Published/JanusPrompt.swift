import Autoregressive
import Foundation
import TextTokens

/// How a Janus is asked: what a person says, between the marks that it was taught with.
struct JanusPrompt {
    private let tokenizer: TextTokenizer
    private let begin: Int
    private let pad: Int
    private let image: Int

    /// Longer texts are refused, since every piece is attended to at every code.
    static let mostPieces = 1024

    /// Looks for the marks in a tokenizer.
    ///
    /// - Throws: `TextTokensError` for a file that cannot be read, or is another model's.
    init(_ data: Data, pieces: Int) throws(TextTokensError) {
        let tokenizer = try TextTokenizer(data)
        func mark(_ name: String) throws(TextTokensError) -> Int {
            guard let number = tokenizer.number(of: name), number < pieces else {
                throw TextTokensError("there is no piece '\(name)', which Janus is asked with")
            }
            return number
        }
        (begin, pad) = (try mark("<｜begin▁of▁sentence｜>"), try mark("<｜▁pad▁｜>"))
        image = try mark("<begin_of_image>")
        guard tokenizer.count <= pieces else {
            throw TextTokensError("it has \(tokenizer.count) pieces, the model \(pieces)")
        }
        self.tokenizer = tokenizer
    }

    /// The pieces of a text that is asked for.
    func asking(_ text: String) -> [Int] {
        let text = text.trimmingCharacters(in: .whitespacesAndNewlines)
        let marks = (tokenizer.number(of: "<|User|>"), tokenizer.number(of: "<|Assistant|>"))
        if let user = marks.0, let assistant = marks.1 {
            return [begin, user] + tokenizer(": \(text)\n\n") + [assistant] + tokenizer(":")
                + [image]
        }
        // The first of them was taught without bars.
        return [begin] + tokenizer("User: \(text)\n\nAssistant:") + [image]
    }

    /// As many pieces that ask for nothing.
    func open(_ count: Int) -> [Int] {
        [begin] + [Int](repeating: pad, count: max(count - 2, 0)) + [image]
    }

    /// What is asked for, each part counting so much; what is to be avoided takes the place of what guidance goes away
    /// from: wholly where it counts half of what is asked for.
    ///
    /// - Throws: `GenerationError.longText`.
    func guided(_ request: DrawingRequest) throws(GenerationError) -> JanusTransformer.GuidedTexts {
        let shares = request.shares()
        let first = request.parts.first { $0.weight > 0 }?.text
        let nothing = open(asking(first ?? "").count)
        let texts = shares.map { $0.text.map(asking) ?? nothing }
        if let long = texts.map(\.count).max(), long > Self.mostPieces {
            throw .longText(pieces: long, limit: Self.mostPieces)
        }
        return JanusTransformer.GuidedTexts(texts, weights: shares.map(\.weight))
    }
}
