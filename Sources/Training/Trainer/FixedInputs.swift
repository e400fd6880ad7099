import Adversarial
import Datasets
import Imaging
import Runs
import Torch

/// The inputs that stay the same for a whole run, so that its pictures can be compared.
struct FixedInputs {
    /// A grid of real pictures, one class a row where there are classes; where pictures are asked
    /// for with texts, those that the drawings' texts belong to.
    let reals: Picture
    private let latents: Tensor
    private let labels: Tensor?
    /// The real pictures as numbers.
    private let examples: Tensor
    private let columns: Int
    /// How much real pictures differ from each other: the deviation of each number, on average.
    let realSpread: Double

    init(_ recipe: Recipe, artist: AveragedGenerator, data: TrainingData, device: Device) {
        columns = recipe.snapshots.columns
        let rows = recipe.snapshots.rows
        let count = columns * rows
        latents = artist.latents(for: "grid").latents(count, device: device)
        labels =
            artist.spec.labels > 0
            ? FixedInputs.labels(
                rows: (0..<count).map { $0 / recipe.snapshots.columns },
                artist.spec,
                data
            ).moved(to: device) : nil
        let known = data.training.labels
        let byRow: [[Int]] = (0..<rows).map { row in
            if artist.spec.labelKind == .captions {
                return (0..<recipe.snapshots.columns).map {
                    FixedInputs.example(row * recipe.snapshots.columns + $0, of: count, data)
                }
            }
            let wanted =
                data.training.classNames.isEmpty ? nil : row % data.training.classNames.count
            let fitting = known.indices.lazy.filter { wanted == nil || known[$0] == wanted }
            let first = Array(fitting.prefix(wanted == nil ? count : recipe.snapshots.columns))
            return wanted == nil ? Array(first.dropFirst(row * recipe.snapshots.columns)) : first
        }
        realSpread = FixedInputs.spread(
            of: data.training.batch(0..<min(count, data.training.count)).tensor(on: device)
        )
        let fitting = byRow.flatMap { $0.prefix(recipe.snapshots.columns) }
        // Where no picture is of a class that has a row, the first ones are shown.
        let shown = fitting.isEmpty ? Array(0..<min(count, data.training.count)) : fitting
        reals = Picture.grid(shown.map { data.training.picture(at: $0) }, columns: columns)
        examples = data.training.batch(shown).tensor(on: device)
    }

    /// A label for each picture of a grid: a class a row, the properties of the data's first
    /// pictures, one a row, or names from everywhere in the data.
    private static func labels(rows: [Int], _ spec: ImageSpec, _ data: TrainingData) -> Tensor {
        let pictures = data.training
        switch spec.labelKind {
        case .classes, .none: return Tensor(rows.map { $0 % spec.labels })
        case .properties, .scalars:
            return Tensor(
                rows.flatMap { pictures.values(at: $0 % pictures.count) },
                shape: [rows.count, spec.labels]
            )
        case .captions:
            let examples = rows.indices.map { example($0, of: rows.count, data) }
            return TrainingData.labels(
                of: data.classes(examples.map { pictures.labels[$0] }),
                examples.flatMap { data.loader.captions?.row(naming: $0) ?? [] }
            )
        }
    }

    /// One of so many training pictures from everywhere in the set.
    private static func example(_ place: Int, of count: Int, _ data: TrainingData) -> Int {
        place * data.training.count / count
    }

    /// How much drawings of the fixed latents differ from each other, where they are quickly made.
    func spread(_ artist: AveragedGenerator) -> Double? {
        withoutGradients {
            artist.generator.evaluating { artist.generator.fastSample(latents, labels: labels) }
        }.map(FixedInputs.spread)
    }

    /// The mean over all numbers of a picture of their deviation over the batch.
    static func spread(of pictures: Tensor) -> Double {
        withoutGradients {
            let x = pictures.converted(to: .float32)
            let centred = x - x.mean(over: [0], keepingDimensions: true)
            return centred.squared().mean(over: [0]).squareRoot().mean().item()
        }
    }

    /// The grid that the generator draws of the fixed latents.
    func draw(_ artist: AveragedGenerator) -> Picture {
        FixedInputs.grid(
            artist.withBestGenerator {
                $0.examples(latents, labels: labels, beside: (examples, labels))
            },
            columns: columns
        )
    }

    /// Pictures, −1 … 1, side by side.
    static func grid(_ drawn: Tensor, columns: Int) -> Picture {
        Picture.grid(Picture.batch(of: drawn), columns: columns)
    }
}
