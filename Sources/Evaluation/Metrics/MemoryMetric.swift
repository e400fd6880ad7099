import ImageMetrics
import Torch

/// How near drawings lie to training pictures, and which of them lie nearest.
struct MemoryMetric: Metric {
    let name = "memory"
    let summary = "distance to the nearest training picture, beside held-out pictures"

    func outcome(_ comparison: Comparison) throws -> MetricOutcome {
        let found = Memorisation(
            try comparison.seen(comparison.drawn, "drawn"),
            training: try comparison.seen(comparison.training, "training"),
            heldOut: try comparison.heldOut.map { sample in
                let chosen = sample.chosen(1000, using: comparison.source(name))
                return try comparison.seen(sample, "held-out").selected(at: Tensor(chosen))
            }
        )
        comparison.nearest = try comparison.pairs(found)
        let counts = (drawings: comparison.drawn.count, real: comparison.training.count)
        func one(_ name: String, _ value: Double, _ moreIsBetter: Bool?) -> Measurement {
            Measurement(
                name + comparison.features.mark,
                value,
                drawings: counts.drawings,
                real: counts.real,
                moreIsBetter: moreIsBetter
            )
        }
        var all = [
            one("authenticity", found.authenticity, true),
            one("nearest_training", median(found.distances), nil),
        ]
        if let copies = found.copies {
            all.append(one("nearest_training_held_out", median(found.heldOut), nil))
            all.append(one("near_copies", copies, false))
        }
        return .measured(all)
    }
}

extension Comparison {
    /// The five drawings that lie nearest to a training picture.
    fileprivate func pairs(_ found: Memorisation) throws -> [NearestPair] {
        let limit = found.heldOut.min()
        return try found.distances.indices.sorted { found.distances[$0] < found.distances[$1] }
            .prefix(5).map { place in
                NearestPair(
                    drawing: try drawn.title(place),
                    training: try training.title(found.nearest[place]),
                    distance: found.distances[place],
                    isNearerThanHeldOut: limit.map { found.distances[place] < $0 }
                )
            }
    }
}
