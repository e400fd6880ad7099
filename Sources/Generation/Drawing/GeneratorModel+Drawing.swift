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
        try prepare(request)
        var drawings: [Int: Drawing] = [:]
        let batches = Dictionary(grouping: Set(request.indices)) { $0 / batch }
        for (number, members) in batches.sorted(by: { $0.key < $1.key }) {
            let first = number * batch
            let pictures = inInferenceMode { draw(first, members: members, request, label) }
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
        _ label: Int?
    ) -> [Picture] {
        let wanted = Set(members)
        let rows = (first..<first + batch).map { index in
            wanted.contains(index) ? latents(request.seed, index) : .zeros([1, network.latentSize])
        }
        let inputs = Tensor.concatenated(rows).moved(to: device)
        let labels = labels((first..<first + batch).map { label ?? $0 })
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
    private func truncated(_ latents: Tensor, _ labels: Tensor?, by share: Double) -> Tensor {
        guard share != 1 else { return sampler(latents, labels: labels) }
        if let pixels = network as? any PieceByPiece {
            let parts = latents.split(
                [pixels.draftSize, network.latentSize - pixels.draftSize],
                along: 1
            )
            return sampler(
                Tensor.concatenated([parts[0] * share, parts[1]], along: 1),
                labels: labels
            )
        }
        guard let styled = network as? any StyleGenerator else {
            return sampler(latents * share, labels: labels)
        }
        let styles = styled.mapped(latents, labels: labels)
        return styled.synthesized(styled.truncated(styles, by: share))
    }

    private func latents(_ seed: UInt64, _ index: Int) -> Tensor {
        let source = RandomSource(seed: seed, stream: UInt64(index))
        return description.distribution == "uniform"
            ? .uniform([1, network.latentSize], from: -1, to: 1, using: source)
            : .normal([1, network.latentSize], using: source)
    }

    private func label(_ name: String) throws -> Int {
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
        let number = network.labelCount > 0 ? label ?? index % network.labelCount : nil
        let names = description.classNames
        return Drawing.Record(
            seed: request.seed,
            index: index,
            className: number.map { $0 < names.count ? names[$0] : String($0) },
            truncation: request.truncation == 1 ? nil : request.truncation,
            temperature: request.temperature,
            model: description.recipe,
            weights: file.lastPathComponent,
            images: description.images
        )
    }
}
