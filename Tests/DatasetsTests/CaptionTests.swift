import Datasets
import Foundation
import Imaging
import TestSupport
import Testing

@Suite struct CaptionTests {
    private let captions: [[Caption]] = [
        [
            Caption(language: "en", text: "red apple", keywords: ["fruit", "apple", "red"]),
            Caption(language: "zh", text: "红苹果", keywords: ["水果", "苹果"]),
        ],
        [Caption(language: "en", text: "green apple", keywords: ["fruit", "green"])],
        [Caption(language: "en", text: "sailboat")],
    ]

    private func rows(_ length: Int = 6) throws -> TextRows {
        let pieces = try TextPieces(of: CaptionBook.texts(of: captions), pieces: 300)
        return TextRows(pieces: pieces, length: length, filler: 300)
    }

    /// The same texts give the same pieces, and the same pieces come back from their bytes.
    @Test func piecesAreThoseOfTheTexts() throws {
        let texts = CaptionBook.texts(of: captions)
        let pieces = try TextPieces(of: texts, pieces: 300)
        #expect(pieces.count > 256 && pieces.count <= 300)
        #expect(try TextPieces(of: texts, pieces: 300).model == pieces.model)
        let again = try TextPieces(model: pieces.model)
        for text in texts + ["", "Red APPLE", "ＲＥＤ apple", "never seen: ☃"] {
            let numbers = again.numbers(of: text)
            #expect(numbers == pieces.numbers(of: text))
            #expect(numbers.allSatisfy { (0..<Int32(pieces.count)).contains($0) })
        }
        // Case and width do not count.
        #expect(pieces.numbers(of: "Red APPLE") == pieces.numbers(of: "red apple"))
        #expect(pieces.numbers(of: "ＲＥＤ apple") == pieces.numbers(of: "red apple"))
        #expect(pieces.numbers(of: "").isEmpty)
    }

    @Test func whatIsNoModelIsRefused() {
        #expect(throws: DatasetError.self) { try TextPieces(model: Data("no model".utf8)) }
        #expect(throws: DatasetError.self) { try TextPieces(of: [], pieces: 300) }
    }

    /// SentencePiece follows a model's table of characters without looking, so whatever is not refused can be read.
    @Test func damagedTablesOfCharactersAreRefused() throws {
        let good = try TextPieces(of: CaptionBook.texts(of: captions), pieces: 300).model
        // The table is field 2 (bytes, more than 2^14 of them) of field 3, and begins with its length.
        let start = try #require(good.range(of: Data("nmt_nfkc_cf".utf8))).upperBound
        var chance = Philox(seed: 3, stream: 0)
        var refused = 0
        for _ in 0..<400 {
            var damaged = good
            for _ in 0..<8 {
                // Among the first units, which every text meets.
                let place = start + 8 + Int(chance.next(below: 2048))
                damaged[place] = UInt8(chance.next(below: 256))
            }
            do {
                let numbers = try TextPieces(model: damaged).numbers(of: "a red apple 红苹果 ÄÖ ﬁ")
                #expect(!numbers.isEmpty)
            } catch let error as DatasetError {
                #expect(error.kind == .damaged)
                refused += 1
            }
        }
        #expect(refused > 200, "\(refused) of 400 tables were refused")
    }

    @Test func rowsAreCutAndFilled() throws {
        let rows = try rows(4)
        #expect(rows.row("") == [300, 300, 300, 300])
        let long = rows.row("red apple green apple sailboat fruit red green")
        #expect(long.count == 4 && !long.contains(300))
    }

    /// Every showing has a way to ask of its own, in either language; the same one again later.
    @Test func waysToAskAreChance() throws {
        let scratch = try ScratchFolder()
        let source = CaptionedSource(captions: captions)
        let cache = try PictureCache.open(
            source,
            options: CacheOptions(width: 4, height: 4, channels: 3),
            folder: scratch.url
        ) { _ in }
        let book = CaptionBook(captions: captions, rows: try rows(), seed: 7)
        let loader = BatchLoader(
            cache: cache,
            order: try BatchOrder(count: 3, batchSize: 3, sampling: .sequential),
            captions: book
        )
        let epochs = (0..<40).map { loader.batch(at: DataPosition(epoch: $0)).pieces }
        #expect(epochs.allSatisfy { $0.count == 18 })
        #expect(Set(epochs).count > 10)
        #expect(epochs[3] == loader.batch(at: DataPosition(epoch: 3)).pieces)
        let first = Set(epochs.map { Array($0[0..<6]) })
        #expect(first.contains(book.rows.row("red apple")))
        #expect(first.contains(book.rows.row("红苹果")))
        // Without keywords there is the name alone.
        #expect(Set(epochs.map { Array($0[12..<18]) }) == [book.rows.row("sailboat")])
        #expect(book.row(naming: 0) == book.rows.row("red apple"))
        #expect(book.words.contains("sailboat") && book.words.contains("苹果"))
    }
}

/// Plain pictures with captions.
private struct CaptionedSource: PictureSource {
    let captions: [[Caption]]
    let name = "captioned"
    let classNames: [String] = []
    var origin: Origin { Origin(identity: "captioned", files: []) }
    var count: Int { captions.count }

    func record(at index: Int) -> ExampleRecord {
        ExampleRecord(identifier: "\(index)", captions: captions[index])
    }

    func picture(at index: Int) throws -> Picture {
        Picture(
            width: 4,
            height: 4,
            channels: 3,
            depth: .eight,
            samples: [UInt8](repeating: UInt8(index), count: 48)
        )
    }
}
