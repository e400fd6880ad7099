import Neural
import Torch

/// Tells every place of a picture which it is and, as one vector, what is asked for.
///
/// What is drawn where is then at hand in the first layer, in place of being gathered by attention over the prefix
/// and the places before.
final class TokenAnchors: Module {
    private let places: Embedding
    private let meaning: Dense

    /// Vectors of so many places, and a layer from pieces' numbers to as many as a place has.
    init(places: Int, inputs: Int, width: Int, start: Initializer, using source: RandomSource) {
        self.places = Embedding(count: places, width: width, initializer: start, using: source)
        meaning = Dense(
            inputs: inputs,
            outputs: width,
            bias: false,
            initializer: .zeros,
            using: source
        )
        meaning.isOuter = true
    }

    /// What is added at places: the place's vector, and the sum of all pieces' over the root of their number.
    ///
    /// Shape: N×prefix×inputs, and N×prefix of ones where a piece says something → N×places×width.
    func callAsFunction(_ pieces: Tensor, _ isSaid: Tensor, at range: Range<Int>) -> Tensor {
        let said = isSaid.converted(to: pieces.dtype)
        let sum = (pieces * said.unsqueezed(2)).sum(over: [1])
        let mean = sum / said.sum(over: [1], keepingDimensions: true).clamped(from: 1).squareRoot()
        return places.weight.sliced(range, along: 0).unsqueezed(0) + meaning(mean).unsqueezed(1)
    }
}
