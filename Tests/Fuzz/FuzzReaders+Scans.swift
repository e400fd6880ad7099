import Datasets
import Foundation
import Imaging
import Scans

extension FuzzReaders {
    /// Files of scans, and what says how they become pictures.
    static func scans(_ place: FuzzPlace) throws -> [FuzzReader] {
        let pictures = [UInt16(0), 9000].map { first in
            Picture(
                width: 9,
                height: 5,
                channels: 1,
                sixteenBitSamples: (0..<45).map { first &+ UInt16($0) &* 1400 }
            )
        }
        let note = SyntheticNote(model: "dcgan", digest: "0", seed: 1, subject: "axial")
        let made = try SyntheticScan(pictures, indices: [0, 1], note: note, spacing: 0.5)
        let nifti = Array(made.niftiFile())
        let folder = place.folder.appending(path: "scans", directoryHint: .isDirectory)
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        try Data(nifti).write(to: folder.appending(path: "a.nii"))
        return [
            FuzzReader(
                "dicom",
                made.dicomFiles().map(Array.init) + [runs(), groups()],
                words: [
                    "DICM", "1.2.840.10008.1.2", "1.2.840.10008.1.2.2", "1.2.840.10008.1.2.5",
                    "1.2.840.10008.1.2.4.90", "SQ", "OB", "UN", "US", "MONOCHROME1", "RGB",
                    "-1e308",
                    "\u{0}\u{28}\u{0}\u{10}", "\\",
                ]
            ) {
                let file = try DICOMFile(Data($0), name: "fuzz")
                for frame in 0..<min(file.frameCount, 3) {
                    let slice = try file.slice(frame)
                    _ = (file.plane(frame), slice.squarePicture(slice.window ?? slice.storable))
                }
            },
            FuzzReader("nifti", [nifti, newer()], words: ["n+1", "n+2", "ni1"]) {
                let volume = try NIfTIVolume(Data($0), name: "fuzz")
                for plane in ScanPlane.allCases {
                    let slice = try volume.slice(plane, 0, volume: volume.header.volumes - 1)
                    _ = slice.squarePicture(slice.window ?? volume.range())
                }
            },
            FuzzReader(
                "scans-json",
                [
                    bytes(
                        #"{"window": "40/400", "classes": "planes", "planes": ["axial", "sagittal"], "margin": 0.1, "every": 2}"#
                    )
                ],
                words: [
                    "lung", "robust", "both", "none", "\"volumes\": \"all\"", "1e999", "/", "-0",
                    "0.5",
                ]
            ) {
                let choices = try SliceChoices(Data($0), name: "fuzz")
                let source = try ScanSource(folder, choices: choices)
                for index in 0..<min(source.count, 2) { _ = try source.picture(at: index) }
            },
        ]
    }

    /// An element that names its kind.
    private static func element(_ tag: UInt32, _ kind: String, _ value: [UInt8]) -> [UInt8] {
        let head = little(UInt16(tag >> 16)) + little(UInt16(tag & 0xFFFF)) + Array(kind.utf8)
        return ["OB", "OW", "SQ"].contains(kind)
            ? head + [0, 0] + little(UInt32(value.count)) + value
            : head + little(UInt16(value.count)) + value
    }

    private static func start(_ syntax: String) -> [UInt8] {
        [UInt8](repeating: 0, count: 128) + bytes("DICM")
            + element(0x0002_0010, "UI", bytes(syntax) + [0])
    }

    private static func shape(bits: UInt16) -> [UInt8] {
        [
            (0x0028_0002, 1), (0x0028_0010, 4), (0x0028_0011, 4), (0x0028_0100, bits),
            (0x0028_0101, bits), (0x0028_0102, bits - 1), (0x0028_0103, 1),
        ].flatMap { element($0, "US", little($1 as UInt16)) }
    }

    private static func item(_ value: [UInt8]) -> [UInt8] {
        little(UInt16(0xFFFE)) + little(UInt16(0xE000)) + little(UInt32(value.count)) + value
    }

    /// A picture of 4 x 4 in runs.
    private static func runs() -> [UInt8] {
        let part: [UInt8] = [249, 7, 7, 1, 2, 3, 4, 5, 6, 7, 8]
        let frame = little(UInt32(1)) + little(UInt32(64)) + [UInt8](repeating: 0, count: 56) + part
        let pixels = Array(element(0x7FE0_0010, "OB", []).dropLast(4)) + [255, 255, 255, 255]
        return start("1.2.840.10008.1.2.5") + shape(bits: 8) + pixels + item([]) + item(frame)
            + little(UInt32(0xE0DD_FFFE)) + little(UInt32(0))
    }

    /// A picture whose numbers lie in sequences, with a table of values.
    private static func groups() -> [UInt8] {
        let table =
            element(0x0028_3002, "US", little(UInt16(4)) + little(UInt16(0)) + little(UInt16(16)))
            + element(0x0028_3006, "OW", [0, 0, 9, 0, 99, 0, 255, 0])
        let frame =
            element(0x0028_9132, "SQ", item(element(0x0028_1050, "DS", bytes("9\\10"))))
            + element(0x0028_9145, "SQ", item(element(0x0028_1053, "DS", bytes("2 "))))
        return start("1.2.840.10008.1.2.1") + shape(bits: 16)
            + element(0x0028_3000, "SQ", item(table)) + element(0x5200_9230, "SQ", item(frame))
            + element(0x7FE0_0010, "OW", [UInt8](repeating: 3, count: 32))
    }

    /// A volume of version 2 of 3 x 2 x 2 values with a fraction.
    private static func newer() -> [UInt8] {
        var head = [UInt8](repeating: 0, count: 544)
        func put(_ place: Int, _ bytes: [UInt8]) {
            head.replaceSubrange(place..<place + bytes.count, with: bytes)
        }
        put(0, little(Int32(540)))
        put(4, bytes("n+2"))
        put(12, little(Int16(16)))
        for (place, size) in [3, 3, 2, 2].enumerated() { put(16 + 8 * place, little(Int64(size))) }
        for place in 0..<4 { put(104 + 8 * place, little(1.5.bitPattern)) }
        put(168, little(Int64(544)))
        put(344, little(Int32(1)))
        put(352, little(0.5.bitPattern))
        return head + (0..<12).flatMap { little(Float($0).bitPattern) }
    }
}
