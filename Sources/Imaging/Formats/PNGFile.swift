import CVips
import Foundation

/// The chunks of a PNG file, checked, without a pixel decoded.
struct PNGFile {
    let name: String
    let data: Data
    let chunks: [PNGChunk]
    let width: Int
    let height: Int
    private let bitsPerPixel: Int

    static let signature: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]

    init(_ data: Data, name: String, limits: DecodingLimits) throws {
        self.name = name
        self.data = data
        var reader = PNGChunkReader(data, name: name)
        var chunks: [PNGChunk] = []
        var others = 0
        while let chunk = try reader.next() {
            if chunk.type != "IDAT" { others += 1 }
            guard others <= limits.maximumChunks else {
                throw ImagingError.tooLarge(
                    name: name,
                    what: "chunks",
                    found: others,
                    limit: limits.maximumChunks
                )
            }
            chunks.append(chunk)
            if chunk.type == "IEND" { break }
        }
        self.chunks = chunks
        func corrupt(_ expected: String, _ found: String) -> ImagingError {
            .corrupt(name: name, format: .png, expected: expected, found: found)
        }
        guard let first = chunks.first, first.type == "IHDR", first.content.count == 13 else {
            throw corrupt(
                "IHDR of 13 bytes first",
                chunks.first.map { "\($0.type) of \($0.content.count)" } ?? "no chunk"
            )
        }
        let header = [UInt8](data[first.content])
        func number(_ offset: Int) -> Int {
            header[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        width = number(0)
        height = number(4)
        let samples: Int? =
            switch (header[9], header[8]) {
            case (0, 1), (0, 2), (0, 4), (0, 8), (0, 16), (3, 1), (3, 2), (3, 4), (3, 8): 1
            case (2, 8), (2, 16): 3
            case (4, 8), (4, 16): 2
            case (6, 8), (6, 16): 4
            default: nil
            }
        guard let samples, header[10] == 0, header[11] == 0, header[12] <= 1 else {
            throw corrupt(
                "a known colour type and depth",
                "colour type \(header[9]), depth \(header[8]), methods \(header[10...12])"
            )
        }
        bitsPerPixel = samples * Int(header[8])
        if limits.refusesExtras {
            if chunks.contains(where: { $0.type == "acTL" }) {
                throw ImagingError.unsupported(
                    name: name,
                    format: .png,
                    reason: "expected one picture, found an animation"
                )
            }
            guard reader.isAtEnd else {
                throw corrupt("nothing after IEND", "\(reader.remaining) bytes")
            }
        }
    }

    /// Refuses image data that cannot inflate to all rows: deflate gains at most 1,032 to 1.
    ///
    /// - Throws: `ImagingError/truncated(name:format:expected:found:)`.
    func checkImageData() throws {
        let found = chunks.reduce(0) { $0 + ($1.type == "IDAT" ? $1.content.count : 0) }
        let needed = (width * height * bitsPerPixel + 7) / 8 / 1_032
        guard found > 0, found >= needed else {
            throw ImagingError.truncated(
                name: name,
                format: .png,
                expected: "at least \(max(1, needed)) bytes of image data for \(width)×\(height)",
                found: "\(found)"
            )
        }
    }

    /// The file without texts and whatever else decoding does not need.
    var decodablePart: Data {
        func isNeeded(_ chunk: PNGChunk) -> Bool {
            switch chunk.type {
            case "tRNS", "sRGB", "gAMA", "cHRM", "sBIT": true
            case "iCCP", "eXIf": chunk.content.count <= 1_048_576
            default: chunk.isCritical
            }
        }
        let end = chunks.last?.whole.upperBound ?? data.endIndex
        guard !chunks.allSatisfy(isNeeded) || end != data.endIndex else { return data }
        var result = Data(PNGFile.signature)
        for chunk in chunks where isNeeded(chunk) {
            result.append(data[chunk.whole])
        }
        return result
    }
}
