/// What a safetensors file says it holds, checked against the file's size.
///
/// Source: the reference implementation of the format, and stricter: no duplicates, plain names,
/// whole numbers only, limits on everything.
public struct SafetensorsHeader: Sendable {
    /// Texts that came with the tensors.
    public let metadata: [String: String]
    /// The tensors in the order of their bytes.
    let entries: [Entry]

    /// Shapes and types by name; whole numbers are those of the tensors that are read, int64.
    public var outlines: [String: TensorOutline] {
        Dictionary(uniqueKeysWithValues: entries.map { ($0.name, $0.outline) })
    }

    /// One tensor's place in the file.
    struct Entry: Sendable {
        let name: String
        let type: StoredType
        let shape: [Int]
        /// Bytes after the header.
        let range: Range<Int>

        var outline: TensorOutline { TensorOutline(shape: shape, dtype: type.dtype) }
    }

    /// The largest header in bytes.
    static let maximumBytes = 16 << 20
    /// The most tensors in a file.
    static let maximumCount = 100_000
    /// The most dimensions of a tensor.
    static let maximumRank = 32
    /// The largest size of a dimension.
    static let maximumSize = 1 << 31

    typealias Problem = JSONScanner.Problem

    /// Reads a header that is followed by so many bytes.
    init(_ bytes: [UInt8], dataCount: Int) throws(Problem) {
        var scanner = try JSONScanner(bytes)
        var metadata: [String: String] = [:]
        var entries: [Entry] = []
        try scanner.object(maximumCount: Self.maximumCount + 1) { scanner, name throws(Problem) in
            if name == "__metadata__" {
                metadata = try Self.metadata(&scanner)
            } else {
                entries.append(try Self.entry(&scanner, name: name, dataCount: dataCount))
            }
        }
        try scanner.end()
        guard entries.count <= Self.maximumCount else {
            throw Problem(text: "more than \(Self.maximumCount) tensors")
        }
        self.metadata = metadata
        self.entries = entries.sorted {
            ($0.range.lowerBound, $0.range.upperBound) < ($1.range.lowerBound, $1.range.upperBound)
        }
        try checkPlaces(dataCount: dataCount)
    }

    /// Whether a name may be that of a tensor: letters, digits and `_ . / -`, at most 256, no `..`.
    static func isName(_ name: String) -> Bool {
        let bytes = Array(name.utf8)
        let allowed = bytes.allSatisfy { byte in
            switch byte {
            case 0x30...0x39, 0x41...0x5A, 0x61...0x7A: true
            default: "_./-".utf8.contains(byte)
            }
        }
        return allowed && (1...256).contains(bytes.count) && !name.contains("..")
            && name != "__metadata__"
    }

    private static func metadata(_ scanner: inout JSONScanner) throws(Problem) -> [String: String] {
        guard !scanner.foundNull() else { return [:] }
        var texts: [String: String] = [:]
        try scanner.object(maximumCount: maximumCount) { scanner, key throws(Problem) in
            texts[key] = try scanner.string()
        }
        return texts
    }

    private static func entry(
        _ scanner: inout JSONScanner,
        name: String,
        dataCount: Int
    ) throws(Problem) -> Entry {
        guard isName(name) else {
            throw Problem(text: "'\(name.prefix(80).debugDescription)' is no name of a tensor")
        }
        var typeName: String?
        var shape: [Int]?
        var offsets: [Int]?
        try scanner.object { scanner, field throws(Problem) in
            switch field {
            case "dtype": typeName = try scanner.string()
            case "shape": shape = try scanner.wholeNumbers(maximumCount: maximumRank)
            case "data_offsets": offsets = try scanner.wholeNumbers(maximumCount: 2)
            default: try scanner.skipValue()
            }
        }
        guard let typeName, let shape, let offsets, offsets.count == 2 else {
            throw Problem(text: "tensor '\(name)' needs dtype, shape and two data_offsets")
        }
        guard let type = StoredType(rawValue: typeName) else {
            let known = StoredType.allCases.map(\.rawValue).joined(separator: ", ")
            throw Problem(
                text: "tensor '\(name)' has dtype '\(typeName.prefix(20))', readable are \(known)"
            )
        }
        let count = try byteCount(of: shape, type, name: name)
        guard offsets[0] <= offsets[1], offsets[1] <= dataCount else {
            throw Problem(
                text: "tensor '\(name)' lies at bytes \(offsets) of \(dataCount) in the file"
            )
        }
        guard offsets[1] - offsets[0] == count else {
            throw Problem(
                text: "tensor '\(name)' of shape \(shape) needs \(count) bytes,"
                    + " its offsets have \(offsets[1] - offsets[0])"
            )
        }
        return Entry(name: name, type: type, shape: shape, range: offsets[0]..<offsets[1])
    }

    private static func byteCount(
        of shape: [Int],
        _ type: StoredType,
        name: String
    ) throws(Problem) -> Int {
        var count = type.byteCount
        for size in shape {
            let (product, overflow) = count.multipliedReportingOverflow(by: size)
            guard size <= maximumSize, !overflow else {
                throw Problem(text: "tensor '\(name)' is too large: shape \(shape)")
            }
            count = product
        }
        return count
    }

    /// Tensors must lie one after the other and fill the file: no holes, no overlap, no rest.
    private func checkPlaces(dataCount: Int) throws(Problem) {
        var end = 0
        for entry in entries {
            guard entry.range.lowerBound == end else {
                throw Problem(
                    text: "tensor '\(entry.name)' starts at byte \(entry.range.lowerBound) of the"
                        + " data, expected \(end): tensors must lie one after the other"
                )
            }
            end = entry.range.upperBound
        }
        guard end == dataCount else {
            throw Problem(text: "the tensors take \(end) bytes, the file has \(dataCount)")
        }
    }
}
