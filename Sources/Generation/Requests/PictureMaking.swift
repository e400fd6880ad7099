import Foundation
import Imaging
import Prompts
import Requests

/// A request that is being followed by a model.
final class PictureMaking {
    private let model: GeneratorModel
    private let request: PictureRequest
    private let rules: PromptRules
    private let names: [String]
    private let listener: (PictureEvent) throws -> Void
    /// What went wrong where nothing can be thrown.
    private var failure: (any Error)?

    /// A request of which nothing is done.
    init(
        _ model: GeneratorModel,
        _ request: PictureRequest,
        _ rules: PromptRules,
        _ naming: FileNaming,
        _ listener: @escaping (PictureEvent) throws -> Void
    ) {
        (self.model, self.request, self.rules, self.listener) = (model, request, rules, listener)
        names = request.pictures.map { naming($0) }
    }

    private var files: [URL] { request.pictures.map { URL(filePath: $0) } }

    private func tell(_ event: PictureEvent) {
        do { try listener(event) } catch { failure = failure ?? error }
    }

    // MARK: Drawing

    /// Draws all pictures, as many at a time as the model draws at once.
    func draw() throws {
        let pictures = try files.map { try Picture(contentsOf: $0) }
        let mask = try pictures.first.flatMap(self.mask)
        var drawing = try drawingRequest()
        let indices = Array(request.indices)
        let batches =
            switch request.task.name {
            case .inpaint, .outpaint, .tile, .project: indices.map { [$0] }
            default: model.batches(of: indices)
            }
        for (number, batch) in batches.enumerated() {
            drawing.indices = batch
            let watch = { [self] (share: Double) in
                tell(.progress((Double(number) + share) / Double(batches.count)))
            }
            try finish(try results(drawing, pictures, mask, watch))
            watch(1)
            if let failure { throw failure }
        }
    }

    /// Brings drawings to the size that is asked for, and shows those that may be shown.
    private func finish(_ drawings: [Drawing]) throws {
        let kinds = try model.blocked(drawings.map(\.picture), by: rules)
        for (drawing, kind) in zip(drawings, kinds) {
            let index = drawing.record.indices.first ?? 0
            if let kind {
                tell(.blocked(index: index, kind: kind))
            } else {
                let sized = try model.sized(
                    drawing,
                    enlarge: request.enlarge,
                    side: request.side ?? usualSide(of: drawing)
                )
                tell(.picture(index: index, try request.layout.map(sized.laid) ?? sized))
            }
        }
    }

    /// The size of what is drawn whole where none is asked for; what is drawn into pictures keeps theirs.
    private func usualSide(of drawing: Drawing) -> Int? {
        guard request.enlarge == 1 else { return nil }
        switch request.task {
        case .imagine, .vary, .blend: return model.usualSide(of: drawing)
        default: return nil
        }
    }

    /// What is asked for, in the model's own numbers.
    private func drawingRequest() throws -> DrawingRequest {
        var drawing: DrawingRequest
        switch request.task {
        case .imagine, .explore:
            var prompt = request.prompt
            if prompt?.pictures.isEmpty ?? true, !names.isEmpty {
                prompt = prompt ?? Prompt(parts: [])
                prompt?.pictures = names
            }
            drawing =
                try prompt.map { try model.request($0, seed: request.seed, indices: []) }
                ?? model.request(seed: request.seed, indices: [])
        default:
            drawing = try model.edit(request.prompt, of: files, seed: request.seed)
        }
        try rules.check(Prompt(parts: drawing.parts))
        if case .explore(let place) = request.task, let psi = place.psi {
            drawing.sampling.truncation = psi
        }
        drawing.sampling.change(request.sampling)
        drawing.isComposed =
            request.task == .imagine && files.isEmpty
            && request.prompt?.parameters.isRaw != true
        return drawing
    }

