import Foundation

extension DICOMFile {
    /// How a frame lies in the body; nothing where the file does not say, or it lies across.
    public func plane(_ frame: Int) -> ScanPlane? {
        let found = layers(frame).lazy.compactMap { layer -> [Double]? in
            let own = layer.decimals(DICOMTag.orientation)
            let inner = layer.first(DICOMTag.planeOrientations)?.decimals(DICOMTag.orientation)
            return [own, inner ?? []].first { $0.count == 6 }
        }.first
        guard let found else { return nil }
        let (row, column) = (found.prefix(3).map { $0 }, found.suffix(3).map { $0 })
        return ScanPlane(normal: [
            row[1] * column[2] - row[2] * column[1],
            row[2] * column[0] - row[0] * column[2],
            row[0] * column[1] - row[1] * column[0],
        ])
    }

    /// The values of a frame.
    ///
    /// - Throws: `ScanError` where there is no such frame, its pixels are packed by a method that is not read here,
    ///   or they are damaged.
    public func slice(_ frame: Int) throws -> ScanSlice {
        guard (0..<frameCount).contains(frame) else {
            throw bytes.damage("has \(frameCount) frames, asked for is \(frame)")
        }
        let layers = layers(frame)
        func decimal(_ tag: UInt32, in sequence: UInt32) -> Double? {
            layers.lazy.compactMap { $0.first(sequence)?.decimal(tag) ?? $0.decimal(tag) }.first
        }
        let slope = decimal(DICOMTag.slope, in: DICOMTag.frameValues) ?? 1
        let intercept = decimal(DICOMTag.intercept, in: DICOMTag.frameValues) ?? 0
        let stored = try stored(frame)
        let table = valueTable
        let values = stored.map { value -> Double in
            table?.value(value) ?? Double(value) * slope + intercept
        }
        let centre = decimal(DICOMTag.windowCentre, in: DICOMTag.frameWindows)
        let wide = decimal(DICOMTag.windowWidth, in: DICOMTag.frameWindows)
        let function = layers.lazy.compactMap {
            $0.first(DICOMTag.frameWindows)?.text(DICOMTag.windowFunction)
                ?? $0.text(DICOMTag.windowFunction)
        }.first
        var window: ValueRange?
        if let centre, let wide {
            window =
                function == nil || function == "LINEAR"
                ? .linear(centre: centre, width: wide) : .window(centre: centre, width: wide)
        }
        let least = isSigned ? -exp2(Double(storedBits - 1)) : 0
        let most = isSigned ? exp2(Double(storedBits - 1)) - 1 : exp2(Double(storedBits)) - 1
        let ends = [least * slope + intercept, most * slope + intercept].sorted()
        let slice = ScanSlice(
            width: width,
            height: height,
            values: values,
            spacing: spacing(layers),
            window: window,
            storable: table?.range ?? ValueRange(ends[0], ends[1]),
            isInverted: isInverted
        )
        guard let slice else { throw bytes.damage("frame \(frame) is not whole") }
        return slice
    }

    /// Where numbers of a frame are looked for: its own, those of all frames, those of the file.
    private func layers(_ frame: Int) -> [DICOMValues] {
        let file = DICOMValues(bytes, syntax, elements)
        return [file.item(DICOMTag.frameGroups, frame), file.first(DICOMTag.sharedGroups), file]
            .compactMap { $0 }
    }

    /// How wide and how high a value is.
    private func spacing(_ layers: [DICOMValues]) -> (x: Double, y: Double) {
        for layer in layers {
            let lists = [
                layer.first(DICOMTag.measures)?.decimals(DICOMTag.spacing) ?? [],
                layer.decimals(DICOMTag.spacing), layer.decimals(DICOMTag.detectorSpacing),
                layer.decimals(DICOMTag.aspect),
            ]
            // Rows come first: how far they lie apart is the height.
            if let found = lists.first(where: { $0.count == 2 }) { return (found[1], found[0]) }
        }
        return (1, 1)
    }

