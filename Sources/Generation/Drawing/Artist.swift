import Adversarial
import Autoregressive
import Midjourney
import Torch

/// Draws the pictures of one batch from latents, in the way of one request.
struct Artist {
    /// Pictures, N×C×H×W, and how likely each is where that is known.
    typealias Drawn = (pictures: Tensor, likelihood: Tensor?)

    /// Draws.
    let draw: (Tensor) -> Drawn
    /// Draws quickly, to compare candidates; nothing where there is no quicker way.
    let sketch: ((Tensor) -> Tensor)?
    /// What the discriminator is told that was asked for.
    let labels: Tensor?
    /// The class of each picture, of models of classes.
    let names: [String?]

    /// Of each picture's candidates the one that is wanted: of some that the discriminator likes best
    /// the unlikeliest.
    ///
    /// Rows that nobody asks for stay as they are.
    func best(
        of candidates: [Tensor],
        rows: [Int],
        manner: DrawingManner,
        by critic: Critic?
    ) -> Tensor {
        guard candidates.count > 1 else { return draw(candidates[0]).pictures }
        let wanted = Tensor(rows).moved(to: candidates[0].device)
        let drawn = candidates.map(sketched)
        let scores = drawn.map { drawn in
            critic.map { critic in
                critic.scores(
                    drawn.pictures.selected(at: wanted),
                    labels: labels?.selected(at: wanted)
                ).doubles()
            } ?? [Double](repeating: 0, count: rows.count)
        }
        let likelihoods = drawn.map { $0.likelihood?.selected(at: wanted).doubles() }
        var choice: [Int: Int] = [:]
        for (place, row) in rows.enumerated() {
            let liked = (0..<manner.oddity).map { group in
                let members = group * manner.quality..<(group + 1) * manner.quality
                return members.max { scores[$0][place] < scores[$1][place] } ?? members.lowerBound
            }
            choice[row] = liked.min {
                (likelihoods[$0]?[place] ?? 0) < (likelihoods[$1]?[place] ?? 0)
            }
        }
        func chosen(_ tensors: [Tensor]) -> Tensor {
            Tensor.stacked((0..<tensors[0].size(0)).map { tensors[choice[$0] ?? 0].selected($0) })
        }
        return sketch == nil
            ? chosen(drawn.map(\.pictures)) : draw(chosen(candidates)).pictures
    }

    private func sketched(_ latents: Tensor) -> Drawn {
        sketch.map { ($0(latents), nil) } ?? draw(latents)
    }
}

extension GeneratorModel {
    /// What draws the pictures of a batch.
    ///
    /// - Parameters:
    ///   - indices: The batch's places in the seed's row.
    ///   - request: What is asked for, and how.
    ///   - look: Told the codes so far, where codes are drawn.
    ///   - watch: Told how much of the batch is drawn, from 0 to 1.
    /// - Returns: It draws that batch alone.
    /// - Throws: `GenerationError` for a class that the model does not have.
    func artist(
        _ indices: Range<Int>,
        _ request: DrawingRequest,
        look: (([Tensor]) -> Void)? = nil,
        watch: @escaping (Double) -> Void
    ) throws -> Artist {
        if let tokens = network as? TokenGenerator {
            return try artist(indices, request, tokens, look, watch)
        }
        if let janus = network as? JanusGenerator {
            return try artist(indices, request, janus, look, watch)
        }
        let label = try singleLabel(request)
        let numbers = indices.map { label ?? $0 % max(network.labelCount, 1) }
        let labels = labels(numbers)
        (network as? any PieceByPiece)?.temperature = request.manner.temperature ?? 1
        let manner = request.manner
        let hasSketch = network is RefinedGenerator
        return Artist(
            draw: { [self] latents in
                (placed(latents, labels, manner, sampler.callAsFunction), nil)
            },
            sketch: hasSketch
                ? { [self] latents in
                    placed(latents, labels, manner) { latents, labels in
                        network.sketch(latents, labels: labels)
                            ?? sampler(latents, labels: labels)
                    }
                } : nil,
            labels: labels,
            names: numbers.map { labels == nil ? nil : className($0) }
        )
    }

    /// What draws codes and their pictures.
    private func artist(
        _ indices: Range<Int>,
        _ request: DrawingRequest,
        _ tokens: TokenGenerator,
        _ look: (([Tensor]) -> Void)?,
        _ watch: @escaping (Double) -> Void
    ) throws -> Artist {
        let wish = try wish(request, for: indices, of: tokens.transformer)
        let sampling = request.manner.sampling
        let length = Double(tokens.transformer.settings.length)
        let names = try classes(request, for: indices)
        return Artist(
            draw: { latents in
                let found = tokens.transformer.drawn(
                    wish,
                    sampling,
                    by: tokens.chances(latents),
                    watch: { codes in
                        watch(Double(codes.count) / length)
                        look?(codes)
                    }
                )
                return (tokens.pictures(found.codes), found.likelihood)
            },
            sketch: nil,
            labels: names.map { Tensor($0).moved(to: device) },
            names: names?.map(className) ?? indices.map { _ in nil }
        )
    }

    /// The name of a class, or its number where it has none.
    private func className(_ number: Int) -> String {
        let names = description.classNames
        return number < names.count ? names[number] : String(number)
    }

    /// Labels of pictures that ask for these classes, or properties, in turn.
    func labels(_ numbers: [Int]) -> Tensor? {
        guard network.labelCount > 0 else { return nil }
        let classes = Tensor(numbers.map { $0 % network.labelCount }).moved(to: device)
        return description.labelKind == "classes"
            ? classes : classes.oneHot(classes: network.labelCount)
    }
}

extension DrawingManner {
    /// How codes are chosen.
    var sampling: TokenSampling {
        var sampling = TokenSampling()
        sampling.temperature = temperature ?? 1
        sampling.topP = topP
        sampling.chanceShare = chanceShare
        return sampling
    }
}
