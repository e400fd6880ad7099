import Datasets
import Foundation
import Imaging
import Scans
import Settings
import Testing
import Torch

@Suite("ScanSource")
struct ScanSourceTests {
    private let note = SyntheticNote(model: "m", digest: "d", seed: 1, subject: "")

    private func picture(_ number: Int, width: Int = 8, height: Int = 8) -> Picture {
        Picture(
            width: width,
            height: height,
            channels: 1,
            sixteenBitSamples: (0..<width * height).map {
                UInt16(truncatingIfNeeded: 257 &* $0 &+ 4099 &* number &+ 1)
            }
        )
    }

    private func write(_ name: String, _ count: Int, dicom: Bool, in folder: URL) throws {
        let scan = try SyntheticScan(
            (0..<count).map { picture($0) },
            indices: Array(0..<count),
            note: note
        )
        let file = folder.appending(path: name)
        try FileManager.default.createDirectory(
            at: file.deletingLastPathComponent(),
            withIntermediateDirectories: true
        )
        try (dicom ? scan.dicomFiles()[0] : scan.niftiFile()).write(to: file)
    }

    @Test("volumes are cut in planes, which are the classes; what is left out is counted")
    func planes() throws {
        try Samples.withFolder { folder in
            try write("sub-1/a.nii", 10, dicom: false, in: folder)
            try write("sub-2/b.nii", 10, dicom: false, in: folder)
            try Data("x".utf8).write(to: folder.appending(path: "notes.txt"))
            try Data(#"{"classes": "planes", "margin": 0.1, "every": 2}"#.utf8)
                .write(to: folder.appending(path: "scans.json"))
            let source = try ScanSource(folder)
            #expect(source.classNames == ["axial", "coronal", "sagittal"])
            // Of 10 slices 8 are kept and 4 taken; of 8 there are no ends.
            #expect(source.count == 2 * (4 + 4 + 4))
            #expect(source.record(at: 1).identifier == "sub-1/a.nii#axial-0003")
            #expect(source.record(at: 5).captions.first?.text == "coronal")
            #expect(try source.picture(at: 1) == picture(3))
            let messages = source.problems.map(\.message)
            #expect(messages.contains { $0.contains("4 slices near the ends of volumes") })
            #expect(messages.contains { $0.contains(".txt") })
            // Each patient is on one side.
            let parts = try Split.allCases.map {
                try DatasetCatalog().open("", path: folder.path, split: $0)
            }
            let people = parts.map { part in
                Set((0..<part.count).map { part.record(at: $0).identifier.prefix(5) })
            }
            #expect(people.map(\.count) == [1, 1] && people[0].isDisjoint(with: people[1]))
        }
    }

    @Test("folders are classes; damaged files are told, with those of other kinds")
    func folders() throws {
        try Samples.withFolder { folder in
            try write("ill/1.dcm", 1, dicom: true, in: folder)
            try write("well/2", 1, dicom: true, in: folder)
            try write("well/3.nii", 3, dicom: false, in: folder)
            let whole = try Data(contentsOf: folder.appending(path: "ill/1.dcm"))
            try whole.prefix(300).write(to: folder.appending(path: "ill/cut.dcm"))
            let source = try ScanSource(folder)
            #expect(source.classNames == ["ill", "well"])
            let names = (0..<source.count).map { source.record(at: $0).identifier }
            #expect(names.prefix(3) == ["ill/1.dcm", "ill/cut.dcm", "well/2"])
            #expect(names.count == 6 && names[3] == "well/3.nii#axial-0000")
            #expect(source.labels == [0, 0, 1, 1, 1, 1])
            #expect(source.depth == .sixteen)
            #expect(try source.picture(at: 0) == picture(0))
            let report = DatasetCheck().report(on: source)
            #expect(report.count(of: .corrupt) == 1 && report.readable == 5)
        }
    }

    @Test("sixteen bits go from file to tensor")
    func depth() throws {
        try Samples.withFolder { folder in
            try write("a.nii", 4, dicom: false, in: folder)
            try Data(#"{"classes": "none", "planes": ["axial"]}"#.utf8)
                .write(to: folder.appending(path: "scans.json"))
            let cache = try PictureCache.open(
                try ScanSource(folder),
                options: CacheOptions(width: 8, height: 8, channels: 1),
                folder: folder.appending(path: ".cache"),
                notice: { _ in }
            )
            #expect(cache.depth == .sixteen && cache.picture(at: 2) == picture(2))
            let order = try BatchOrder(count: 4, batchSize: 4, sampling: .sequential)
            for layout in Batch.Layout.allCases {
                let batch = BatchLoader(cache: cache, order: order, layout: layout)
                    .batch(at: DataPosition())
                let numbers: [Float] = batch.tensor().elements()
                let wanted = (0..<4).flatMap { picture($0).sixteenBitSamples }
                #expect(numbers == wanted.map { -1 + Float($0) * (2 / 65_535) })
                // All of them come back.
                let again = Picture.batch(of: batch.tensor(), depth: .sixteen)
                #expect(again == (0..<4).map { picture($0) })
            }
            let second = cache.batch([1]).tensor().elements(as: Float.self)
            #expect(second[5] == -1 + Float(picture(1)[5, 0, 0]) * (2 / 65_535))
            var augmentation = Augmentation.none
            augmentation.horizontalFlip = 1
            let flipped = BatchLoader(cache: cache, order: order, augmentation: augmentation)
                .batch(at: DataPosition())
            let first: [Float] = flipped.tensor().elements()
            #expect(first[0] == -1 + Float(picture(0)[7, 0, 0]) * (2 / 65_535))
        }
    }

    @Test("every number of sixteen bits is a number of its own in a tensor and comes back")
    func all() {
        let all = (0...65_535).map { UInt16($0) }
        let picture = Picture(width: 256, height: 256, channels: 1, sixteenBitSamples: all)
        let values = picture.values(layout: .planar)
        #expect(Set(values).count == 65_536)
        let again = Picture(
            width: 256,
            height: 256,
            channels: 1,
            values: values,
            layout: .planar,
            depth: .sixteen
        )
        #expect(again == picture)
    }

    @Test("wrong choices name their key")
    func choices() throws {
        for (text, word) in [
            (#"{"window": "wide"}"#, "window"), (#"{"window": "1/0"}"#, "window"),
            (#"{"planes": ["oblique"]}"#, "planes"), (#"{"margin": 0.5}"#, "margin"),
            (#"{"every": 0}"#, "every"), (#"{"classes": 3}"#, "classes"),
            (#"{"volumes": "last"}"#, "volumes"), (#"{"windows": "lung"}"#, "windows"),
            ("[]", "object"),
        ] {
            let error = datasetError { _ = try SliceChoices(Data(text.utf8), name: "scans.json") }
            #expect(error?.message.contains(word) == true, "\(text)")
        }
        let lung = try SliceChoices(Data(#"{"window": "lung"}"#.utf8), name: "scans.json")
        #expect(lung.window == SliceWindow("-600/1500"))
    }
}
