import Torch

extension TokenGenerator {
    /// How near each code is to what pictures show at its place, the pictures' shares being summed.
    ///
    /// - Parameters:
    ///   - pictures: N×C×H×W.
    ///   - weights: What each picture counts.
    /// - Returns: 1×codes of a picture×codes, −1 … 1 where the weights sum to one.
    public func nearness(to pictures: Tensor, weights: [Double]) -> Tensor {
        withoutGradients {
            let found = tokenizer.codebook.similarities(tokenizer.encoder(pictures))
            return weights.indices.reduce(Tensor.zeros([1], device: pictures.device)) { sum, row in
                sum + found.sliced(row..<row + 1, along: 0) * weights[row]
            }
        }
    }
}
