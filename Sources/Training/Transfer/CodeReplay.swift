import Adversarial
import Datasets
import Neural
import Torch

/// Codes that the networks a run begins with drew for words they know, to be learned again beside new pictures: so a
/// run does not forget what it began with.
///
/// Source: Shin et al., "Continual learning with deep generative replay", 2017. The codes are kept in checkpoints, for a
/// run goes on without the file that it began with.
final class CodeReplay: Module {
    /// How many texts there are.
    private static let size = 256
    /// Drawn at once.
    private static let together = 16

    @Buffer private var codes: Tensor
    @Buffer private var labels: Tensor
    /// Drawn ones for each real picture.
    private let share: Double

    /// Room for codes; nothing is drawn yet.
    ///
    /// - Parameters:
    ///   - codes: Codes of a picture.
    ///   - pieces: Pieces of a text.
    ///   - share: Drawn ones for each real picture.
    init(codes: Int, pieces: Int, share: Double) {
        self.share = share
        _codes = Buffer(wrappedValue: .zeros([Self.size, codes], dtype: .int64))
        _labels = Buffer(wrappedValue: .zeros([Self.size, 1 + pieces], dtype: .int64))
    }

    /// Lets networks draw what they know: words alone, and two of them together.
    ///
    /// - Parameters:
    ///   - words: Those that they know.
    ///   - rows: How texts become rows of pieces.
    ///   - tokens: The networks, before they learn anything.
    ///   - source: Of the chance in it.
    func draw(
        _ words: [String],
        _ rows: TextRows,
        by tokens: any StagedGenerator,
        using source: RandomSource
    ) {
        func word() -> String { words[source.next(below: words.count)] }
        let texts = (0..<Self.size).map { $0.isMultiple(of: 2) ? word() : "\(word()) \(word())" }
        let asked = TrainingData.labels(
            of: [Int](repeating: 0, count: texts.count),
            texts.flatMap(rows.row)
        ).moved(to: labels.device)
        let drawn = withoutGradients {
            tokens.evaluating {
                stride(from: 0, to: Self.size, by: Self.together).map { start in
                    let latents = Tensor.normal(
                        [Self.together, tokens.latentSize],
                        using: source
                    ).moved(to: labels.device)
                    let some = asked.sliced(start..<start + Self.together, along: 0)
                    return tokens.codes(latents, labels: some)
                }
            }
        }
        codes = Tensor.concatenated(drawn)
        labels = asked
    }

    /// Some of them for so many real pictures.
    func some(beside real: Int, using source: RandomSource) -> (codes: Tensor, labels: Tensor)? {
        let count = Int((Double(real) * share).rounded())
        guard count > 0 else { return nil }
        let chosen = Tensor.integers([count], below: Self.size, device: codes.device, using: source)
        return (codes.selected(at: chosen), labels.selected(at: chosen))
    }
}
