import ImageMetrics
import Torch

extension Comparison {
    /// How near drawings lie to training pictures, and which of them lie nearest.
    func memory() throws -> [Measurement] {
        let found = Memorisation(
            try seen(drawn, "drawn"),
            training: try seen(training, "training"),
            heldOut: try heldOut.map { sample in
                let chosen = sample.chosen(1000, using: source(.memory))
                return try seen(sample, "held-out").selected(at: Tensor(chosen))
            }
        )
        nearest = try pairs(found)
        let counts = (drawings: drawn.count, real: training.count)
        func one(_ name: String, _ value: Double, _ moreIsBetter: Bool?) -> Measurement {
            Measurement(
                name + features.mark,
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
        return all
    }

    /// The five drawings that lie nearest to a training picture.
    private func pairs(_ found: Memorisation) throws -> [NearestPair] {
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
