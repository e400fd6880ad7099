import Datasets
import Imaging
import Midjourney
import Torch

extension GeneratorModel {
    /// What looks at codes while they are drawn and shows previews of their pictures.
    ///
    /// The codes that are still missing are those of an empty picture, so that a preview costs no more
    /// than its decoding; it changes nothing of what is drawn.
    ///
    /// - Parameters:
    ///   - previews: How many there are, and who is shown them.
    ///   - indices: The pictures that are wanted, of those that are drawn together.
    ///   - first: The place in the seed's row of the first picture that is drawn.
    /// - Returns: It is told the codes so far; nothing for models that draw no codes.
    func look(
        for previews: DrawingPreviews?,
        of indices: [Int],
        from first: Int
    ) -> (([Tensor]) -> Void)? {
        guard let previews, previews.count > 0 else { return nil }
        if let janus = network as? JanusGenerator {
            return look(previews, of: indices.sorted(), janus)
        }
        guard let tokens = network as? TokenGenerator else { return nil }
        let (indices, settings) = (indices.sorted(), tokens.transformer.settings)
        var stops: [Int: Int] = [:]
        for number in 1...previews.count {
            let place = Int((previews.share(of: number) * Double(settings.places)).rounded())
            guard (1..<settings.places).contains(place) else { continue }
            stops[place * settings.groups] = number
        }
        let rows = Tensor(indices.map { $0 - first }).moved(to: device)
        var empty: Tensor?
        return { [self] codes in
            guard let number = stops[codes.count] else { return }
            let rest = empty ?? emptyCodes(of: tokens)
            empty = rest
            let found = Tensor.stacked(codes, along: 1).selected(at: rows)
            let missing = rest.sliced(codes.count..<settings.length, along: 1)
                .expanded([indices.count, settings.length - codes.count])
            let drawn = Picture.batch(
                of: tokens.pictures(Tensor.concatenated([found, missing], along: 1))
            )
            for (index, picture) in zip(indices, drawn) { previews.show(index, number, picture) }
        }
    }

    /// The codes of a picture that shows nothing: clear where there is transparency, else grey.
    ///
    /// Shape: 1×codes.
    private func emptyCodes(of tokens: TokenGenerator) -> Tensor {
        let hasAlpha = description.channels.isMultiple(of: 2)
        return tokens.tokenizer.codes(
            of: .full(
                [1, description.channels, size.height, size.width],
                hasAlpha ? -1 : 0,
                device: device
            )
        )
    }

    /// Pictures of a seed's row that are drawn at once, so that whoever takes them one after the other
    /// loses no time.
    ///
    /// - Parameter indices: Places in the row.
    /// - Returns: All of them in the order given; each group is of one batch.
    public func batches(of indices: [Int]) -> [[Int]] {
        var batches: [[Int]] = []
        var places: [Int: Int] = [:]
        for index in indices {
            if let place = places[index / batch] {
                batches[place].append(index)
            } else {
                places[index / batch] = batches.count
                batches.append([index])
            }
        }
        return batches
    }
}
