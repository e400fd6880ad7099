import Checks
import Datasets
import Imaging
import Prompts
import Torch

extension GeneratorModel {
    /// A film from one picture of a seed's row to the next, and on.
    ///
    /// What draws in one step goes through the latent numbers between the pictures'; what draws codes
    /// draws, with the same chances, codes that are near to both pictures in changing shares.
    ///
    /// - Parameters:
    ///   - request: The pictures that the film goes through: two at least.
    ///   - frames: Frames from one picture to the next.
    ///   - isLoop: Whether the last picture leads back to the first, which then ends the film.
    ///   - watch: Told how much of all is drawn, from 0 to 1.
    /// - Returns: The frames, the pictures themselves among them; with a loop the last equals the first.
    /// - Throws: `GenerationError` for what the model cannot do.
    public func film(
        _ request: DrawingRequest,
        frames: Int,
        isLoop: Bool,
        watch: ((Double) -> Void)? = nil
    ) throws -> [Picture] {
        precondition(request.indices.count > 1 && frames > 0, "a film of one picture")
        let sampling = request.sampling
        let isPlain = sampling.quality == 1 && sampling.unlikeliestOf == 1 && sampling.aspect == nil
        guard isPlain, sampling.zoom == 1, !sampling.isTile, sampling.isPanorama != true else {
            throw PromptError(
                .unsupported,
                "films go through plain pictures; leave --quality, --weird, --ar, --zoom, --tile and --panorama out"
            )
        }
        let stops = try draw(request)
        let pairs =
            Array(zip(stops.indices, stops.indices.dropFirst()))
            + (isLoop ? [(stops.count - 1, 0)] : [])
        var film = [stops[0].picture]
        for (number, pair) in pairs.enumerated() {
            for step in 1..<max(frames, 1) {
                let share = Double(step) / Double(frames)
                film.append(try between(request, stops, pair, share))
                watch?((Double(number) + share) / Double(pairs.count))
            }
            film.append(stops[pair.1].picture)
        }
        return film
    }

    /// A picture between two of a request.
    private func between(
        _ request: DrawingRequest,
        _ stops: [Drawing],
        _ pair: (Int, Int),
        _ share: Double
    ) throws -> Picture {
        let indices = [request.indices[pair.0], request.indices[pair.1]]
        guard sampler.drawsCodes else {
            return try inInferenceMode {
                let ends = indices.map { latents(request, $0, count: 1) }
                let mixed = latents.between(ends[0], ends[1], share)
                let row = indices[0]..<indices[0] + 1
                let one = try sampler.artist(for: SampledBatch(indices: row, request: request))
                return Picture.batch(of: one.draw(mixed.moved(to: device)).pictures)[0]
            }
        }
        var edit = request
        edit.indices = [indices[share < 0.5 ? 0 : 1]]
        return try blends(
            of: [stops[pair.0].picture, stops[pair.1].picture],
            names: ["", ""],
            weights: [1 - share, share],
            edit
        )[0].picture
    }
}
