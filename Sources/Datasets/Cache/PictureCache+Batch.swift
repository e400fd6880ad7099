extension PictureCache {
    /// Properties or measurements of a picture; empty where there are none.
    public func values(at index: Int) -> ArraySlice<Float> {
        values[index * valueCount..<(index + 1) * valueCount]
    }

    /// The pictures of a range as they are, for evaluation.
    ///
    /// - Precondition: the range lies in `0..<count`.
    public func batch(_ range: Range<Int>) -> Batch {
        let pixels = [UInt8](unsafeUninitializedCapacity: range.count * bytesPerPicture) {
            buffer,
            filled in
            for (place, index) in range.enumerated() {
                withPixels(at: index) { picture in
                    UnsafeMutableRawBufferPointer(buffer).baseAddress?
                        .advanced(by: place * bytesPerPicture)
                        .copyMemory(from: picture, byteCount: bytesPerPicture)
                }
            }
            filled = range.count * bytesPerPicture
        }
        return Batch(
            pixels: pixels,
            layout: .channelsLast,
            width: width,
            height: height,
            channels: channels,
            labels: Array(labels[range]),
            values: range.flatMap { values(at: $0) },
            indices: Array(range),
            start: DataPosition(epoch: 0, offset: range.lowerBound),
            end: DataPosition(epoch: 0, offset: range.upperBound)
        )
    }
}
