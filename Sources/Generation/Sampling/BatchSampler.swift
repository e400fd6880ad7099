import Adversarial
import Torch

/// Draws the pictures of one batch from latents, in the way of one request.
struct BatchSampler {
    /// Pictures, N×C×H×W, and of each, where that is known, how likely it is, and how well it fits what was asked for.
    struct Drawn {
        var pictures: Tensor
        var likelihood: Tensor?
        var fitness: Tensor?
    }

    /// Draws a batch of pictures.
    let draw: (Tensor) -> Drawn
    /// Draws quickly, to compare candidates; nothing where there is no quicker way.
    let fastSample: ((Tensor) -> Tensor)?
    /// What the discriminator is told that was asked for.
    let labels: Tensor?
    /// The class of each picture, of models of classes.
    let names: [String?]
    /// Whether drawings come with how well they fit what was asked for.
    var knowsFitness = false

    /// Of each picture's candidates the one that is wanted: of some that fit best what was asked for, or that the
    /// discriminator likes best, the unlikeliest.
    ///
    /// Rows that nobody asks for stay as they are.
    func best(
        of candidates: [Tensor],
        rows: [Int],
        sampling: SamplingOptions,
        by critic: Critic?
    ) -> Tensor {
        guard candidates.count > 1 else { return draw(candidates[0]).pictures }
        let wanted = Tensor(rows).moved(to: candidates[0].device)
        let drawn = candidates.map(sketched)
        let scores = drawn.map { drawn in
            if let fitness = drawn.fitness { return fitness.selected(at: wanted).doubles() }
            return critic.map { critic in
                critic.scores(
                    drawn.pictures.selected(at: wanted),
                    labels: labels?.selected(at: wanted)
                ).doubles()
            } ?? [Double](repeating: 0, count: rows.count)
        }
        let likelihoods = drawn.map { $0.likelihood?.selected(at: wanted).doubles() }
        var choice: [Int: Int] = [:]
        for (place, row) in rows.enumerated() {
            let liked = (0..<sampling.unlikeliestOf).map { group in
                let members = group * sampling.quality..<(group + 1) * sampling.quality
                return members.max { scores[$0][place] < scores[$1][place] } ?? members.lowerBound
            }
            choice[row] = liked.min {
                (likelihoods[$0]?[place] ?? 0) < (likelihoods[$1]?[place] ?? 0)
            }
        }
        func chosen(_ tensors: [Tensor]) -> Tensor {
            Tensor.stacked((0..<tensors[0].size(0)).map { tensors[choice[$0] ?? 0].selected($0) })
        }
        return fastSample == nil
            ? chosen(drawn.map(\.pictures)) : draw(chosen(candidates)).pictures
    }

    private func sketched(_ latents: Tensor) -> Drawn {
        fastSample.map { Drawn(pictures: $0(latents)) } ?? draw(latents)
    }
}
