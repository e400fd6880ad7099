import Foundation

/// The values of a NIfTI file, cut into slices.
public struct NIfTIVolume: Sendable {
    /// What the file says of itself.
    public let header: NIfTIHeader
    private let bytes: ScanBytes

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - data: The whole file, unpacked.
    ///   - name: What errors call it.
    /// - Throws: `ScanError` where the values are not all there.
    public init(_ data: Data, name: String) throws {
        header = try NIfTIHeader(data, name: name)
        bytes = ScanBytes(data, name: name)
        let wanted = try header.byteCount(name: name)
        guard bytes.has(wanted, at: header.offset) else {
            throw bytes.ends(before: wanted, at: header.offset)
        }
    }

    /// How many slices lie in a plane.
    public static func sliceCount(_ plane: ScanPlane, of header: NIfTIHeader) -> Int {
        header.sizes[header.axes.axes[plane.through].place]
    }

    /// A slice as it is usually looked at: the patient's right to the left.
    ///
    /// - Parameters:
    ///   - plane: How it lies.
    ///   - number: Which, counted from the feet, the back or the left.
    ///   - volume: Of which volume, where several follow one another.
    /// - Returns: The slice.
    /// - Throws: `ScanError` where there is none of that number.
    public func slice(_ plane: ScanPlane, _ number: Int, volume: Int = 0) throws -> ScanSlice {
        let axes = header.axes.axes
        let through = axes[plane.through]
        let (columns, rows) = (axes[plane.across.columns], axes[plane.across.rows])
        let sizes = header.sizes
        guard (0..<sizes[through.place]).contains(number), (0..<header.volumes).contains(volume)
        else { throw bytes.damage("has no \(plane.rawValue) slice \(number) of volume \(volume)") }
        let steps = [1, sizes[0], sizes[0] * sizes[1]]
        let (width, height) = (sizes[columns.place], sizes[rows.place])
        // Pictures go to the patient's left, to the back, to the feet.
        func start(_ axis: VolumeAxes.Axis, _ place: Int) -> Int {
            (axis.isForward ? sizes[axis.place] - 1 - place : place) * steps[axis.place]
        }
        let layer = through.isForward ? number : sizes[through.place] - 1 - number
        let base = volume * sizes[0] * sizes[1] * sizes[2] + layer * steps[through.place]
        let (type, isBig) = (header.type, header.isBig)
        let values = bytes.data.withUnsafeBytes { raw -> [Double] in
            var values: [Double] = []
            values.reserveCapacity(width * height)
            for y in 0..<height {
                let row = base + start(rows, y)
                for x in 0..<width {
                    let place = header.offset + (row + start(columns, x)) * type.bytes
                    let value = type.value(raw, place, isBig: isBig)
                    values.append(value * header.slope + header.intercept)
                }
            }
            return values
        }
        let slice = ScanSlice(
            width: width,
            height: height,
            values: values,
            spacing: (columns.step, rows.step),
            window: header.window,
            storable: storable
        )
        guard let slice else { throw bytes.damage("a slice is not whole") }
        return slice
    }

    /// All that the file's numbers can say; nothing for those with a fraction.
    public var storable: ValueRange? {
        guard let ends = header.type.storable else { return nil }
        let both = [ends.least, ends.most].map { $0 * header.slope + header.intercept }.sorted()
        return ValueRange(both[0], both[1])
    }

    /// Values from all over a volume, a million at most.
    public func sample(volume: Int = 0) -> [Double] {
        let count = header.sizes[0] * header.sizes[1] * header.sizes[2]
        guard (0..<header.volumes).contains(volume) else { return [] }
        let step = max(count / 1_000_000, 1)
        let first = header.offset + volume * count * header.type.bytes
        return bytes.data.withUnsafeBytes { raw in
            stride(from: 0, to: count, by: step).map { place in
                let value = header.type.value(
                    raw,
                    first + place * header.type.bytes,
                    isBig: header.isBig
                )
                return value * header.slope + header.intercept
            }
        }
    }

    /// The least and the greatest of all values of a volume.
    public func range(volume: Int = 0) -> ValueRange? {
        let count = header.sizes[0] * header.sizes[1] * header.sizes[2]
        guard (0..<header.volumes).contains(volume) else { return nil }
        let first = header.offset + volume * count * header.type.bytes
        return bytes.data.withUnsafeBytes { raw in
            ValueRange.full(
                (0..<count).lazy.map { place in
                    let value = header.type.value(
                        raw,
                        first + place * header.type.bytes,
                        isBig: header.isBig
                    )
                    return value * header.slope + header.intercept
                }
            )
        }
    }
}
