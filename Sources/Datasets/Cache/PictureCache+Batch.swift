extension PictureCache {
    /// Properties or measurements of a picture; empty where there are none.
    public func values(at index: Int) -> ArraySlice<Float> {
        values[index * valueCount..<(index + 1) * valueCount]
    }

    /// Pictures as they are, for evaluation.
    ///
    /// - Parameters:
    ///   - numbers: Which pictures.
    ///   - pieces: The pieces of what each is asked for with, one row after the other.
    /// - Returns: The pictures with their labels.
    /// - Precondition: the numbers lie in `0..<count`.
    public func batch(_ numbers: some Collection<Int>, pieces: [Int32]? = nil) -> Batch {
        let pixels = [UInt8](unsafeUninitializedCapacity: numbers.count * bytesPerPicture) {
            buffer,
            filled in
            for (place, index) in numbers.enumerated() {
                withPixels(at: index) { picture in
                    UnsafeMutableRawBufferPointer(buffer).baseAddress?
                        .advanced(by: place * bytesPerPicture)
                        .copyMemory(from: picture, byteCount: bytesPerPicture)
                }
            }
            filled = numbers.count * bytesPerPicture
        }
        return Batch(
            pixels: pixels,
            depth: depth,
            layout: .channelsLast,
            width: width,
            height: height,
            channels: channels,
            labels: numbers.map { labels[$0] },
            values: numbers.flatMap { values(at: $0) },
            pieces: pieces ?? [],
            indices: Array(numbers),
            start: DataPosition(epoch: 0, offset: numbers.first ?? 0),
            end: DataPosition(epoch: 0, offset: (numbers.first ?? 0) + numbers.count)
        )
    }
}