    /// The table that makes values of stored numbers, where the file has one.
    private var valueTable: DICOMTable? {
        guard let item = elements[DICOMTag.valueTable]?.items.first,
            let shape = DICOMValues(bytes, syntax, item).wholes(DICOMTag.tableShape),
            shape.count == 3, let data = item[DICOMTag.tableData]
        else { return nil }
        let count = shape[0] == 0 ? 65_536 : shape[0]
        let numbers = DICOMValues(bytes, syntax, item).wholes(DICOMTag.tableData) ?? []
        guard data.range.count >= 2 * count, numbers.count >= count else { return nil }
        let first = isSigned ? Int(Int16(truncatingIfNeeded: shape[1])) : shape[1]
        return DICOMTable(first: first, values: Array(numbers.prefix(count)))
    }

    /// The numbers of a frame as they are stored.
    private func stored(_ frame: Int) throws -> [Int] {
        guard let pixels = elements[DICOMTag.pixels] else {
            throw bytes.damage("holds no picture")
        }
        let count = width * height
        switch syntax.pixels {
        case .packed:
            let method = TransferSyntax.name(syntax.number) ?? syntax.number
            throw DICOMFile.toolMissing(bytes.name, "its pixels are packed as \(method)")
        case .runs:
            guard let fragments = pixels.fragments, fragments.indices.contains(frame + 1),
                bits == 8 || bits == 16 || bits == 32
            else { throw bytes.unread("has runs of \(bits) bits") }
            let planes = try DICOMRuns(bytes, fragments[frame + 1], planes: bits / 8, of: count)
            return (0..<count).map { place in
                number(planes.planes.reduce(UInt32(0)) { $0 << 8 | UInt32($1[place]) })
            }
        case .plain:
            return plain(pixels, first: frame * count, count: count)
        }
    }

    /// Numbers that lie one after the other.
    private func plain(_ pixels: DICOMElement, first: Int, count: Int) -> [Int] {
        let start = pixels.range.lowerBound
        let end = pixels.range.upperBound
        let isBig = syntax.isBig
        return bytes.data.withUnsafeBytes { raw in
            (first..<first + count).map { place in
                switch bits {
                case 1:
                    let at = start + place / 8
                    return at < end ? Int(raw[at] >> UInt8(place % 8) & 1) : 0
                case 8:
                    // Words whose high byte comes first have the second pixel before the first.
                    let at = start + (isBig && pixels.isWords ? place ^ 1 : place)
                    return at < end ? number(UInt32(raw[at])) : 0
                case 16:
                    let value = raw.loadUnaligned(
                        fromByteOffset: start + 2 * place,
                        as: UInt16.self
                    )
                    return number(
                        UInt32(isBig ? UInt16(bigEndian: value) : UInt16(littleEndian: value))
                    )
                default:
                    let value = raw.loadUnaligned(
                        fromByteOffset: start + 4 * place,
                        as: UInt32.self
                    )
                    return number(isBig ? UInt32(bigEndian: value) : UInt32(littleEndian: value))
                }
            }
        }
    }

    /// The number that stands in the stored bits of a word.
    private func number(_ word: UInt32) -> Int {
        let value = Int(word >> UInt32(shift)) & (1 << storedBits - 1)
        return isSigned && value >> (storedBits - 1) == 1 ? value - 1 << storedBits : value
    }
}

/// A table that makes values of stored numbers.
struct DICOMTable {
    /// The number that the first value stands for.
    let first: Int
    /// The values; the first stands for all lower numbers, too, and the last for all higher.
    let values: [Int]

    /// The value of a number; nothing where the table is empty.
    func value(_ number: Int) -> Double? {
        guard !values.isEmpty else { return nil }
        return Double(values[min(max(number - first, 0), values.count - 1)])
    }

    /// From the least to the greatest value.
    var range: ValueRange? { ValueRange.full(values.lazy.map(Double.init)) }
}
