import Adversarial
import Datasets
import Imaging
import Prompts
import Torch

extension GeneratorModel {
    /// Pictures with the coarse styles of some drawings and the fine ones of others: a row for each of
    /// the former, a column for each of the latter.
    ///
    /// Source: Karras, Laine and Aila, "A style-based generator architecture", CVPR 2019, style mixing.
    ///
    /// - Parameters:
    ///   - coarse: Places of a seed's row that give the first layers' styles.
    ///   - fine: Places that give the others'.
    ///   - crossover: The first layer with a fine style; half of the layers by default.
    ///   - request: The seed, the class and the truncation.
    /// - Returns: Row after row.
    /// - Throws: `GenerationError.lacks` for models without styles.
    public func mixed(
        coarse: [Int],
        fine: [Int],
        crossover: Int?,
        _ request: DrawingRequest
    ) throws -> [Drawing] {
        let styled = try styled()
        let first = min(max(crossover ?? styled.styleCount / 2, 0), styled.styleCount)
        func styles(_ index: Int) throws -> Tensor {
            styled.styles(
                latents(request, index, count: 1).moved(to: device),
                try conditions.labels(of: request, count: 1),
                truncation: request.sampling.truncation
            )
        }
        return try inInferenceMode {
            let (rows, columns) = (try coarse.map(styles), try fine.map(styles))
            var drawings: [Drawing] = []
            for (row, place) in zip(rows, coarse) {
                for (column, other) in zip(columns, fine) {
                    let both = Tensor.concatenated(
                        [
                            row.sliced(0..<first, along: 1),
                            column.sliced(first..<styled.styleCount, along: 1),
                        ],
                        along: 1
                    )
                    var record = record(place, request, nil)
                    record.edit = Edit(
                        "mix",
                        of: [],
                        [
                            "coarse": Double(place), "fine": Double(other),
                            "crossover": Double(first),
                        ]
                    )
                    let picture = Picture.batch(of: styled.synthesized(both))[0]
                    drawings.append(Drawing(picture: picture, record: record))
                }
            }
            return drawings
        }
    }

    /// The network whose layers take styles.
    ///
    /// - Throws: `GenerationError.lacks` for models without styles.
    func styled() throws(GenerationError) -> any StyleGenerator {
        guard let styles = sampler.styles else {
            throw .lacks(.styles, model: description.recipe)
        }
        return styles
    }

    /// The numbers that lead steadily from picture to picture.
    ///
    /// - Throws: `GenerationError.lacks` where a model has none, for what they are wanted for.
    func space(for capability: ModelCapability) throws(GenerationError) -> any LatentSpace {
        guard let space = sampler.space else {
            throw .lacks(capability, model: description.recipe)
        }
        return space
    }
}
