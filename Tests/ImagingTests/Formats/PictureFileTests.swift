import Foundation
import Imaging
import Testing

@Suite struct PictureFileTests {
    @Test func mislabelledFilesNameBothFormats() throws {
        let folder = try Sample.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let url = folder.appendingPathComponent("really-a.png")
        let picture = Sample.gradient()
        try picture.encoded(as: .jpeg).write(to: url)
        let error = try #require(Sample.error { try Picture(contentsOf: url) })
        #expect(error == .mislabelled(name: url.path, expected: .png, found: .jpeg))
        #expect(error.description.contains("really-a.png"))
        #expect(error.description.contains("PNG") && error.description.contains("JPEG"))
        var limits = DecodingLimits.standard
        limits.allowsMislabelled = true
        #expect(try Picture(contentsOf: url, limits: limits).width == picture.width)
    }

    @Test func namesWithoutAFormatAreFine() throws {
        let folder = try Sample.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let url = folder.appendingPathComponent("upload")
        let picture = Sample.noise()
        try picture.write(to: url, as: .png)
        #expect(try Picture(contentsOf: url) == picture)
    }

    @Test func filesThatAreNotThereOrNotFiles() throws {
        let folder = try Sample.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let missing = folder.appendingPathComponent("missing.png")
        for url in [missing, folder] {
            guard case .unreadable(let name, _) = Sample.error({ try Picture(contentsOf: url) })
            else {
                Issue.record("expected \(url.path) to be unreadable")
                continue
            }
            #expect(name == url.path)
        }
    }

    @Test func largeFilesAreNotRead() throws {
        let folder = try Sample.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let url = folder.appendingPathComponent("large.png")
        try Data().write(to: url)
        let handle = try FileHandle(forWritingTo: url)
        try handle.truncate(atOffset: 1 << 40)
        try handle.close()
        guard
            case .tooLarge(_, "bytes", 1_099_511_627_776, _) =
                Sample.error({ try Picture(contentsOf: url) })
        else {
            Issue.record("expected the file to be too large")
            return
        }
    }

    @Test func writingReplacesWholeFilesAndLeavesNothingElse() throws {
        let folder = try Sample.folder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let url = folder.appendingPathComponent("picture.png")
        try Sample.gradient().write(to: url)
        try Sample.noise().write(to: url)
        #expect(try Picture(contentsOf: url) == Sample.noise())
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["picture.png"])
    }

    @Test func writingWhereThereIsNoFolderOrFormat() throws {
        let nowhere = URL(fileURLWithPath: "/nonexistent-folder/picture.png")
        guard
            case .notWritten(nowhere.path, _) = Sample.error({
                try Sample.noise().write(to: nowhere)
            })
        else {
            Issue.record("expected an error that names the file")
            return
        }
        let unknown = URL(fileURLWithPath: "/tmp/picture.xyz")
        #expect(
            Sample.error { try Sample.noise().write(to: unknown) }?.description.contains(".xyz")
                == true
        )
    }
}
