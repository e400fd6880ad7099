import Foundation
import Imaging

/// What a cache file says about itself, and where its parts are.
///
/// Layout: 64 bytes of preamble (magic, version, place, length and hash of this header), pixels
/// from byte 4096 (u8, or u16 in the order of the machine, [count, height, width, channels]), labels (Int32), places of the records
/// (UInt64, count + 1), the records (JSON), this header (JSON). Numbers are little-endian.
struct CacheHeader: Codable, Equatable {
    /// Raised whenever the pixels made from the same files would differ.
    static let codeVersion = 1

    static let magic: [UInt8] = Array("ATLRPICS".utf8)
    static let preambleBytes = 64
    static let pixelOffset = 4096

    /// What the cache was made from, in words; it fits as long as this is the same.
    struct Key: Codable, Equatable {
        let origin: Origin
        let options: CacheOptions
        let codeVersion: Int
        /// Formats that the machine had no decoder for; nothing where it reads all.
        var unread: [PictureFormat]?
        /// How many bits a sample has; nothing for eight.
        var depth: SampleDepth?

        /// How many bytes a picture takes.
        var bytesPerPicture: Int { options.bytesPerPicture * (depth ?? .eight).bytes }
    }

    let key: Key
    let name: String
    let count: Int
    let classNames: [String]
    let skipped: [Finding]
    let labelOffset: Int
    let indexOffset: Int
    let recordOffset: Int
    let recordBytes: Int
    let pixelHash: UInt64
    let tableHash: UInt64

    /// Where the header itself must start.
    var end: Int { recordOffset + recordBytes }

    /// Whether the parts follow one another as they must.
    var isConsistent: Bool {
        let size = key.bytesPerPicture
        return count > 0 && size > 0
            && labelOffset >= Self.pixelOffset + count * size
            && labelOffset % 8 == 0 && indexOffset >= labelOffset + 4 * count
            && indexOffset % 8 == 0 && recordOffset == indexOffset + 8 * (count + 1)
            && recordBytes >= 0
    }

    /// The preamble that leads to this header.
    func preamble(header: Data) -> [UInt8] {
        var bytes = Self.magic
        let hash = header.withUnsafeBytes { XXHash64.hash($0) }
        for number in [UInt64(Self.codeVersion), UInt64(end), UInt64(header.count), hash] {
            withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
        }
        return bytes + [UInt8](repeating: 0, count: Self.preambleBytes - bytes.count)
    }

    /// Reads and checks the header and both checksums of a whole file.
    ///
    /// - Throws: `CacheDefect` that says what is wrong.
    static func verified(_ file: Data) throws -> CacheHeader {
        guard file.count > pixelOffset, file.prefix(8).elementsEqual(magic) else {
            throw CacheDefect("it is not a picture cache, or cut short")
        }
        return try file.withUnsafeBytes { bytes in
            let words = (1..<5).map {
                UInt64(littleEndian: bytes.loadUnaligned(fromByteOffset: 8 * $0, as: UInt64.self))
            }
            guard words[0] == UInt64(codeVersion) else {
                throw CacheDefect("it is of version \(words[0]), not \(codeVersion)")
            }
            guard words[1] >= UInt64(pixelOffset), words[1] <= UInt64(file.count),
                words[2] == UInt64(file.count) - words[1]
            else { throw CacheDefect("it is cut short or too long") }
            let place = Int(words[1])
            let part = UnsafeRawBufferPointer(rebasing: bytes[place...])
            guard XXHash64.hash(part) == words[3],
                let header = try? JSONDecoder().decode(CacheHeader.self, from: Data(part)),
                header.isConsistent, header.end == place
            else { throw CacheDefect("its header is damaged") }
            let pixels = UnsafeRawBufferPointer(rebasing: bytes[pixelOffset..<header.labelOffset])
            guard XXHash64.hash(pixels) == header.pixelHash else {
                throw CacheDefect("its pixels do not have the checksum of the header")
            }
            let tables = UnsafeRawBufferPointer(rebasing: bytes[header.labelOffset..<place])
            guard XXHash64.hash(tables) == header.tableHash else {
                throw CacheDefect("its labels do not have the checksum of the header")
            }
            return header
        }
    }
}
