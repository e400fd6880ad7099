import Autoregressive
import Checks
import Datasets
import Foundation
import Imaging
import Midjourney
import Runs
import TextTokens
import Torch
import Weights

/// A model as others have published it: a folder.
struct PublishedModel {
    let network: JanusGenerator
    let prompt: JanusPrompt
    let description: ModelDescription
    let digest: String

    /// Reads a folder; its weights stay where they are.
    ///
    /// - Throws: `GenerationError.otherModel` for one that is not known here, what reading throws.
    init(_ url: URL, device: Device) throws {
        let folder = try PublishedFolder(url)
        let weights = try Self.weights(folder)
        // The small file first: it says soonest that something is wrong.
        let prompt = try JanusPrompt(
            folder.text("tokenizer.json"),
            pieces: weights.settings.pieces
        )
        let tokenizer = try weights.tokenizer(read: folder.tensor)
        tokenizer.move(to: device)
        let network = JanusGenerator(
            try weights.transformer(on: device, read: folder.tensor),
            tokenizer,
            open: prompt.open(prompt.asking("").count)
        )
        (self.network, self.prompt) = (network, prompt)
        let name = url.lastPathComponent
        description = ModelDescription(
            family: "janus",
            settings: .section([:]),
            size: [network.side, network.side],
            channels: 3,
            labels: 0,
            labelKind: "captions",
            recipe: name,
            set: "",
            images: 0,
            distribution: "normal",
            classNames: []
        )
        let digits = try folder.files.map { try XXHash64.digits(of: $0) }
        digest =
            digits.count == 1
            ? digits[0]
            : String(XXHash64.hash(digits.joined(separator: " ")), radix: 16)
    }

    private static func weights(_ folder: PublishedFolder) throws -> JanusWeights {
        let kind =
            (try? JSONSerialization.jsonObject(with: folder.configuration) as? [String: Any])?[
                "model_type"
            ] as? String
        guard let kind, ["janus", "multi_modality"].contains(kind) else {
            throw GenerationError.otherModel(path: folder.url.path, kind: kind ?? "none")
        }
        return try JanusWeights(
            configuration: folder.configuration,
            shapes: folder.shapes,
            origin: folder.url.path
        )
    }

    /// Checks names and shapes of a folder's tensors, and its tokenizer, without reading the weights.
    ///
    /// - Returns: The bytes of its weights.
    static func check(_ url: URL) throws -> Int {
        let folder = try PublishedFolder(url)
        let weights = try weights(folder)
        _ = try JanusPrompt(folder.text("tokenizer.json"), pieces: weights.settings.pieces)
        return try folder.files.reduce(0) { sum, file in
            let facts = try FileManager.default.attributesOfItem(
                atPath: file.resolvingSymlinksInPath().path
            )
            return sum + (facts[.size] as? Int ?? 0)
        }
    }
}

extension GeneratorModel {
    /// What draws the pictures of a batch with a published Janus: those that are wanted alone, each the same
    /// beside any others.
    func artist(
        _ indices: Range<Int>,
        _ request: DrawingRequest,
        _ janus: JanusGenerator,
        _ look: (([Tensor]) -> Void)?,
        _ watch: @escaping (Double) -> Void
    ) throws -> Artist {
        guard let janusPrompt else { preconditionFailure("a Janus without its tokenizer") }
        let wish = try janusPrompt.wish(request)
        let wanted = indices.filter(request.indices.contains).map { $0 - indices.lowerBound }
        let places = Tensor(wanted).moved(to: device)
        let back = Tensor(
            (0..<indices.count).map { wanted.firstIndex(of: $0) ?? wanted.count }
        ).moved(to: device)
        let length = Double(janus.transformer.settings.places)
        /// Rows of those that are wanted at their places among all, zeros for the others.
        func spread(_ rows: Tensor) -> Tensor {
            let empty = Tensor.zeros([1] + rows.shape.dropFirst(), device: device)
            return Tensor.concatenated([rows, empty]).selected(at: back)
        }
        return Artist(
            draw: { latents in
                let found = janus.transformer.drawn(
                    wish,
                    request.manner.sampling,
                    by: janus.chances(latents.selected(at: places)),
                    watch: { codes in
                        watch(Double(codes.count) / length)
                        look?(codes)
                    }
                )
                return (spread(janus.pictures(found.codes)), spread(found.likelihood))
            },
            sketch: nil,
            labels: nil,
            names: indices.map { _ in nil }
        )
    }

    /// What shows previews while a published Janus draws: codes that are still missing are those of grey.
    func look(
        _ previews: DrawingPreviews,
        of indices: [Int],
        _ janus: JanusGenerator
    ) -> ([Tensor]) -> Void {
        let places = janus.transformer.settings.places
        var stops: [Int: Int] = [:]
        for number in 1...previews.count {
            let place = Int((previews.share(of: number) * Double(places)).rounded())
            if (1..<places).contains(place) { stops[place] = number }
        }
        var empty: Tensor?
        return { [self] codes in
            guard let number = stops[codes.count] else { return }
            let rest =
                empty
                ?? janus.tokenizer.codes(
                    of: .full([1, 3, janus.side, janus.side], 0, device: device)
                )
            empty = rest
            let missing = rest.sliced(codes.count..<places, along: 1)
                .expanded([indices.count, places - codes.count])
            let found = Tensor.stacked(codes, along: 1)
            let drawn = Picture.batch(
                of: janus.pictures(Tensor.concatenated([found, missing], along: 1))
            )
            for (index, picture) in zip(indices, drawn) { previews.show(index, number, picture) }
        }
    }
}
