import Foundation
import Generation
import ImageMetrics
import Neural
import Torch

/// What a repairing model can do, measured on pictures damaged on purpose.
public struct RepairCard: Codable, Sendable, Equatable {
    /// Figures of one damage.
    public struct Row: Codable, Sendable, Equatable {
        /// The damage and the pictures.
        public var name: String
        /// How many pictures.
        public var pictures: Int
        /// Peak signal-to-noise ratio of the damaged pictures, in decibels, mean over pictures.
        public var psnrBefore: Double
        /// The same of the repaired ones.
        public var psnr: Double
        /// The Fréchet distance of the damaged pictures by the judge's features.
        public var frechetBefore: Double
        /// The same of the repaired ones.
        public var frechet: Double
    }

    /// The weights that were measured.
    public var digest: String
    /// Figures of each damage, for held-out pictures and for training pictures.
    public var rows: [Row]

    /// Measures a model.
    ///
    /// - Parameters:
    ///   - model: One that repairs.
    ///   - count: Training pictures beside all held-out ones.
    ///   - judgeEpochs: Passes over the pictures in which the judge learns.
    ///   - data: Where its data set lies; the known places by default.
    ///   - folder: Where the judge is kept.
    ///   - notice: Told what happens.
    /// - Throws: `GenerationError.noRepair` for other models; what is wrong with the data.
    public init(
        of model: GeneratorModel,
        pictures count: Int,
        judgeEpochs: Int,
        data: String? = nil,
        keptIn folder: URL,
        notice: @escaping @Sendable (String) -> Void
    ) throws {
        let trials = try model.trials()
        let set = try JudgedSet(
            of: model,
            path: data,
            keptIn: folder,
            epochs: judgeEpochs,
            notice: notice
        )
        let step = max(set.trainingCount / max(count, 1), 1)
        let groups = [
            ("held out", Array(set.trainingCount..<set.records.count)),
            ("seen", Array(stride(from: 0, to: set.trainingCount, by: step).prefix(count))),
        ]
        digest = model.digest
        rows = []
        for (name, places) in groups where !places.isEmpty {
            for trial in trials {
                notice("repairing \(places.count) pictures: \(trial.name), \(name)")
                var sums = RepairSums()
                for start in stride(from: 0, to: places.count, by: 32) {
                    let some = Array(places[start..<min(start + 32, places.count)])
                    let real = set.pictures(some)
                    let source = RandomSource(seed: 1, stream: UInt64(start))
                    let found = try model.trial(real, trial.shares, using: source)
                    withoutGradients { sums.add(real, found.before, found.after, set.judge) }
                }
                rows.append(sums.row("\(trial.name), \(name)"))
            }
        }
    }

    /// The table in Markdown.
    public var markdown: String {
        let head = """
            | damage | pictures | PSNR before | PSNR after ↑ | FID-local before | FID-local after ↓ |
            | --- | ---: | ---: | ---: | ---: | ---: |
            """
        let lines = rows.map { row in
            "| \(row.name) | \(row.pictures) | "
                + String(
                    format: "%.2f dB | %.2f dB | %.4g | %.4g |",
                    row.psnrBefore,
                    row.psnr,
                    row.frechetBefore,
                    row.frechet
                )
        }
        return ([head] + lines).joined(separator: "\n")
    }
}

/// Sums over pictures, and their features.
private struct RepairSums {
    private var before: [Double] = []
    private var after: [Double] = []
    private var features: [[Tensor]] = [[], [], []]

    mutating func add(_ real: Tensor, _ damaged: Tensor, _ repaired: Tensor, _ judge: LocalNetwork)
    {
        func ratios(_ pictures: Tensor) -> [Double] {
            SignalRatio.decibels((pictures - real).squared().mean(over: [1, 2, 3])).doubles()
        }
        before += ratios(damaged)
        after += ratios(repaired)
        for (place, pictures) in [real, damaged, repaired].enumerated() {
            features[place].append(judge.features(pictures))
        }
    }

    func row(_ name: String) -> RepairCard.Row {
        let all = features.map { Tensor.concatenated($0) }
        func mean(_ values: [Double]) -> Double { values.reduce(0, +) / Double(values.count) }
        return RepairCard.Row(
            name: name,
            pictures: after.count,
            psnrBefore: mean(before),
            psnr: mean(after),
            frechetBefore: frechetDistance(all[1], all[0]),
            frechet: frechetDistance(all[2], all[0])
        )
    }
}
