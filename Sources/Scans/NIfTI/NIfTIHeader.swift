import Foundation

/// What a NIfTI file of version 1 or 2 says of itself.
///
/// Source: the NIfTI-1 and NIfTI-2 data formats, headers `nifti1.h` and `nifti2.h`.
public struct NIfTIHeader: Sendable, Equatable {
    /// The version: 1 or 2.
    public let version: Int
    /// Whether the high byte comes first.
    public let isBig: Bool
    /// The sizes along all axes; three at least.
    public let sizes: [Int]
    /// The kind of the values.
    public let type: NIfTIType
    /// Where the values begin.
    let offset: Int
    /// What a stored number is multiplied by.
    public let slope: Double
    /// What is added to it then.
    public let intercept: Double
    /// What the file wants to be seen.
    public let window: ValueRange?
    /// How the axes lie in the body.
    public let axes: VolumeAxes

    /// The most bytes that a header takes.
    public static let bytes = 540
    /// The most bytes of all values.
    static let mostBytes = 4 << 30

    /// Reads a header.
    ///
    /// - Parameters:
    ///   - data: The file, or its beginning.
    ///   - name: What errors call it.
    /// - Throws: `ScanError`.
    public init(_ data: Data, name: String) throws {
        let bytes = ScanBytes(data, name: name)
        let first: Int32 = try bytes.number(0)
        let isBig = first.byteSwapped == 348 || first.byteSwapped == 540
        let length = isBig ? first.byteSwapped : first
        guard length == 348 || length == 540 else {
            throw bytes.damage("is no NIfTI file: it does not begin with 348 or 540")
        }
        let isNew = length == 540
        guard bytes.has(Int(length), at: 0) else {
            throw bytes.ends(before: Int(length), at: 0)
        }
        let mark = Array(bytes.data[isNew ? 4..<7 : 344..<347])
        guard mark == Array(isNew ? "n+2".utf8 : "n+1".utf8) else {
            let isPair = mark == Array(isNew ? "ni2".utf8 : "ni1".utf8)
            throw bytes.unread(
                isPair
                    ? "is one of a pair of files" : "is of an older kind without NIfTI's mark",
                cure: "convert it to one file with the ending .nii"
            )
        }
        (version, self.isBig) = (isNew ? 2 : 1, isBig)
        let raw: [Int] = try (0..<8).map { place in
            isNew
                ? Int(try bytes.number(16 + 8 * place, Int64.self, isBig: isBig))
                : Int(try bytes.number(40 + 2 * place, Int16.self, isBig: isBig))
        }
        guard (1...7).contains(raw[0]) else {
            throw bytes.damage("has \(raw[0]) axes, expected 1 to 7")
        }
        var sizes = Array(raw[1...raw[0]])
        guard sizes.allSatisfy({ $0 > 0 }) else {
            throw bytes.damage("has sizes of \(sizes.map(String.init).joined(separator: "x"))")
        }
        while sizes.count < 3 { sizes.append(1) }
        self.sizes = sizes
        let code = Int(try bytes.number(isNew ? 12 : 70, Int16.self, isBig: isBig))
        guard let type = NIfTIType(rawValue: code) else {
            throw bytes.unread("has values of the kind \(code), which is not read")
        }
        self.type = type
        func number(_ old: Int, _ new: Int) throws -> Double {
            isNew
                ? try bytes.double(new, isBig: isBig) : try bytes.float(old, isBig: isBig)
        }
        let start =
            isNew ? Double(try bytes.number(168, Int64.self, isBig: isBig)) : try number(108, 0)
        guard start >= Double(length), start <= Double(NIfTIHeader.mostBytes),
            let offset = Int(exactly: start.rounded())
        else { throw bytes.damage("its values begin at \(start), within the header or nowhere") }
        self.offset = offset
        let (slope, intercept) = (try number(112, 176), try number(116, 184))
        // A slope of 0 says that numbers are as they are.
        let isScaled = slope.isFinite && slope != 0 && intercept.isFinite
        (self.slope, self.intercept) = isScaled ? (slope, intercept) : (1, 0)
        window = ValueRange(try number(128, 200), try number(124, 192))
        axes = try NIfTIHeader.axes(bytes, isNew: isNew, isBig: isBig)
        _ = try byteCount(name: name)
    }

    /// How many bytes the values take.
    ///
    /// - Throws: `ScanError` where that is more than is read.
    func byteCount(name: String) throws -> Int {
        var count = type.bytes
        for size in sizes {
            let (product, isOver) = count.multipliedReportingOverflow(by: size)
            guard !isOver, product <= NIfTIHeader.mostBytes else {
                throw ScanError(
                    .unsupported,
                    at: name,
                    "claims values of \(sizes.map(String.init).joined(separator: "x")), more than are read"
                )
            }
            count = product
        }
        return count
    }

    /// How many bytes the whole file has at least.
    public var wholeCount: Int { offset + ((try? byteCount(name: "")) ?? 0) }

    /// How many volumes follow one another.
    public var volumes: Int { sizes.dropFirst(3).reduce(1, *) }

    /// The axes: by a matrix, by a turn, or else by the sizes of the values alone.
    private static func axes(
        _ bytes: ScanBytes,
        isNew: Bool,
        isBig: Bool
    ) throws -> VolumeAxes {
        func number(_ place: Int) throws -> Double {
            isNew ? try bytes.double(place, isBig: isBig) : try bytes.float(place, isBig: isBig)
        }
        func code(_ old: Int, _ new: Int) throws -> Int {
            isNew
                ? Int(try bytes.number(new, Int32.self, isBig: isBig))
                : Int(try bytes.number(old, Int16.self, isBig: isBig))
        }
        let width = isNew ? 8 : 4
        let sizes = try (0..<4).map { try number((isNew ? 104 : 76) + width * $0) }
        if try code(254, 348) > 0 {
            let start = isNew ? 400 : 280
            let rows = try (0..<3).map { row in
                try (0..<3).map { try number(start + width * (4 * row + $0)) }
            }
            return VolumeAxes(rows)
        }
        let steps = sizes.dropFirst().map { $0.isFinite && $0 != 0 ? abs($0) : 1 }
        if try code(252, 344) > 0 {
            let start = isNew ? 352 : 256
            let turn = try (0..<3).map { try number(start + width * $0) }
            return VolumeAxes(turn: turn, steps: Array(steps), isMirrored: sizes[0] < 0)
        }
        // Without either, the first axis is taken to go to the left, as other programs do.
        return VolumeAxes([[-steps[0], 0, 0], [0, steps[1], 0], [0, 0, steps[2]]])
    }
}
