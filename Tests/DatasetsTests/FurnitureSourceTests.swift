import Datasets
import Foundation
import Imaging
import Testing

@Suite("FurnitureSource")
struct FurnitureSourceTests {
    private static let list = """
        name=Test catalogue
        license=Creative Commons Attribution 3.0 Unported license  \\
          © Somebody
        # a comment
        id#1=Test#stool
        name#1=Magic TV
        category#1=Bathroom
        tags#1=Seat, Blend Swap
        model#1=/test/stool/stool.obj
        width#1=40
        depth#1=40
        height#1=80
        creator#1=Ren\\u00e9
        id#2=Test#bed
        name#2=Bed
        category#2=Bedroom
        model#2=/test/bed/bed.obj
        id#3=Test#phone
        name#3=Apple iPhone
        category#3=Office
        model#3=/test/bed/bed.obj
        id#4=Test#gone
        name#4=Gone
        category#4=Office
        model#4=/test/gone/gone.obj
        """

    private static let stool = """
        mtllib stool.mtl
        v 0 0 0
        v 1 0 0
        v 1 1 0
        v 0 1 0
        v 0 0 1
        v 1 0 1
        v 1 1 1
        v 0 1 1
        vt 0 0
        vt 1 1
        usemtl wood
        f 1/1 2/1 3/1 4/1
        f 5/1 6/1 7/1 8/1
        f 4/1 3/1 7/1 8/1
        usemtl steel
        f 1 2 6 5
        f 1 4 8 5
        f 2 3 7 6
        """

    /// A folder with one catalogue.
    private static func withCatalog(
        list: String = list,
        _ body: (URL) throws -> Void
    ) throws {
        try Samples.withFolder { folder in
            let wood = Picture(
                width: 1,
                height: 1,
                channels: 3,
                samples: [200, 40, 40]
            )
            ZipWriter.write(
                [
                    .init("PluginFurnitureCatalog.properties", Data(list.utf8)),
                    .init(
                        "PluginFurnitureCatalog_zh_CN.properties",
                        Data("name#1=\\u7535\\u89c6\ncategory#1=Bathroom\nname#2=Bed\n".utf8)
                    ),
                    .init("test/stool/stool.obj", Data(stool.utf8)),
                    .init(
                        "test/stool/stool.mtl",
                        Data("newmtl wood\nmap_Kd C:\\work\\WOOD.png\nnewmtl steel\n".utf8)
                    ),
                    .init("test/stool/wood.png", try wood.encoded(as: .png)),
                    .init("test/bed/bed.obj", Data("v 0 0 0\nf 1 1 2\n".utf8)),
                ],
                to: folder.appending(path: "Test.sh3f")
            )
            try body(folder)
        }
    }

