import Foundation

/// One IDX file of unsigned bytes, plain or gzip: the format of MNIST and its relatives.
///
/// Source: Y. LeCun, "The MNIST database of handwritten digits": two zero bytes, a type (8 for
/// unsigned bytes), the number of dimensions, each dimension as a big-endian 32-bit number, then
/// the values, the last dimension fastest.
struct IDXFile: Sendable {
    /// The dimensions, outermost first.
    let dimensions: [Int]

    /// The values.
    let values: Data

    /// The largest file that is read: 4 GiB, well above any set in this format.
    private static let limit = 4 << 30

    /// Reads a file and checks its type, its dimensions and its size.
    ///
    /// - Parameters:
    ///   - url: The file; a gzip file is known by its first bytes, whatever its name.
    ///   - rank: How many dimensions it must have: 3 for pictures, 1 for labels.
    /// - Throws: `DatasetError` that says what was expected and found.
    init(contentsOf url: URL, rank: Int) throws {
        let data = try Gzip.contents(of: url, limit: Self.limit)
        let kind = rank == 1 ? "labels" : "pictures"
        let cure = "fetch or copy the file again; it must be the IDX file of the \(kind)"
        let head = [UInt8](data.prefix(4 + 4 * rank))
        guard head.count == 4 + 4 * rank else {
            throw DatasetError(
                .damaged,
                at: url.path,
                "\(data.count) bytes are too few for an IDX header",
                cure: cure
            )
        }
        guard head[0] == 0, head[1] == 0, head[2] == 8, head[3] == UInt8(rank) else {
            let found = head[..<4].map { String($0, radix: 16) }.joined(separator: " ")
            throw DatasetError(
                .damaged,
                at: url.path,
                "starts with \(found), expected 0 0 8 \(rank) (bytes in \(rank) dimensions)",
                cure: cure
            )
        }
        dimensions = (0..<rank).map { index in
            head[(4 + 4 * index)..<(8 + 4 * index)].reduce(0) { $0 << 8 | Int($1) }
        }
        let text = dimensions.map(String.init).joined(separator: " x ")
        var expected = 1
        for dimension in dimensions {
            let (product, overflow) = expected.multipliedReportingOverflow(by: dimension)
            guard !overflow, dimension > 0, product <= Self.limit else {
                throw DatasetError(
                    .damaged,
                    at: url.path,
                    "claims impossible dimensions \(text)",
                    cure: cure
                )
            }
            expected = product
        }
        guard data.count - head.count == expected else {
            throw DatasetError(
                .damaged,
                at: url.path,
                "holds \(data.count - head.count) values, expected \(text) = \(expected)",
                cure: cure
            )
        }
        values = data.dropFirst(head.count)
    }
}
