import Datasets
import Imaging
import Requests
import Torch

extension GeneratorModel {
    /// Pictures drawn at once.
    ///
    /// Always as many, filled up with zeros, and a picture always at the same place: so picture
    /// `i` of a seed is the same to the last bit whatever else is asked for.
    var batch: Int { sampler.batch }

    /// Draws pictures, each a function of (model, seed, index, request) alone.
    ///
    /// - Parameters:
    ///   - request: What to draw.
    ///   - previews: What is shown on the way, where codes are drawn and there is one candidate for each
    ///     picture.
    ///   - watch: Told how much of all is drawn, from 0 to 1.
    /// - Returns: A drawing for each index.
    /// - Throws: `GenerationError` for what the model cannot do.
    public func draw(
        _ request: DrawingRequest,
        previews: DrawingPreviews? = nil,
        watch: ((Double) -> Void)? = nil
    ) throws -> [Drawing] {
        try require(.drawing)
        try check(request.sampling)
        if request.isComposed, let scene = scene(of: request) {
            return try composed(scene, request, watch: watch)
        }
        var drawings: [Int: Drawing] = [:]
        let batches = Dictionary(grouping: Set(request.indices)) { $0 / batch }
        for (done, (number, members)) in batches.sorted(by: { $0.key < $1.key }).enumerated() {
            let first = number * batch
            let hasOne = request.sampling.quality == 1 && request.sampling.unlikeliestOf == 1
            let look =
                hasOne ? look(for: previews, of: members, from: first, request.sampling) : nil
            let artist = try sampler.artist(
                for: SampledBatch(indices: first..<first + batch, request: request, look: look) {
                    watch?((Double(done) + $0) / Double(batches.count))
                }
            )
            // What tells by itself how well a drawing fits needs nobody else's word.
            let critic = request.sampling.quality > 1 && !artist.knowsFitness ? try critic() : nil
            let pictures = inInferenceMode {
                let candidates = candidates(first, members: Set(members), request)
                let rows = members.map { $0 - first }
                return Picture.batch(
                    of: artist.best(
                        of: candidates,
                        rows: rows,
                        sampling: request.sampling,
                        by: critic
                    ),
                    depth: request.depth
                )
            }
            for index in members {
                drawings[index] = Drawing(
                    picture: pictures[index - first],
                    record: record(index, request, artist.names[index - first])
                )
            }
        }
        return try request.indices.compactMap { try drawings[$0].map { try finished($0, request) } }
    }

    /// Drafts of pictures, quickly drawn; nil where there is no quicker way than drawing them.
    ///
    /// - Throws: `GenerationError` for a class that the model does not have.
    public func drafts(_ request: DrawingRequest) throws -> [Picture]? {
        var drafts: [Int: Picture] = [:]
        for (number, members) in Dictionary(grouping: Set(request.indices), by: { $0 / batch }) {
            let first = number * batch
            let artist = try sampler.artist(
                for: SampledBatch(indices: first..<first + batch, request: request)
            )
            guard let fastSample = artist.fastSample else { return nil }
            let pictures = inInferenceMode {
                Picture.batch(of: fastSample(candidates(first, members: Set(members), request)[0]))
            }
            for index in members { drafts[index] = pictures[index - first] }
        }
        return request.indices.compactMap { drafts[$0] }
    }

    /// A drawing in the shape that was asked for.
    func finished(_ drawing: Drawing, _ request: DrawingRequest) throws -> Drawing {
        let sampling = request.sampling
        var edit = request
        edit.indices = drawing.record.indices
        var picture = drawing.picture
        if sampling.zoom > 1 {
            picture = try zoomedOut(picture, by: sampling.zoom, name: "", edit)[0].picture
        }
        if let aspect = sampling.aspect {
            let margins = Sides(of: picture, toReach: (aspect[0], aspect[1]))
            picture = try outpainted(picture, margins, name: "", edit)[0].picture
        }
        if sampling.isTile { picture = try tiled(picture, name: "", edit)[0].picture }
        if sampling.isPanorama == true { picture = try panorama(from: picture, edit) }
        return Drawing(picture: picture, record: drawing.record)
    }

    /// Latents of a batch's pictures, once for every candidate: zeros where none is asked for.
    private func candidates(
        _ first: Int,
        members: Set<Int>,
        _ request: DrawingRequest
    ) -> [Tensor] {
        let count = request.sampling.quality * request.sampling.unlikeliestOf
        let rows = (first..<first + batch).map { index in
            members.contains(index)
                ? latents(request, index, count: count) : .zeros([count, latents.size])
        }
        let all = Tensor.stacked(rows, along: 1).moved(to: device)
        return (0..<count).map { all.selected($0) }
    }

    /// What looks at codes while they are drawn and shows previews; nothing for models that draw no codes.
    func look(
        for previews: DrawingPreviews?,
        of indices: [Int],
        from first: Int,
        _ sampling: SamplingOptions
    ) -> (([Tensor]) -> Void)? {
        guard let previews, previews.count > 0 else { return nil }
        return sampler.look(for: previews, of: indices.sorted(), from: first, sampling)
    }

    /// Refuses what the model cannot do.
    private func check(_ sampling: SamplingOptions) throws {
        if sampling.temperature != nil { try require(.temperature) }
        if sampling.truncation != 1 { try require(.truncation) }
        if sampling.styles != nil { try require(.styles) }
        if sampling.guidance != 1 || sampling.topP < 1 || sampling.sampledFraction < 1
            || sampling.unlikeliestOf > 1
        {
            try require(.guidance)
        }
        if sampling.noiseSpread != nil { try require(.variety) }
        if sampling.steps != nil { try require(.stepping) }
        if sampling.isPlaced { try require(.placing) }
        if sampling.isPanorama == true { try require(.wrapping) }
    }

    func record(_ index: Int, _ request: DrawingRequest, _ name: String?) -> Drawing.Record {
        Drawing.Record(
            prompt: request.typed,
            parts: request.parts,
            readings: request.readings.isEmpty ? nil : request.readings,
            className: name,
            seed: request.seed,
            indices: [index],
            sampling: request.sampling,
            model: description.recipe,
            weights: ([file.lastPathComponent] + additions).joined(separator: " + "),
            digest: digest,
            images: description.images
        )
    }
}
