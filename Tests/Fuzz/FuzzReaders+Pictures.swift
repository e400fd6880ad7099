import Foundation
import Imaging

extension FuzzReaders {
    /// Pictures of each format, and the texts in them.
    static func pictures(_ place: FuzzPlace) throws -> [FuzzReader] {
        var limits = DecodingLimits.standard
        // Pictures of usual size may take more than an input is allowed to here.
        limits.maximumPixels = 4 << 20
        let decode: ([UInt8]) throws -> Void = { bytes in
            let data = Data(bytes)
            _ = try? ImageHeader.read(data, name: "fuzz", limits: limits)
            _ = try Picture(decoding: data, name: "fuzz", limits: limits)
        }
        func made(
            _ encodings: [PictureEncoding],
            channels: [Int] = [1, 2, 3, 4]
        ) throws -> [[UInt8]] {
            try channels.flatMap { count in
                let samples = (0..<9 * 7 * count).map { UInt8(truncatingIfNeeded: $0 &* 29) }
                let picture = Picture(width: 9, height: 7, channels: count, samples: samples)
                return try encodings.map { Array(try picture.encoded(as: $0, metadata: metadata)) }
            }
        }
        let film = AnimatedPNG(
            (0..<3).map { index in
                let samples = [UInt8](repeating: UInt8(index * 80), count: 4 * 4 * 3)
                return Picture(width: 4, height: 4, channels: 3, samples: samples)
            },
            milliseconds: 100
        )
        let gif: [UInt8] =
            bytes("GIF89a") + [2, 0, 2, 0, 0x80, 0, 0, 0, 0, 0, 255, 255, 255]
            + [0x21, 0xF9, 4, 1, 10, 0, 0, 0] + [
                0x2C, 0, 0, 0, 0, 2, 0, 2, 0, 0, 2, 3, 0x44, 2, 5, 0, 0x3B,
            ]
        let png = try made([.png, .png(compression: 0)])
        let texts = try made([.png, .jpeg, .webp, .tiff])
        return [
            FuzzReader(
                "pictures-png",
                png + [Array(try film.encoded())],
                words: ["IHDR", "IDAT", "PLTE", "tRNS", "gAMA", "iCCP", "acTL", "fcTL", "IEND"],
                repair: repairPNG,
                read: decode
            ),
            FuzzReader(
                "pictures-jpeg",
                try made([.jpeg]),
                words: ["Exif\0\0", "JFIF\0"],
                read: decode
            ),
            FuzzReader(
                "pictures-webp",
                try made([.webp, .losslessWebP]),
                words: ["RIFF", "WEBP", "VP8 ", "VP8L", "VP8X", "ANIM", "ALPH", "ICCP"],
                read: decode
            ),
            FuzzReader(
                "pictures-tiff",
                try made([.tiff]),
                words: ["II*\0", "MM\0*"],
                read: decode
            ),
            FuzzReader(
                "pictures-gif",
                [gif],
                words: ["GIF87a", "GIF89a", "NETSCAPE2.0"],
                read: decode
            ),
            FuzzReader(
                "texts-in-pictures",
                texts + png,
                words: [
                    "tEXt", "zTXt", "iTXt", "parameters\0", "XML:com.adobe.xmp\0\0\0\0\0", "eXIf",
                    "<?xpacket", "<rdf:li xml:lang=\"x-default\">", "UNICODE\0", "&#x10FFFF;",
                    "&amp;",
                    "<!ENTITY a \"b\">", "]]>",
                ],
                repair: repairPNG
            ) { bytes in
                _ = try PictureMetadata(reading: Data(bytes), name: "fuzz")
            },
        ]
    }

    private static var metadata: PictureMetadata {
        PictureMetadata(
            title: "a red apple 苹果",
            parameters: "a red apple\nNegative prompt: blur\nSteps: 20, Seed: 7, Size: 64x64",
            record: "{\"seed\": 7}",
            software: "Atelier",
            source: .trainedAlgorithmicMedia
        )
    }

    /// Checksums of all chunks.
    private static func repairPNG(_ bytes: inout [UInt8]) {
        guard bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) else { return }
        var place = 8
        while place + 12 <= bytes.count {
            let length = bytes[place..<place + 4].reduce(0) { $0 << 8 | Int($1) }
            let end = place + 8 + length
            guard end + 4 <= bytes.count else { return }
            bytes.replaceSubrange(end..<end + 4, with: big(crc(bytes[place + 4..<end])))
            place = end + 4
        }
    }
}
