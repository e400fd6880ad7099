import Checks

/// Makes the batch at any position from a cache, an order and an augmentation.
///
/// A pure function of the position: the same batch comes out whenever it is asked for.
public struct BatchLoader: Sendable {
    /// The decoded pictures.
    public let cache: PictureCache

    /// What makes the pictures without end; nothing where the decoded ones are all there are.
    public let stream: (any ExampleStream)?

    /// Which examples make up each batch.
    public let order: BatchOrder

    /// What is done to each picture on the way.
    public let augmentation: Augmentation

    /// What each picture is asked for with; nothing where pictures are not asked for with texts.
    public let captions: CaptionBook?

    /// The order of the samples in a batch.
    public let layout: Batch.Layout

    /// The seed of the augmentation.
    public let seed: UInt64

    /// Which of a batch's pictures are made; all of them at first.
    public var share = BatchShare.whole

    /// Makes a loader.
    ///
    /// - Precondition: the order is over as many examples as the cache, or an epoch of the stream, has;
    /// the stream's pictures are of the cache's size.
    public init(
        cache: PictureCache,
        stream: (any ExampleStream)? = nil,
        order: BatchOrder,
        augmentation: Augmentation = .none,
        captions: CaptionBook? = nil,
        layout: Batch.Layout = .channelsFirst,
        seed: UInt64 = 0
    ) {
        let count = stream?.epochLength ?? cache.count
        precondition(
            order.count == count,
            "an order over \(order.count) examples for \(count) pictures"
        )
        self.cache = cache
        self.stream = stream
        self.order = order
        self.augmentation = augmentation
        self.captions = captions
        self.layout = layout
        self.seed = seed
    }

    /// The batch at a position.
    public func batch(at position: DataPosition) -> Batch {
        let start = order.normalized(position)
        return batch(at: start, of: order.order(epoch: start.epoch))
    }

    /// The batch at a position of an epoch whose order is known already.
    func batch(at start: DataPosition, of epochOrder: [Int]) -> Batch {
        let limit = min(start.offset + order.batchSize, order.examplesPerEpoch)
        let places = share.places(of: limit - start.offset)
        let indices = places.map { epochOrder[start.offset + $0] }
        let streamed = streamed(indices, epoch: start.epoch)
        let size = cache.bytesPerPicture
        let pixels = [UInt8](unsafeUninitializedCapacity: indices.count * size) { buffer, filled in
            let bytes = UnsafeMutableRawBufferPointer(buffer)
            switch cache.depth {
            case .eight:
                fill(bytes, of: UInt8.self, with: indices, at: places, streamed, start: start)
            case .sixteen:
                fill(bytes, of: UInt16.self, with: indices, at: places, streamed, start: start)
            }
            filled = indices.count * size
        }
        return Batch(
            pixels: pixels,
            depth: cache.depth,
            layout: layout,
            width: cache.width,
            height: cache.height,
            channels: cache.channels,
            labels: streamed?.map { $0.record.label ?? -1 } ?? indices.map { cache.labels[$0] },
            values: streamed == nil ? indices.flatMap { cache.values(at: $0) } : [],
            pieces: captions.map { book in
                indices.enumerated().flatMap { place, index in
                    let position = start.offset + places[place]
                    guard let example = streamed?[place] else {
                        return book.row(for: index, epoch: start.epoch, position: position)
                    }
                    return book.row(
                        of: example.record.captions,
                        epoch: start.epoch,
                        position: position
                    )
                }
            } ?? [],
            indices: indices,
            start: start,
            end: order.normalized(DataPosition(epoch: start.epoch, offset: limit))
        )
    }

    /// The stream's examples of a batch, made on all cores; nothing where there is no stream.
    private func streamed(_ indices: [Int], epoch: Int) -> [StreamedExample]? {
        guard let stream else { return nil }
        let first = epoch * stream.epochLength
        return OrderedWork(stripLength: 2).map(indices.indices) { place in
            stream.example(number: first + indices[place])
        }
    }

    private func fill<Sample: WarpSample>(
        _ buffer: UnsafeMutableRawBufferPointer,
        of kind: Sample.Type,
        with indices: [Int],
        at places: [Int],
        _ streamed: [StreamedExample]?,
        start: DataPosition
    ) {
        guard let base = buffer.bindMemory(to: Sample.self).baseAddress else { return }
        let size = cache.bytesPerPicture / MemoryLayout<Sample>.stride
        let scratch = UnsafeMutablePointer<Sample>.allocate(capacity: size)
        scratch.initialize(repeating: Sample(rounding: 0), count: size)
        defer { scratch.deallocate() }
        let warp = PictureWarp(width: cache.width, height: cache.height, channels: cache.channels)
        let isDirect = layout == .channelsLast || cache.channels == 1
        for (place, index) in indices.enumerated() {
            let target = base + place * size
            let drawn = augmentation.draw(
                seed: seed,
                epoch: start.epoch,
                position: start.offset + places[place],
                width: cache.width,
                height: cache.height
            )
            func apply(_ picture: UnsafePointer<Sample>) {
                warp.apply(
                    drawn,
                    fill: augmentation.fill,
                    from: picture,
                    to: isDirect ? target : scratch
                )
            }
            if let pixels = streamed?[place].pixels {
                precondition(
                    pixels.count == cache.bytesPerPicture,
                    "a streamed picture of another size"
                )
                pixels.withUnsafeBytes {
                    $0.bindMemory(to: Sample.self).baseAddress.map(apply)
                }
            } else {
                cache.withPixels(at: index) { apply($0.assumingMemoryBound(to: Sample.self)) }
            }
            if !isDirect { separate(scratch, into: target) }
        }
    }

    /// Moves the channels apart.
    ///
    /// Shape: [pixels, channels] to [channels, pixels].
    private func separate<Sample>(
        _ picture: UnsafePointer<Sample>,
        into target: UnsafeMutablePointer<Sample>
    ) {
        let channels = cache.channels
        let pixels = cache.width * cache.height
        for channel in 0..<channels {
            for pixel in 0..<pixels {
                target[channel * pixels + pixel] = picture[pixel * channels + channel]
            }
        }
    }
}
