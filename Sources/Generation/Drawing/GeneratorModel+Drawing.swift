import Adversarial
import Imaging
import Midjourney
import Torch

extension GeneratorModel {
    /// Pictures drawn at once: as many as bring kept kernels to full speed.
    ///
    /// Always as many, filled up with zeros, and a picture always at the same place: so picture
    /// `i` of a seed is the same to the last bit whatever else is asked for.
    ///
    /// What draws pixel by pixel takes its time for each picture.
    private var batch: Int { network is any PieceByPiece ? 8 : 64 }

    /// Draws pictures, each a function of (model, seed, index, class) alone.
    ///
    /// - Throws: `GenerationError` for a class that the model does not have.
    public func draw(_ request: DrawingRequest) throws -> [Drawing] {
        let label = try request.className.map(label)
        if request.text != nil, !isAskedWithWords {
            throw GenerationError.noTexts(model: description.recipe)
        }
        try prepare(request)
        let critic = request.quality > 1 ? try critic() : nil
        var drawings: [Int: Drawing] = [:]
        let batches = Dictionary(grouping: Set(request.indices)) { $0 / batch }
        for (number, members) in batches.sorted(by: { $0.key < $1.key }) {
            let first = number * batch
            let pictures = inInferenceMode {
                draw(first, members: members, request, label, critic)
            }
            for index in members {
                drawings[index] = Drawing(
                    picture: pictures[index - first],
                    record: record(index, request, label)
                )
            }
        }
        return request.indices.compactMap { drawings[$0] }
    }

    private func draw(
        _ first: Int,
        members: [Int],
        _ request: DrawingRequest,
        _ label: Int?,
        _ critic: Critic?
    ) -> [Picture] {
        let labels =
            textRows.map { texts($0.row(request.text ?? "")) }
            ?? labels((first..<first + batch).map { label ?? $0 })
        let candidates = candidates(first, members: Set(members), request)
        let inputs =
            critic.map {
                best(of: candidates, labels, request, rows: members.map { $0 - first }, by: $0)
            } ?? candidates[0]
        let drawn = truncated(inputs, labels, by: request.truncation)
        let (count, channels, height, width) = drawn.shape4
        return Picture.batch(
            count: count,
            width: width,
            height: height,
            channels: channels,
            values: drawn.floats(),
            layout: .planar
        )
    }

    /// Latents of a batch's pictures, once for every candidate: zeros where none is asked for.
    private func candidates(
        _ first: Int,
        members: Set<Int>,
        _ request: DrawingRequest
    ) -> [Tensor] {
        let rows = (first..<first + batch).map { index in
            members.contains(index)
                ? latents(request.seed, index, count: request.quality)
                : .zeros([request.quality, network.latentSize])
        }
        let all = Tensor.stacked(rows, along: 1).moved(to: device)
        return (0..<request.quality).map { all.selected($0) }
    }

    /// Of each picture's candidates the one that the discriminator likes best.
    ///
    /// Where drafts are drawn again, drafts are compared. Rows that nobody asks for stay as they are.
    private func best(
        of candidates: [Tensor],
        _ labels: Tensor?,
        _ request: DrawingRequest,
        rows: [Int],
        by critic: Critic
    ) -> Tensor {
        let wanted = Tensor(rows).moved(to: device)
        let scores = candidates.map { latents in
            critic.scores(
                truncated(latents, labels, by: request.truncation, isSketch: true)
                    .selected(at: wanted),
                // Words name no class.
                labels: isAskedWithWords ? nil : labels?.selected(at: wanted)
            )
        }
        let best = Tensor.stacked(scores, along: 1).argmax(along: 1).elements(as: Int.self)
        let choice = Dictionary(uniqueKeysWithValues: zip(rows, best))
        return Tensor.stacked(
            (0..<batch).map { candidates[choice[$0] ?? 0].selected($0) }
        )
    }

    /// Labels of a batch's pictures that all ask with the same pieces.
    private func texts(_ pieces: [Int32]) -> Tensor {
        let row = [0] + pieces.map(Int.init)
        return Tensor((0..<batch).flatMap { _ in row }, shape: [batch, row.count])
            .moved(to: device)
    }

    /// Labels of pictures that ask for these classes, or properties, in turn.
    private func labels(_ numbers: [Int]) -> Tensor? {
        guard network.labelCount > 0 else { return nil }
        let classes = Tensor(numbers.map { $0 % network.labelCount }).moved(to: device)
        return description.labelKind == "classes"
            ? classes : classes.oneHot(classes: network.labelCount)
    }

    /// Sets how freely pixels are drawn; refuses what the model cannot do.
    private func prepare(_ request: DrawingRequest) throws {
        guard let pixels = network as? any PieceByPiece else {
            if request.temperature != nil {
                throw GenerationError.noTemperature(model: description.recipe)
            }
            return
        }
        if request.truncation != 1, pixels.draftSize == 0 {
            throw GenerationError.noTruncation(model: description.recipe)
        }
        pixels.temperature = request.temperature ?? 1
    }

    /// Drawings nearer to the mean one: in style where there are styles, in latents elsewhere.
    private func truncated(
        _ latents: Tensor,
        _ labels: Tensor?,
        by share: Double,
        isSketch: Bool = false
    ) -> Tensor {
        func draw(_ latents: Tensor) -> Tensor {
            (isSketch ? network.sketch(latents, labels: labels) : nil)
                ?? sampler(latents, labels: labels)
        }
        guard share != 1 else { return draw(latents) }
        if let pixels = network as? any PieceByPiece {
            let parts = latents.split(
                [pixels.draftSize, network.latentSize - pixels.draftSize],
                along: 1
            )
            return draw(Tensor.concatenated([parts[0] * share, parts[1]], along: 1))
        }
        guard let styled = network as? any StyleGenerator else {
            return draw(latents * share)
        }
        let styles = styled.mapped(latents, labels: labels)
        return styled.synthesized(styled.truncated(styles, by: share))
    }

    /// Latents of a picture's candidates; the first is the same however many there are.
    private func latents(_ seed: UInt64, _ index: Int, count: Int) -> Tensor {
        let source = RandomSource(seed: seed, stream: UInt64(index))
        return Tensor.concatenated(
            (0..<count).map { _ in
                description.distribution == "uniform"
                    ? .uniform([1, network.latentSize], from: -1, to: 1, using: source)
                    : .normal([1, network.latentSize], using: source)
            }
        )
    }

    private func label(_ name: String) throws -> Int {
        guard !isAskedWithWords else { throw GenerationError.onlyTexts(model: description.recipe) }
        guard network.labelCount > 0 else {
            throw GenerationError.noClasses(model: description.recipe)
        }
        let names = description.classNames
        if let place = names.firstIndex(of: name) { return place }
        guard let number = Int(name), (0..<network.labelCount).contains(number) else {
            throw GenerationError.unknownClass(name, known: names)
        }
        return number
    }

    private func record(_ index: Int, _ request: DrawingRequest, _ label: Int?) -> Drawing.Record {
        let number =
            network.labelCount > 0 && !isAskedWithWords ? label ?? index % network.labelCount : nil
        let names = description.classNames
        return Drawing.Record(
            seed: request.seed,
            index: index,
            className: number.map { $0 < names.count ? names[$0] : String($0) },
            text: request.text,
            truncation: request.truncation == 1 ? nil : request.truncation,
            temperature: request.temperature,
            quality: request.quality == 1 ? nil : request.quality,
            model: description.recipe,
            weights: file.lastPathComponent,
            images: description.images
        )
    }
}