    @Test("lists models and views, with captions in both languages and provenance")
    func lists() throws {
        try Self.withCatalog { folder in
            let source = try FurnitureSource(folder: folder, views: 4, pixels: 16)
            #expect(source.name == "furniture" && source.count == 8)
            #expect(source.classNames == ["Bathroom", "Bedroom"])
            #expect(source.problems.map(\.identifier) == ["Test/gone"])
            let records = (0..<source.count).map(source.record)
            #expect(Set(records.map(\.identifier)).count == 8)
            #expect(records[0].identifier.hasPrefix("Test/stool@"))
            #expect(records[0].label == 0 && records[0].tags == ["Bathroom"])
            #expect(records[0].captions.map(\.text) == ["magic TV", "电视"])
            #expect(records[0].captions.map(\.keywords) == [["seat", "bathroom"], ["浴室"]])
            #expect(records[1].captions.map(\.text) == ["magic TV from the side", "侧面的电视"])
            #expect(records[4].captions.map(\.text) == ["bed", "床"])
            #expect(
                source.provenance(at: 3)
                    == PictureProvenance(
                        artist: "René",
                        licence: "CC-BY-3.0",
                        source: "Sweet Home 3D, Test catalogue"
                    )
            )
        }
    }

    @Test("has sixteen views with names of their own, and words for all but the usual one")
    func views() throws {
        try Self.withCatalog { folder in
            let source = try FurnitureSource(folder: folder, pixels: 16)
            #expect(source.views == 16 && source.count == 32)
            let records = (0..<16).map(source.record)
            #expect(Set(records.map(\.identifier)).count == 16)
            let texts = Set(records.flatMap { $0.captions.map(\.text) })
            for suffix in ["", " from the side", " from the front", " from behind", " from above"] {
                #expect(texts.contains("magic TV" + suffix))
            }
            for prefix in ["", "侧面的", "正面的", "背面的", "俯视的"] {
                #expect(texts.contains(prefix + "电视"))
            }
            let pictures = try (0..<16).map { try source.picture(at: $0) }
            #expect(pictures.allSatisfy { $0.width == 16 && $0.channels == 4 })
            // A texture on half of its sides is seen from everywhere but the sides.
            let front = pictures[2]
            #expect(front[8, 8, 0] > front[8, 8, 1] + 60 && front[8, 8, 3] == 255)
        }
    }

    @Test("reads a model once for all of its views, from several threads too")
    func once() async throws {
        try Self.withCatalog { folder in
            let source = try FurnitureSource(folder: folder, pixels: 16)
            let first = try source.picture(at: 0)
            // Whoever read it again would find nothing.
            try FileManager.default.removeItem(at: folder.appending(path: "Test.sh3f"))
            for view in 0..<16 { _ = try source.picture(at: view) }
            #expect(try source.picture(at: 0) == first)
        }
        try Self.withCatalog { folder in
            let source = try FurnitureSource(folder: folder, pixels: 16)
            let expected = try (0..<16).map { try source.picture(at: $0) }
            let again = try FurnitureSource(folder: folder, pixels: 16)
            DispatchQueue.concurrentPerform(iterations: 16) { view in
                #expect((try? again.picture(at: view)) == expected[view])
            }
        }
    }

    @Test("names what is missing, damaged or out of range")
    func damaged() throws {
        try Self.withCatalog { folder in
            let source = try FurnitureSource(folder: folder, views: 1, pixels: 16)
            let error = datasetError { _ = try source.picture(at: 1) }
            #expect(error?.kind == .damaged)
            #expect(error?.place.hasSuffix("Test.sh3f:test/bed/bed.obj:2") == true)
            for (views, pixels) in [(0, 16), (17, 16), (1, 7), (1, 2000)] {
                let refusal = datasetError {
                    _ = try FurnitureSource(folder: folder, views: views, pixels: pixels)
                }
                #expect(refusal?.kind == .request)
            }
        }
        try Samples.withFolder { folder in
            let missing = datasetError { _ = try FurnitureSource(folder: folder) }
            #expect(missing?.kind == .missing)
            #expect(missing?.cure.contains("sweethome3d-furniture") == true)
            ZipWriter.write(
                [.init("other.txt", Data("x".utf8))],
                to: folder.appending(path: "Test.sh3f")
            )
            #expect(datasetError { _ = try FurnitureSource(folder: folder) }?.kind == .damaged)
        }
    }

    @Test("reads properties with escapes, continued lines and any separator")
    func properties() {
        let text = """
            ! comment
            a = 1 \\
                2
              b:x\\ty\\\\
            c\\=d   \\uD83D\\uDE00\\u00
            e
            """
        let values = PropertiesText.read(Data(text.utf8))
        #expect(values["a"] == "1 2" && values["b"] == "x\ty\\")
        #expect(values["c=d"] == "\u{1F600}00" && values["e"] == "")
        #expect(PropertiesText.read(Data([0x6E, 0x3D, 0xA9]))["n"] == "©")
    }

    // The installed package, or an unpacked one.
    static let folder: URL? = {
        let named = ProcessInfo.processInfo.environment["ATELIER_FURNITURE"]
        let folders = [named.map { URL(filePath: $0) }, FurnitureSource.installed]
        return folders.compactMap(\.self).first { folder in
            FileManager.default.fileExists(atPath: folder.appending(path: "Scopia.sh3f").path)
        }
    }()

    @Test(
        "draws the real catalogue, with names in both languages",
        .enabled(if: folder != nil, "sweethome3d-furniture is not installed (ATELIER_FURNITURE)")
    )
    func installed() throws {
        let folder = try #require(Self.folder)
        let source = try FurnitureSource(folder: folder, views: 2, pixels: 24)
        #expect((1500...1640).contains(source.count) && source.problems.isEmpty)
        let records = (0..<source.count).map(source.record)
        #expect(Set(records.map(\.identifier)).count == records.count)
        #expect(records.allSatisfy { $0.captions.first?.language == "en" })
        let chinese = records.count { $0.captions.contains { $0.language == "zh" } }
        #expect(chinese == records.count)
        let words = records.flatMap { $0.captions.map(\.text) }.joined(separator: "\n")
        #expect(!words.contains("iPhone") && !words.contains("Peugeot"))
        let licences = Set((0..<source.count).map { source.provenance(at: $0).licence })
        #expect(licences == ["CC0-1.0", "CC-BY-3.0", "CC-BY-3.0-US"])
        for index in stride(from: 0, to: source.count, by: 402) {
            let picture = try source.picture(at: index)
            let covered = (0..<24 * 24).count { picture[$0 % 24, $0 / 24, 3] > 127 }
            #expect(covered > 12, "\(records[index].identifier)")
        }
    }
}
