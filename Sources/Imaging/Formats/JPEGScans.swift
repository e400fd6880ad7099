import Foundation

/// Counts the scans of a JPEG: each costs a pass over all pixels, however few bytes it has.
enum JPEGScans {
    /// The number of start-of-scan markers; counting stops just above a limit.
    static func count(_ data: Data, upTo limit: Int) -> Int {
        data.withUnsafeBytes { bytes in
            var scans = 0
            var at = 2
            while at + 3 < bytes.count, scans <= limit {
                guard bytes[at] == 0xFF else {
                    at += 1
                    continue
                }
                let marker = bytes[at + 1]
                switch marker {
                case 0xFF:
                    at += 1
                case 0x00, 0x01, 0xD0...0xD8:
                    at += 2
                case 0xD9:
                    return scans
                default:
                    if marker == 0xDA { scans += 1 }
                    at += 2 + (Int(bytes[at + 2]) << 8 | Int(bytes[at + 3]))
                }
            }
            return scans
        }
    }
}