    /// The results of some places of the seed's row.
    private func results(
        _ drawing: DrawingRequest,
        _ pictures: [Picture],
        _ mask: PictureMask?,
        _ watch: @escaping (Double) -> Void
    ) throws -> [Drawing] {
        switch request.task {
        case .imagine:
            return try model.imagined(
                drawing,
                from: pictures,
                names: names,
                counting: request.prompt?.parameters.imageWeight ?? 1,
                previews: previews,
                watch: watch
            )
        case .vary(let strength):
            return try model.variations(
                of: pictures[0],
                name: names[0],
                strength,
                drawing,
                previews: previews,
                watch: watch
            )
        case .inpaint:
            guard let mask else { return [] }
            return try model.inpainted(pictures[0], mask, name: names[0], drawing)
        case .outpaint(.zoom(let zoom)):
            return try model.zoomedOut(pictures[0], by: zoom, name: names[0], drawing)
        case .outpaint(let outpainting):
            let sides = Sides(outpainting, of: pictures[0])
            guard !sides.isNone else {
                throw RequestProblem("numbers", expects: "sides of a pixel or more", found: "less")
            }
            return try model.outpainted(pictures[0], sides, name: names[0], drawing)
        case .tile:
            return try model.tiled(pictures[0], name: names[0], drawing)
        case .blend(let weights):
            let weights = weights.isEmpty ? pictures.map { _ in 1 } : weights
            let sum = weights.reduce(0, +)
            return try model.blends(
                of: pictures,
                names: names,
                weights: weights.map { $0 / sum },
                drawing,
                previews: previews,
                watch: watch
            )
        case .explore(let place):
            return [try model.explored(place, drawing)]
        case .project(let steps):
            let projection = try model.projected(
                pictures[0],
                steps: steps,
                DrawingRequest(seed: request.seed, indices: [], parts: drawing.parts),
                watch: watch
            )
            tell(.note("distance " + String(format: "%.4f", projection.distance)))
            return [try model.drawing(of: projection, name: names[0], drawing)]
        case .upscale, .restore, .translate, .style, .wang, .cubeMap, .material:
            return []
        }
    }

    /// What is shown on the way; nothing where finished pictures are looked at first.
    private var previews: DrawingPreviews? {
        guard request.previews > 0, rules.drawn.isEmpty else { return nil }
        let share = DrawingPreviews(request.previews) { _, _, _ in }.share
        return DrawingPreviews(request.previews) { [self] index, number, picture in
            tell(.preview(index: index, number: number, share: share(number), picture))
        }
    }

    /// What is drawn anew of a picture; nothing where nothing is named.
    private func mask(of picture: Picture) throws -> PictureMask? {
        if let region = request.region {
            return PictureMask(
                width: picture.width,
                height: picture.height,
                hiding: region.left..<region.left + region.width,
                region.top..<region.top + region.height
            )
        }
        guard let mask = request.mask else { return nil }
        do {
            return PictureMask(try Picture(contentsOf: URL(filePath: mask)))
        } catch {
            throw GenerationError.badMask(reason: "\(error)")
        }
    }

    // MARK: Repairing

    /// Repairs all pictures, one after the other; each is called by its place.
    func repair() throws {
        for (number, file) in files.enumerated() {
            let picture = try Picture(contentsOf: file)
            let told = try? PictureMetadata(contentsOf: file)
            let drawing = try repaired(picture, names[number], told)
            tell(.picture(index: request.first + number, drawing))
            tell(.progress(Double(number + 1) / Double(files.count)))
            if let failure { throw failure }
        }
    }

    /// What is made of a picture; what its file told it shows is still what was asked for.
    private func repaired(
        _ picture: Picture,
        _ name: String,
        _ told: PictureMetadata?
    ) throws -> Drawing {
        let before = try? told?.drawing(name)
        let typed = before?.prompt ?? before?.className
        switch request.task {
        case .upscale(let times):
            return try model.upscaled(picture, times: times, name: name, typed: typed)
        case .translate(let backwards):
            return try model.translated(picture, backwards: backwards, name: name, typed: typed)
        default:
            return try model.repaired(picture, try mask(of: picture), name: name, typed: typed)
        }
    }
}
