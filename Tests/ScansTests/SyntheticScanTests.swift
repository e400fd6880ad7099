import Foundation
import Imaging
import Scans
import Testing

@Suite("Synthetic scans")
struct SyntheticScanTests {
    private let note = SyntheticNote(model: "dcgan", digest: "abc", seed: 7, subject: "axial")

    private func pictures(_ count: Int) -> [Picture] {
        (0..<count).map { number in
            Picture(
                width: 5,
                height: 3,
                channels: 1,
                sixteenBitSamples: (0..<15).map {
                    UInt16(truncatingIfNeeded: $0 &* 9973 &+ number &* 31_337)
                }
            )
        }
    }

    @Test("sixteen bits survive DICOM and NIfTI exactly")
    func exact() throws {
        let pictures = pictures(3)
        let scan = try SyntheticScan(pictures, indices: [0, 1, 2], note: note)
        for (data, picture) in zip(scan.dicomFiles(), pictures) {
            let slice = try DICOMFile(data, name: "a.dcm").slice(0)
            #expect(slice.values == picture.sixteenBitSamples.map(Double.init))
            #expect(slice.picture(slice.window) == picture)
            #expect(slice.picture(slice.storable) == picture)
        }
        let volume = try NIfTIVolume(scan.niftiFile(), name: "a.nii")
        for (number, picture) in pictures.enumerated() {
            let slice = try volume.slice(.axial, number)
            #expect(slice.values == picture.sixteenBitSamples.map(Double.init))
            #expect(slice.picture(slice.window) == picture)
        }
    }

    @Test("the values of a unit, and the sides of pixels")
    func units() throws {
        let scan = try SyntheticScan(
            pictures(1),
            indices: [4],
            note: note,
            range: .window(centre: -600, width: 1500),
            spacing: 0.7
        )
        let slices = [
            try DICOMFile(scan.dicomFiles()[0], name: "a").slice(0),
            try NIfTIVolume(scan.niftiFile(), name: "b").slice(.axial, 0),
        ]
        for slice in slices {
            #expect(slice.window == ValueRange(-1350, 150))
            #expect(abs(slice.spacing.x - 0.7) < 1e-6)
            #expect(slice.picture(slice.window) == pictures(1)[0])
        }
    }

    @Test("the same drawings have the same numbers, others have others, and none is of a patient")
    func numbers() throws {
        func files(_ count: Int) throws -> [Data] {
            try SyntheticScan(pictures(count), indices: Array(0..<count), note: note).dicomFiles()
        }
        #expect(try files(2) == files(2))
        #expect(Set(try files(2) + files(3)).count == 5)
        let text = String(decoding: try files(1)[0], as: UTF8.self)
        for wanted in ["DERIVED\\SECONDARY", "SYNTHETIC", "seed 7, index 0", "2.25."] {
            #expect(text.contains(wanted))
        }
    }

    @Test("drawings of other sizes, and none, are refused")
    func refused() {
        #expect(throws: ScanError.self) { try SyntheticScan([], indices: [], note: note) }
        let other = Picture(width: 2, height: 2, channels: 1, filledWith: .white)
        #expect(throws: ScanError.self) {
            try SyntheticScan(pictures(1) + [other], indices: [0, 1], note: note)
        }
    }
}
