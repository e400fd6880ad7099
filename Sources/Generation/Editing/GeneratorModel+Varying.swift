import Autoregressive
import Datasets
import Imaging
import Midjourney
import Requests
import Torch

extension VariationStrength {
    /// What a code that is exactly the picture's is likelier by, in nats.
    var pull: Double { self == .subtle ? 10 : 5 }

    /// The share of its steps that are drawn anew, where a picture is drawn in several.
    var steps: Double { self == .subtle ? 0.35 : 0.7 }

    /// What new latent numbers count beside those of the picture, where it is drawn in one step.
    var share: Double { self == .subtle ? 0.15 : 0.5 }
}

extension GeneratorModel {
    /// Variations of a picture: drawn anew, codes near to the picture's being likelier; what draws in one
    /// step draws around the place of the picture among its drawings, and what draws in several forgets a part of the
    /// picture and draws the last of them.
    ///
    /// - Parameters:
    ///   - picture: Any picture; one of another size is brought to the model's.
    ///   - name: Of its file.
    ///   - strength: How far they go.
    ///   - request: What is asked for, and which variations.
    ///   - previews: What is shown on the way, where codes are drawn.
    ///   - watch: Told how much of all is drawn, from 0 to 1.
    /// - Returns: As many as were asked for.
    /// - Throws: `GenerationError.noEditing` for models that draw pixel by pixel.
    public func variations(
        of picture: Picture,
        name: String,
        _ strength: VariationStrength,
        _ request: DrawingRequest,
        previews: DrawingPreviews? = nil,
        watch: ((Double) -> Void)? = nil
    ) throws -> [Drawing] {
        try require(.drawing)
        if let space = sampler.space {
            return try variations(
                around: projected(picture, steps: 200, request),
                in: space,
                strength.share,
                request,
                Edit("vary", of: [name], ["share": strength.share])
            )
        }
        if let partial = sampler.partial {
            let own = ownNumbers(picture)
            let edit = Edit("vary", of: [name], ["strength": strength.steps])
            return try drawings(request, edit, previews, watch) { batch, latents in
                try partial.redrawn(own, strength: strength.steps, batch, by: latents)
            }
        }
        let edit = Edit("vary", of: [name], ["pull": strength.pull])
        return try drawings(
            near: [picture],
            weights: [strength.pull],
            request,
            edit,
            previews,
            watch
        )
    }

    /// Pictures between several: codes near to what all of them show, as far as they are likely beside
    /// each other.
    ///
    /// - Parameters:
    ///   - pictures: Two or more, or one that words go with.
    ///   - names: Of their files.
    ///   - weights: What each counts; all together one, or less where words count, too.
    ///   - request: What is asked for, and which results.
    ///   - previews: What is shown on the way.
    ///   - watch: Told how much of all is drawn, from 0 to 1.
    /// - Returns: As many as were asked for.
    /// - Throws: `GenerationError.noEditing` for models that draw no codes.
    public func blends(
        of pictures: [Picture],
        names: [String],
        weights: [Double],
        _ request: DrawingRequest,
        previews: DrawingPreviews? = nil,
        watch: ((Double) -> Void)? = nil
    ) throws -> [Drawing] {
        let named = zip(names.indices.map { "weight \($0)" }, weights)
        let edit = Edit("blend", of: names, Dictionary(named) { first, _ in first })
        return try drawings(
            near: pictures,
            weights: weights.map { $0 * GeneratorModel.pull },
            request,
            edit,
            previews,
            watch
        )
    }

    /// What a code that is exactly what a picture shows is likelier by, in nats.
    private static let pull = 12.0

    /// Drawings whose codes are likelier the nearer they are to what pictures show; the weights say by
    /// how many nats a code is likelier that is exactly a picture's own.
    private func drawings(
        near pictures: [Picture],
        weights: [Double],
        _ request: DrawingRequest,
        _ edit: Edit,
        _ previews: DrawingPreviews?,
        _ watch: ((Double) -> Void)?
    ) throws -> [Drawing] {
        guard let near = sampler.near else {
            throw GenerationError.noEditing(edit.name, model: description.recipe)
        }
        let nearness = inInferenceMode {
            near.nearness(to: Tensor.concatenated(pictures.map(ownNumbers)), weights: weights)
        }
        return try drawings(request, edit, previews, watch) { batch, latents in
            try near.drawn(near: nearness, batch, by: latents)
        }
    }

    /// Results of latent numbers of their own, with previews on the way.
    private func drawings(
        _ request: DrawingRequest,
        _ edit: Edit,
        _ previews: DrawingPreviews?,
        _ watch: ((Double) -> Void)?,
        draw: (SampledBatch, Tensor) throws -> Tensor
    ) throws -> [Drawing] {
        let batches = Double(self.batches(of: request.indices).count)
        var done = 0.0
        return try drawings(request, edit) { rows in
            let members = Set(request.indices.filter(rows.contains)).sorted()
            defer { done += 1 }
            return try draw(
                SampledBatch(
                    indices: rows,
                    request: request,
                    look: look(
                        for: previews,
                        of: members,
                        from: rows.lowerBound,
                        request.sampling
                    ),
                    watch: { watch?((done + $0) / batches) }
                ),
                Tensor.concatenated(rows.map { new(request.seed, $0) })
            )
        }
    }

    /// Latent numbers of one result.
    ///
    /// Shape: 1×latents.
    private func new(_ seed: UInt64, _ index: Int) -> Tensor {
        .normal(
            [1, latents.size],
            using: RandomSource(seed: seed, stream: UInt64(index))
        ).moved(to: device)
    }

    /// Results, some at a time, always as many and each at its own place: so result `i` of a seed is
    /// the same to the last bit whatever else is asked for.
    func drawings(
        _ request: DrawingRequest,
        _ edit: Edit,
        draw: (Range<Int>) throws -> Tensor
    ) throws -> [Drawing] {
        var drawings: [Int: Drawing] = [:]
        for number in Set(request.indices.map { $0 / batch }).sorted() {
            let rows = number * batch..<(number + 1) * batch
            let drawn = try inInferenceMode { Picture.batch(of: try draw(rows)) }
            for index in request.indices where rows.contains(index) {
                drawings[index] = edited(drawn[index - rows.lowerBound], index, request, edit)
            }
        }
        return request.indices.compactMap { drawings[$0] }
    }

    /// A result with what it was made from.
    func edited(
        _ picture: Picture,
        _ index: Int,
        _ request: DrawingRequest,
        _ edit: Edit
    ) -> Drawing {
        var record = record(index, request, nil)
        record.edit = edit
        return Drawing(picture: picture, record: record)
    }
}
