import Torch

/// How much pictures of one label differ from each other, drawn ones beside real ones.
///
/// A generator that draws one picture a class looks varied in a grid; only within a class does it show.
struct LabelSpread {
    private let latents: Tensor
    private let labels: Tensor
    /// How much real pictures of one label differ, the mean over labels.
    private let real: Double

    /// Labels that are looked at, and pictures of each.
    private static let (mostLabels, perLabel) = (10, 8)

    /// Takes the first labels that have several real pictures; nothing where no label is asked for, it
    /// is a text, or each has few pictures or is nearly one picture.
    ///
    /// - Parameters:
    ///   - artist: Who draws.
    ///   - data: Where the real pictures are.
    ///   - realSpread: How much all real pictures differ.
    ///   - keptClasses: Classes before those of the data.
    ///   - device: Where it computes.
    init?(
        _ artist: AveragedGenerator,
        data: TrainingData,
        realSpread: Double,
        keptClasses: Int,
        device: Device
    ) {
        guard artist.spec.labels > 0, artist.spec.labelKind != .captions else { return nil }
        let groups = LabelSpread.groups(artist, data)
        guard !groups.isEmpty else { return nil }
        let asked = groups.flatMap { [Int](repeating: $0[0], count: LabelSpread.perLabel) }
        latents = artist.latents(for: "label-spread").latents(asked.count, device: device)
        let rows =
            switch artist.spec.labelKind {
            case .classes, .none, .captions:
                Tensor(asked.map { data.training.labels[$0] + keptClasses })
            case .properties, .scalars:
                Tensor(
                    asked.flatMap { data.training.values(at: $0) },
                    shape: [asked.count, artist.spec.labels]
                )
            }
        labels = rows.moved(to: device)
        let spreads = groups.map { numbers in
            FixedInputs.spread(of: data.training.batch(numbers).tensor(on: device))
        }
        let mean = spreads.reduce(0, +) / Double(spreads.count)
        guard mean > 1e-4, mean > 0.05 * realSpread else { return nil }
        real = mean
    }

    /// Numbers of training pictures by label, from four of each on.
    private static func groups(_ artist: AveragedGenerator, _ data: TrainingData) -> [[Int]] {
        let pictures = data.training
        let isClass = artist.spec.labelKind == .classes
        var found: [[Float]: [Int]] = [:]
        for number in 0..<min(pictures.count, 100_000) {
            let label =
                isClass ? [Float(pictures.labels[number])] : Array(pictures.values(at: number))
            // A class below zero is none.
            guard !isClass || pictures.labels[number] >= 0,
                found[label]?.count ?? 0 < perLabel
            else { continue }
            found[label, default: []].append(number)
        }
        let groups = found.values.filter { $0.count >= 4 }.sorted { $0[0] < $1[0] }
        return Array(groups.prefix(mostLabels))
    }

    /// How much drawings of one label differ, as a share of what real pictures of it do; nothing where
    /// drawings are not quickly made.
    func share(_ artist: AveragedGenerator) -> Double? {
        withoutGradients {
            artist.generator.evaluating { artist.generator.fastSample(latents, labels: labels) }
        }.map { drawn in
            let starts = stride(from: 0, to: drawn.size(0), by: LabelSpread.perLabel)
            let spreads = starts.map {
                FixedInputs.spread(of: drawn[$0..<$0 + LabelSpread.perLabel])
            }
            return spreads.reduce(0, +) / Double(spreads.count) / real
        }
    }
}
