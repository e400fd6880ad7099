import Checks

/// Makes the batch at any position from a cache, an order and an augmentation.
///
/// A pure function of the position: the same batch comes out whenever it is asked for.
public struct BatchLoader: Sendable {
    /// The decoded pictures.
    public let cache: PictureCache

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

    /// Makes a loader.
    ///
    /// Precondition: the order is over as many examples as the cache has.
    public init(
        cache: PictureCache,
        order: BatchOrder,
        augmentation: Augmentation = .none,
        captions: CaptionBook? = nil,
        layout: Batch.Layout = .channelsFirst,
        seed: UInt64 = 0
    ) {
        precondition(
            order.count == cache.count,
            "an order over \(order.count) examples for a cache of \(cache.count)"
        )
        self.cache = cache
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
        let indices = Array(epochOrder[start.offset..<limit])
        let size = cache.bytesPerPicture
        let pixels = [UInt8](unsafeUninitializedCapacity: indices.count * size) { buffer, filled in
            fill(buffer, with: indices, start: start)
            filled = indices.count * size
        }
        return Batch(
            pixels: pixels,
            layout: layout,
            width: cache.width,
            height: cache.height,
            channels: cache.channels,
            labels: indices.map { cache.labels[$0] },
            values: indices.flatMap { cache.values(at: $0) },
            pieces: captions.map { book in
                indices.enumerated().flatMap { place, index in
                    book.row(
                        for: index,
                        epoch: start.epoch,
                        position: start.offset + place
                    )
                }
            } ?? [],
            indices: indices,
            start: start,
            end: order.normalized(DataPosition(epoch: start.epoch, offset: limit))
        )
    }

    private func fill(
        _ buffer: UnsafeMutableBufferPointer<UInt8>,
        with indices: [Int],
        start: DataPosition
    ) {
        guard let base = buffer.baseAddress else { return }
        let size = cache.bytesPerPicture
        let scratch = UnsafeMutablePointer<UInt8>.allocate(capacity: size)
        scratch.initialize(repeating: 0, count: size)
        defer { scratch.deallocate() }
        let warp = PictureWarp(width: cache.width, height: cache.height, channels: cache.channels)
        let isDirect = layout == .channelsLast || cache.channels == 1
        for (place, index) in indices.enumerated() {
            let target = base + place * size
            let drawn = augmentation.draw(
                seed: seed,
                epoch: start.epoch,
                position: start.offset + place,
                width: cache.width,
                height: cache.height
            )
            cache.withPixels(at: index) { picture in
                warp.apply(
                    drawn,
                    fill: augmentation.fill,
                    from: picture.assumingMemoryBound(to: UInt8.self),
                    to: isDirect ? target : scratch
                )
            }
            if !isDirect { separate(scratch, into: target) }
        }
    }

    /// Moves the channels apart.
    ///
    /// Shape: [pixels, channels] to [channels, pixels].
    private func separate(
        _ picture: UnsafePointer<UInt8>,
        into target: UnsafeMutablePointer<UInt8>
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
