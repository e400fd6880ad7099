import ImageMetrics
import Torch

extension EvaluationSession {
    /// Drawings and real pictures in the features that they were compared by, for TensorBoard's projector.
    ///
    /// - Parameter limit: Drawings at most, and real training pictures at most.
    /// - Returns: The drawings, and the real pictures behind them.
    /// - Throws: What is wrong with the pictures.
    public func projector(_ limit: Int) throws -> ProjectorView {
        watch("features for the projector")
        let (drawn, training) = (comparison.drawn, comparison.training)
        let near = Memorisation(
            try comparison.seen(drawn, "drawn"),
            training: try comparison.seen(training, "training")
        ).nearest
        func points(_ sample: PictureSample, _ name: String) throws -> [ProjectorView.Point] {
            let isDrawn = name == "drawn"
            let chosen = sample.chosen(limit, using: RandomSource(seed: 0, purpose: "projector"))
            let seen = try comparison.seen(sample, name)
            return try chosen.map { place in
                let label = sample.labels?[place] ?? -1
                return ProjectorView.Point(
                    features: seen.selected(place).doubles(),
                    words: [
                        isDrawn ? "drawing" : "real", try sample.title(place),
                        real.classNames.indices.contains(label) ? real.classNames[label] : "",
                        isDrawn ? try training.title(near[place]) : "",
                    ],
                    picture: picture(sample, place)
                )
            }
        }
        return ProjectorView(
            try points(drawn, "drawn") + points(training, "training"),
            columns: ["kind", "name", "class", "nearest"]
        )
    }
}
