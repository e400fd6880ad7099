import Datasets
import Foundation
import Imaging
import Testing

@Suite("Pictures by several artists")
struct PicturesTests {
    private static let svg = """
        <svg xmlns="http://www.w3.org/2000/svg" xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"
        xmlns:cc="http://web.resource.org/cc/" xmlns:dc="http://purl.org/dc/elements/1.1/"
        width="100" height="50">
        <metadata><rdf:RDF><cc:Work rdf:about=""><dc:title>TITLE</dc:title>
        <dc:subject><rdf:Bag><rdf:li>food</rdf:li><rdf:li>fruit</rdf:li></rdf:Bag></dc:subject>
        <dc:creator><cc:Agent><dc:title>Some Body</dc:title></cc:Agent></dc:creator>
        <cc:license rdf:resource="LICENCE"/></cc:Work></rdf:RDF></metadata>
        <rect x="20" y="10" width="40" height="20" fill="#ff0000"/></svg>
        """

    private static let publicDomain = "http://web.resource.org/cc/PublicDomain"

    private func withClipArt(
        _ files: [(path: String, title: String, licence: String)],
        _ body: (URL) throws -> Void
    ) throws {
        try Samples.withFolder { folder in
            for file in files {
                let url = folder.appending(path: file.path)
                try FileManager.default.createDirectory(
                    at: url.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                let text = Self.svg.replacing("TITLE", with: file.title)
                    .replacing("LICENCE", with: file.licence)
                try Data(text.utf8).write(to: url)
            }
            try body(folder)
        }
    }

    @Test("clip art has its title, keywords, artist and licence, and fills its square")
    func clipArt() throws {
        let free = Self.publicDomain
        try withClipArt([
            ("food/fruit/red_apple.svg", "Red Apple", free),
            ("food/banana_some_body_01.svg", "Etiquette Icons", free),
            ("animals/cat.svg", "", free),
            ("animals/fox.svg", "Fox", "http://web.resource.org/cc/GPL"),
            ("animals/a1.svg", "", free),
            ("shapes/arrow.svg", "Arrow", free),
        ]) { folder in
            let source = try ClipArtSource(folder: folder, pixels: 64)
            let names = (0..<source.count).map { source.record(at: $0).captions[0].text }
            #expect(names.sorted() == ["banana", "cat", "red apple"])
            #expect(source.classNames == ["animals", "food"])
            #expect(source.leftOut.values.reduce(0, +) == 3)
            let apple = try #require(names.firstIndex(of: "red apple"))
            #expect(source.record(at: apple).label == 1)
            #expect(source.record(at: apple).captions[0].keywords.isEmpty)
            #expect(source.provenance(at: apple).artist == "Some Body")
            let picture = try source.picture(at: apple)
            #expect(picture.width == 64 && picture.height == 64 && picture.channels == 4)
            let box = try #require(picture.visibleBox())
            #expect(box.width >= 58 && (28...32).contains(box.height))
            #expect(picture[32, 32, 0] == 255 && picture[32, 32, 1] == 0)
        }
    }

    @Test("files that are no drawings are errors that name them, never traps")
    func broken() throws {
        try withClipArt([("food/apple.svg", "Apple", Self.publicDomain)]) { folder in
            let source = try ClipArtSource(folder: folder, pixels: 32)
            let file = folder.appending(path: "food/apple.svg")
            for text in ["", "<svg", "<svg xmlns='http://www.w3.org/2000/svg'/>", "no picture"] {
                try Data(text.utf8).write(to: file)
                #expect(throws: (any Error).self) { _ = try source.picture(at: 0) }
            }
        }
    }

    @Test("a package that is not here is named, with what to do")
    func absent() throws {
        try Samples.withFolder { folder in
            let package = DebianPackage(
                "some-package",
                path: "usr/share/some",
                environment: ["ATELIER_CACHE": folder.path],
                root: folder
            )
            #expect(package.place == nil)
            let error = datasetError { _ = try package.located() }
            #expect(error?.description.contains("apt-get install some-package") == true)
            let unpacked = folder.appending(path: "packages/some-package/usr/share/some")
            try FileManager.default.createDirectory(at: unpacked, withIntermediateDirectories: true)
            #expect(package.place?.path == unpacked.path)
        }
    }

    @Test(
        "each hand's pictures have names; near-copies and held-out hands are left out",
        .enabled(
            if: EmojiHand.allCases.allSatisfy { $0.package.place != nil },
            "the packages are not here: atelier data fetch pictures"
        )
    )
    func hands() throws {
        let noto = try EmojiSource(pixels: 32)
        let twemoji = try EmojiSource(pixels: 32, hand: .twemoji)
        let symbola = try EmojiSource(pixels: 32, hand: .symbola)
        #expect(twemoji.count > 3_500 && twemoji.count <= noto.count)
        #expect((1_000...1_300).contains(symbola.count))
        for source in [twemoji, symbola] {
            let fox = try #require(
                (0..<source.count).first { source.record(at: $0).identifier == "1F98A" }
            )
            let picture = try source.picture(at: fox)
            #expect(picture.width == 32 && picture.height == 32)
            #expect(picture.visibleBox() != nil)
        }
    }
}
