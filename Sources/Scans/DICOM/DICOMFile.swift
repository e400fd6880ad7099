import Foundation

/// A DICOM file with a grey picture, or several frames of one: what it says of itself, and its values.
///
/// What is read: 1, 8, 16 and 32 bits, with and without sign, in all plain syntaxes and in runs; rescaling, windows,
/// low values seen bright; frames with numbers of their own. Names and dates of patients are not kept.
public struct DICOMFile: Sendable {
    let bytes: ScanBytes
    let syntax: TransferSyntax
    let elements: DICOMItem

    /// How many values a row has.
    public let width: Int
    /// How many rows there are.
    public let height: Int
    /// How many pictures there are.
    public let frameCount: Int
    /// Bits that a value takes.
    public let bits: Int
    /// Bits of them that say something.
    public let storedBits: Int
    let shift: Int
    /// Whether values have a sign.
    public let isSigned: Bool
    /// Whether low values are to be seen bright.
    public let isInverted: Bool
    /// What tells the patient from others, never kept beyond the process; nothing where the file does not say.
    public let patient: String?
    /// What tells the series of pictures from others; nothing where the file does not say.
    public let series: String?

    /// The most pixels of a frame.
    static let mostPixels = 64 << 20
    /// The most frames.
    static let mostFrames = 1 << 16

    /// Reads what a file says of itself.
    ///
    /// - Parameters:
    ///   - data: The whole file.
    ///   - name: What errors call it.
    /// - Throws: `ScanError`.
    public init(_ data: Data, name: String) throws {
        let bytes = ScanBytes(data, name: name)
        let (start, syntax) = try DICOMFile.beginning(bytes)
        guard !syntax.isDeflated else {
            throw DICOMFile.toolMissing(name, "its elements are deflated")
        }
        (self.bytes, self.syntax) = (bytes, syntax)
        elements = try DICOMReader.elements(bytes, from: start, syntax)
        guard let pixels = elements[DICOMTag.pixels] else {
            throw ScanError(.pictureless, at: name, "holds no picture")
        }
        let values = DICOMValues(bytes, syntax, elements)
        let photometric = values.text(DICOMTag.photometric) ?? "MONOCHROME2"
        let samples = values.whole(DICOMTag.samples) ?? 1
        guard samples == 1, photometric.hasPrefix("MONOCHROME") else {
            throw bytes.unread(
                "a picture of \(photometric) with \(samples) samples is not read, expected grey"
            )
        }
        isInverted = photometric == "MONOCHROME1"
        guard let width = values.whole(DICOMTag.columns), let height = values.whole(DICOMTag.rows),
            width > 0, height > 0
        else { throw bytes.damage("does not say how large its picture is") }
        guard width * height <= DICOMFile.mostPixels else {
            throw bytes.unread("has \(width)x\(height) pixels, more than are read")
        }
        (self.width, self.height) = (width, height)
        frameCount = max(values.decimal(DICOMTag.frames).flatMap { Int(exactly: $0) } ?? 1, 1)
        guard frameCount <= DICOMFile.mostFrames else {
            throw bytes.unread("has \(frameCount) frames, at most \(DICOMFile.mostFrames) are read")
        }
        bits = values.whole(DICOMTag.bitsAllocated) ?? 16
        guard [1, 8, 16, 32].contains(bits) else {
            throw bytes.unread("has values of \(bits) bits, read are 1, 8, 16 and 32")
        }
        storedBits = values.whole(DICOMTag.bitsStored) ?? bits
        let highBit = values.whole(DICOMTag.highBit) ?? storedBits - 1
        guard (1...bits).contains(storedBits), highBit < bits, highBit >= storedBits - 1 else {
            throw bytes.damage(
                "\(storedBits) bits up to bit \(highBit) do not fit into \(bits) bits"
            )
        }
        shift = highBit + 1 - storedBits
        isSigned = values.whole(DICOMTag.isSigned) == 1
        (patient, series) = (values.text(DICOMTag.patient), values.text(DICOMTag.series))
        try check(pixels)
    }

    /// Whether a program of its own has to unpack the pixels.
    public var isPacked: Bool { syntax.pixels == .packed }

    /// That such a program is needed.
    static func toolMissing(_ name: String, _ reason: String) -> ScanError {
        ScanError(
            .toolMissing,
            at: name,
            "\(reason), which needs the program gdcmconv",
            cure: "install it with 'make setup WITH=\"medical\"'"
        )
    }

    /// Where the elements begin after the first group, and how they are written.
    private static func beginning(_ bytes: ScanBytes) throws -> (Int, TransferSyntax) {
        var place = isMarked(bytes.data) ? 132 : 0
        guard place > 0 || begins(bytes) else {
            throw bytes.damage("is no DICOM file: it does not begin as one")
        }
        var number: String?
        // The first group has kinds and the lower byte first, whatever comes after it.
        while bytes.has(8, at: place), try bytes.number(place, UInt16.self) == 2 {
            let tag = 0x0002_0000 | UInt32(try bytes.number(place + 2, UInt16.self))
            guard let isLong = DICOMReader.isLong(bytes, place + 4) else {
                throw bytes.damage("the first group is damaged at \(place)")
            }
            let length =
                isLong
                ? Int(try bytes.number(place + 8, UInt32.self))
                : Int(try bytes.number(place + 6, UInt16.self))
            place += isLong ? 12 : 8
            guard bytes.has(length, at: place) else { throw bytes.ends(before: length, at: place) }
            if tag == DICOMTag.transferSyntax { number = bytes.text(place..<place + length) }
            place += length
        }
        if let number {
            guard let syntax = TransferSyntax(number: number) else {
                throw bytes.unread("is written in the syntax \(number), which is not read")
            }
            return (place, syntax)
        }
        // Without a first group the elements themselves tell.
        let isBig = bytes.has(2, at: place) && bytes.data[place] == 0
        if isBig { return (place, .big) }
        let hasKinds = DICOMReader.isLong(bytes, place + 4) != nil
        return (place, hasKinds ? .explicit : .implicit)
    }

    /// Whether a file has DICOM's mark after its empty beginning.
    public static func isMarked(_ data: Data) -> Bool {
        data.count >= 132 && data.dropFirst(128).prefix(4).elementsEqual("DICM".utf8)
    }

    /// Whether a file without the mark begins with an element of one of the first groups.
    private static func begins(_ bytes: ScanBytes) -> Bool {
        guard bytes.has(8, at: 0) else { return false }
        let group = (bytes.data[0], bytes.data[1])
        return group == (8, 0) || group == (0, 8) || group == (2, 0)
    }

    /// Checks that the pixels are there before any room is made for them.
    private func check(_ pixels: DICOMElement) throws {
        switch syntax.pixels {
        case .packed:
            guard let fragments = pixels.fragments, fragments.count > 1 else {
                throw bytes.damage("says that its pixels are packed, but they are not")
            }
        case .runs:
            guard let fragments = pixels.fragments, fragments.count > frameCount else {
                throw bytes.damage(
                    "has \(max((pixels.fragments?.count ?? 0) - 1, 0)) packed frames of \(frameCount)"
                )
            }
        case .plain:
            guard pixels.fragments == nil else {
                throw bytes.damage("says that its pixels are plain, but they are packed")
            }
            // No product is too large: 2^26 pixels, 2^16 frames, 32 bits.
            let wanted = (width * height * frameCount * bits + 7) / 8
            guard pixels.range.count >= wanted else {
                throw bytes.damage(
                    "is cut short: \(frameCount) pictures of \(width)x\(height) need \(wanted) bytes, "
                        + "\(pixels.range.count) are there"
                )
            }
        }
    }
}
