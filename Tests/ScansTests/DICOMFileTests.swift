import Foundation
import Scans
import Testing

@Suite("DICOM files")
struct DICOMFileTests {
    @Test("values are the same in every syntax", arguments: ScanSamples.Syntax.allCases)
    func syntaxes(_ syntax: ScanSamples.Syntax) throws {
        let values = (0..<12).map { $0 * 300 } + [4095, 0, 7, 7, 7, 7]
        let data = ScanSamples.dicom(
            values,
            width: 6,
            height: 3,
            stored: 12,
            syntax: syntax,
            more: [(0x0028_1052, "DS", "-1024"), (0x0028_1053, "DS", "2")]
        )
        let file = try DICOMFile(data, name: "a.dcm")
        #expect((file.width, file.height, file.frameCount) == (6, 3, 1))
        let slice = try file.slice(0)
        #expect(slice.values == values.map { Double($0) * 2 - 1024 })
        #expect(slice.storable == ValueRange(-1024, 4095 * 2 - 1024))
        #expect(!file.isPacked)
    }

    @Test("signs, stored bits, eight bits and frames")
    func numbers() throws {
        let signed = try DICOMFile(
            ScanSamples.dicom(
                [-2048, -1, 0, 2047],
                width: 2,
                height: 2,
                stored: 12,
                isSigned: true
            ),
            name: "s"
        )
        #expect(try signed.slice(0).values == [-2048, -1, 0, 2047])
        for syntax in [ScanSamples.Syntax.explicit, .runs] {
            let frames = try DICOMFile(
                ScanSamples.dicom(
                    [1, 2, 3, 4, 5, 6, 7, 250],
                    width: 2,
                    height: 2,
                    frames: 2,
                    bits: 8,
                    syntax: syntax
                ),
                name: "f"
            )
            #expect(try frames.slice(0).values == [1, 2, 3, 4])
            #expect(try frames.slice(1).values == [5, 6, 7, 250])
            #expect(throws: ScanError.self) { try frames.slice(2) }
        }
    }

    @Test("the window of a file, and low values seen bright")
    func window() throws {
        let more: [(UInt32, String, String)] = [
            (0x0028_1050, "DS", "50.5\\7"), (0x0028_1051, "DS", "101\\9"),
        ]
        for photometric in ["MONOCHROME1", "MONOCHROME2"] {
            let file = try DICOMFile(
                ScanSamples.dicom(
                    [0, 50, 100, 200],
                    width: 2,
                    height: 2,
                    photometric: photometric,
                    more: more
                ),
                name: "w"
            )
            let slice = try file.slice(0)
            #expect(slice.window == ValueRange(0, 100))
            let greys = slice.picture(slice.window).sixteenBitSamples
            let expected: [UInt16] = [0, 32_768, 65_535, 65_535]
            let isPlain = photometric == "MONOCHROME2"
            #expect(greys == (isPlain ? expected : expected.map { 65_535 - $0 }))
        }
    }

    @Test("planes are told from directions")
    func planes() throws {
        for (text, plane) in [
            ("1\\0\\0\\0\\1\\0", ScanPlane.axial), ("1\\0\\0\\0\\0\\-1", .coronal),
            ("0\\1\\0\\0\\0\\-1", .sagittal), ("0.7\\0.7\\0\\0\\0\\-1", nil),
        ] as [(String, ScanPlane?)] {
            let data = ScanSamples.dicom(
                [1, 2],
                width: 2,
                height: 1,
                more: [(0x0020_0037, "DS", text)]
            )
            #expect(try DICOMFile(data, name: "p").plane(0) == plane)
        }
    }

    @Test("a file that ends anywhere is an error", arguments: ScanSamples.Syntax.allCases)
    func cut(_ syntax: ScanSamples.Syntax) throws {
        let data = ScanSamples.dicom(
            Array(0..<16),
            width: 4,
            height: 4,
            syntax: syntax,
            more: [(0x0028_1053, "DS", "1")]
        )
        for length in 0..<data.count {
            #expect(throws: ScanError.self) {
                _ = try DICOMFile(data.prefix(length), name: "cut").slice(0)
            }
        }
    }

    @Test("claims are checked before room is made for them")
    func claims() throws {
        let plain = ScanSamples.dicom([1, 2, 3, 4], width: 60_000, height: 1000)
        #expect(throws: ScanError.self) { try DICOMFile(plain, name: "large") }
        let runs = ScanSamples.dicom([1, 2, 3, 4], width: 2, height: 2, syntax: .runs)
        // The same fragment for a picture of 8000 x 8000.
        var bytes = Array(runs)
        let rows = ScanSamples.element(0x0028_0010, "US", ScanSamples.bytes(UInt16(2)))
        let columns = ScanSamples.element(0x0028_0011, "US", ScanSamples.bytes(UInt16(2)))
        for wanted in [rows, columns] {
            let place = try #require(bytes.firstRange(of: wanted))
            bytes.replaceSubrange(
                place,
                with: wanted.dropLast(2) + ScanSamples.bytes(UInt16(8000))
            )
        }
        let file = try DICOMFile(Data(bytes), name: "runs")
        #expect(throws: ScanError.self) { try file.slice(0) }
    }

    @Test("sequences that never end are an error")
    func deep() throws {
        let start = ScanSamples.element(0x0040_0275, "SQ", [], length: .max)
        let item = Array(ScanSamples.item([]).prefix(4)) + [255, 255, 255, 255]
        let body = (0..<10_000).flatMap { _ in start + item }
        #expect(throws: ScanError.self) {
            try DICOMFile(ScanSamples.file(body, "1.2.840.10008.1.2.1"), name: "deep")
        }
    }

    @Test("what is no grey picture says so")
    func others() throws {
        func kind(_ data: Data) -> ScanTrouble? {
            do {
                _ = try DICOMFile(data, name: "x")
                return nil
            } catch { return (error as? ScanError)?.kind }
        }
        let report = ScanSamples.element(0x0008_0060, "CS", ScanSamples.text("SR"))
        #expect(kind(ScanSamples.file(report, "1.2.840.10008.1.2.1")) == .pictureless)
        #expect(kind(ScanSamples.file(report, "1.2.840.10008.1.2.1.99")) == .toolMissing)
        #expect(kind(ScanSamples.file(report, "1.2.3")) == .unsupported)
        #expect(
            kind(ScanSamples.dicom([1], width: 1, height: 1, photometric: "RGB")) == .unsupported
        )
        #expect(kind(Data("no scan at all".utf8)) == .damaged)
        let packed = try DICOMFile(
            ScanSamples.file(
                ScanSamples.element(0x0028_0010, "US", [1, 0])
                    + ScanSamples.element(0x0028_0011, "US", [1, 0])
                    + ScanSamples.element(
                        0x7FE0_0010,
                        "OB",
                        ScanSamples.item([]) + ScanSamples.item([1, 2])
                            + [0xFE, 0xFF, 0xDD, 0xE0, 0, 0, 0, 0],
                        length: .max
                    ),
                "1.2.840.10008.1.2.4.90"
            ),
            name: "j2k"
        )
        #expect(packed.isPacked)
        let error = #expect(throws: ScanError.self) { try packed.slice(0) }
        #expect(error?.kind == .toolMissing && error?.description.contains("make setup") == true)
    }
}
