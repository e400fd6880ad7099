import Datasets
import Foundation
import Imaging
import Testing

@Suite("EmojiSource")
struct EmojiSourceTests {
    // Skipped where the packages with the lists or the font are not installed.
    static let isInstalled: Bool = {
        let files = EmojiFiles.installed
        return FileManager.default.fileExists(atPath: files.sequences.path)
            && FileManager.default.fileExists(atPath: files.annotations.path)
            && EmojiFont.noto.isInstalled
    }()

    private static let list = """
        # group: Animals & Nature
        # subgroup: animal-bird
        1F426                       ; fully-qualified     # \u{1F426} E0.6 bird
        263A                        ; unqualified         # \u{263A} E0.6 smiling face
        # group: People & Body
        # subgroup: person
        1F9D1 200D 1F680            ; fully-qualified     # x E12.1 astronaut: person & more
        """

    private static func withFiles(
        list: String = list,
        _ body: (EmojiFiles) throws -> Void
    ) throws {
        try Samples.withFolder { folder in
            let sequences = folder.appending(path: "list.txt")
            try Data(list.utf8).write(to: sequences)
            for (name, text) in [
                ("annotations/zh", #"<annotation cp="&#x1F426;">动物 | 鸟</annotation>"#),
                (
                    "annotationsDerived/zh",
                    "<annotation cp=\"\u{1F9D1}\u{200D}\u{1F680}\" type=\"tts\">宇航员</annotation>"
                ),
            ] {
                let tts = #"<annotation cp="&#x1F426;" type="tts">鸟</annotation>"#
                let xml = "<ldml><annotations>\(tts)\(text)</annotations></ldml>"
                let file = folder.appending(path: name + ".xml")
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try Data(xml.utf8).write(to: file)
            }
            try body(EmojiFiles(sequences: sequences, annotations: folder))
        }
    }

    @Test("reads names, groups, and captions in a language")
    func lists() throws {
        try Self.withFiles { files in
            let source = try EmojiSource(pixels: 32, languages: ["zh"], files: files)
            #expect(source.count == 2)
            #expect(source.classNames == ["Animals & Nature", "People & Body"])
            let bird = source.record(at: 0)
            #expect(bird.identifier == "1F426" && bird.label == 0)
            #expect(bird.tags == ["Animals & Nature", "animal-bird"])
            #expect(
                bird.captions == [Caption(language: "zh", text: "鸟", keywords: ["动物", "鸟"])]
            )
            #expect(source.record(at: 1).identifier == "1F9D1-200D-1F680")
            #expect(source.record(at: 1).captions.map(\.text) == ["宇航员"])
            #expect(source.text(at: 1) == "\u{1F9D1}\u{200D}\u{1F680}")
        }
    }

    @Test("names what is missing or damaged, and the packages")
    func damaged() throws {
        try Self.withFiles { files in
            let language = datasetError {
                _ = try EmojiSource(languages: ["tlh"], files: files)
            }
            #expect(language?.place.hasSuffix("annotations/tlh.xml") == true)
            #expect(language?.cure.contains("unicode-cldr-core") == true)
            try Data("<ldml><annotations>".utf8).write(
                to: files.annotations.appending(path: "annotations/zh.xml")
            )
            let xml = datasetError { _ = try EmojiSource(languages: ["zh"], files: files) }
            #expect(xml?.kind == .damaged)
            let size = datasetError { _ = try EmojiSource(pixels: 0, files: files) }
            #expect(size?.kind == .request)
        }
        try Self.withFiles(list: "XYZ ; fully-qualified # x E1.0 name\n") { files in
            let error = datasetError { _ = try EmojiSource(languages: [], files: files) }
            #expect(error?.kind == .damaged && error?.place.hasSuffix(":1") == true)
        }
    }

    @Test(
        "draws the installed set with names in English and Chinese",
        .enabled(if: isInstalled, "the emoji packages are not installed")
    )
    func installed() throws {
        let source = try EmojiSource(pixels: 24)
        #expect((3500...4200).contains(source.count))
        #expect(source.classNames.count >= 9)
        let records = (0..<source.count).map(source.record)
        #expect(Set(records.map(\.identifier)).count == records.count)
        let chinese = records.count { $0.captions.contains { $0.language == "zh" } }
        #expect(records.allSatisfy { $0.captions.first?.language == "en" })
        #expect(Double(chinese) > 0.95 * Double(records.count))
        let rocket = try #require(records.first { $0.identifier == "1F680" })
        #expect(rocket.captions.map(\.text) == ["rocket", "火箭"])
        #expect(rocket.captions[0].keywords.contains("space"))
        #expect(rocket.tags == ["Travel & Places", "transport-air"])
        let report = DatasetCheck(minimumSide: 24).report(on: source)
        #expect(report.readable > 3500 && report.count(of: .corrupt) == 0)
        #expect(report.channelCounts == [0, 0, 0, report.readable])
        #expect(report.undrawable < 100)
        // Many flags are the same picture (Norway's is Svalbard's), hardly anything else is.
        #expect(report.count(of: .duplicate) < 100)
    }

    @Test(
        "draws any size, in colour, with clear corners",
        .enabled(if: isInstalled, "the emoji packages are not installed"),
        arguments: [16, 64, 200]
    )
    func sizes(pixels: Int) throws {
        let source = try EmojiSource(pixels: pixels)
        let index = try #require(
            (0..<source.count).first { source.record(at: $0).identifier == "1F34E" }
        )
        let apple = try source.picture(at: index)
        #expect(apple.width == pixels && apple.height == pixels && apple.channels == 4)
        #expect(apple[0, 0, 3] == 0)
        let middle = pixels / 2
        #expect(apple[middle, middle, 3] == 255)
        #expect(apple[middle, middle, 0] > apple[middle, middle, 2] + 50)
    }
}
