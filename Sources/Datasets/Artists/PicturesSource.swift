import Files
import Foundation
import Imaging

/// Things drawn by several artists, with names in English and Chinese and a word for the hand.
///
/// Emoji by three hands, clip art, rendered models, icons: the same names in different hands, none a
/// near-copy of another. Two thirds of the captions name the hand, the others do not, so that a bare
/// name draws any hand and a named one that hand.
public struct PicturesSource: PictureSource {
    /// The set's name, `pictures`.
    public let name = "pictures"

    /// The groups of emoji, then the hands whose pictures have none.
    public let classNames: [String]

    /// The origins of all hands.
    public let origin: Origin

    /// How many pictures were left out as near-copies, by hand.
    public let nearCopies: [PictureHand: Int]

    private let parts: [Part]
    private let entries: [Entry]

    /// The pictures of one hand, decoded.
    private struct Part: Sendable {
        let hand: PictureHand
        let cache: PictureCache
        let source: any PictureSource
        let provenances: @Sendable (String) -> PictureProvenance
    }

    /// A picture of a part.
    struct Entry: Sendable {
        let part: Int
        let index: Int
        /// What the part says of it: the bare name.
        let record: ExampleRecord
        /// What the set says of it.
        let told: ExampleRecord
        let isHeldOut: Bool
    }

    /// Opens the pictures of all hands, decoding and comparing them where that was not done before.
    ///
    /// - Parameters:
    ///   - hands: Which hands.
    ///   - pixels: The side of every picture.
    ///   - folder: Where decoded pictures are kept.
    ///   - notice: Told what a person should know.
    /// - Throws: `DatasetError` that names the packages to get.
    public init(
        hands: [PictureHand] = PictureHand.allCases,
        pixels: Int = 128,
        folder: URL = CacheFolder.pictures(),
        notice: @escaping @Sendable (String) -> Void = Notice.print
    ) throws {
        let sources = try hands.map { ($0, try HandSource($0, pixels: pixels)) }
        let options = CacheOptions(
            width: pixels,
            height: pixels,
            channels: 4,
            fit: .contain,
            damage: .skip
        )
        parts = try sources.map { hand, source in
            Part(
                hand: hand,
                cache: try source.cache(options, folder: folder, notice: notice),
                source: source.source,
                provenances: source.provenances()
            )
        }
        let groups = sources.first { $0.0 == .shaded }?.1.source.classNames ?? []
        let classes = groups + hands.filter { !$0.isEmoji }.map(\.words.english)
        let kept = try PicturesSource.kept(parts, folder: folder, notice: notice)
        var entries: [Entry] = []
        var copies: [PictureHand: Int] = [:]
        for (number, part) in parts.enumerated() {
            copies[part.hand] = part.cache.count - kept[number].count
            for index in kept[number] {
                entries.append(
                    PicturesSource.entry(
                        part: number,
                        index: index,
                        hand: part.hand,
                        record: try part.cache.record(at: index),
                        classes: classes,
                        groups: groups
                    )
                )
            }
        }
        self.entries = entries
        classNames = classes
        nearCopies = copies
        origin = Origin(
            identity: "pictures \(pixels) \(hands.map(\.rawValue).joined(separator: " "))",
            state: parts.map(\.cache.contents).joined(separator: " ")
        )
    }

    /// How many pictures there are.
    public var count: Int { entries.count }

    /// Hand and identifier, group, names.
    public func record(at index: Int) -> ExampleRecord { entries[index].told }

    /// The picture.
    public func picture(at index: Int) throws -> Picture {
        let entry = entries[index]
        return parts[entry.part].cache.picture(at: entry.index)
    }

    /// Whose hand a picture is in.
    public func hand(at index: Int) -> PictureHand { parts[entries[index].part].hand }

    /// What a picture shows, without a word for the hand.
    public func bareRecord(at index: Int) -> ExampleRecord { entries[index].record }

    /// Whether a picture is kept for tests: of each tenth name one hand, and skin tones as in `emoji`.
    public func isHeldOut(at index: Int) -> Bool { entries[index].isHeldOut }

    /// Who made a picture, and under which terms.
    public func provenance(at index: Int) -> PictureProvenance {
        let entry = entries[index]
        return parts[entry.part].provenances(entry.record.identifier)
    }

    /// Lends the samples of a picture: eight bits, red, green, blue and alpha.
    ///
    /// - Precondition: the pointer does not leave the closure.
    func withPixels<Result>(
        at index: Int,
        _ body: (UnsafePointer<UInt8>) throws -> Result
    ) rethrows -> Result {
        let entry = entries[index]
        return try parts[entry.part].cache.withPixels(at: entry.index) {
            try body($0.assumingMemoryBound(to: UInt8.self))
        }
    }

    /// What the set says of a picture.
    private static func entry(
        part: Int,
        index: Int,
        hand: PictureHand,
        record: ExampleRecord,
        classes: [String],
        groups: [String]
    ) -> Entry {
        let identifier = "\(hand.rawValue)/\(record.identifier)"
        let hash = XXHash64.hash(identifier) >> 32
        // On two thirds of the pictures, always the same ones.
        let isNamed = hash % 3 != 0
        let captions = record.captions.map { caption -> Caption in
            guard isNamed, let word = hand.word(in: caption.language) else { return caption }
            let comma = caption.language.hasPrefix("zh") ? "，" : ", "
            return Caption(
                language: caption.language,
                text: caption.text + comma + word,
                keywords: caption.keywords
            )
        }
        let label =
            hand.isEmoji
            ? record.tags.first.flatMap(groups.firstIndex)
            : classes.firstIndex(of: hand.words.english)
        return Entry(
            part: part,
            index: index,
            record: record,
            told: ExampleRecord(
                identifier: identifier,
                label: label,
                captions: captions,
                tags: [hand.words.english] + record.tags
            ),
            isHeldOut: isHeldOut(record, hand: hand)
        )
    }

    private static func isHeldOut(_ record: ExampleRecord, hand: PictureHand) -> Bool {
        guard let name = record.captions.first(where: { $0.language == "en" })?.text else {
            return false
        }
        if EmojiCombination(naming: name)?.isHeldOut == true { return true }
        guard let place = PictureHand.emoji.firstIndex(of: hand) else {
            return XXHash64.hash(record.identifier) >> 32 % 20 == 0
        }
        let hash = XXHash64.hash(name) >> 32
        return hash % 10 == 0 && Int(hash / 10) % PictureHand.emoji.count == place
    }

    /// Of each part the pictures that are not nearly the same as an earlier one; found once and kept.
    private static func kept(
        _ parts: [Part],
        folder: URL,
        notice: (String) -> Void
    ) throws -> [[Int]] {
        let contents = parts.map(\.cache.contents).joined(separator: " ")
        let hash = String(XXHash64.hash(contents), radix: 16)
        let file = folder.appending(path: "pictures-kept-\(hash).json")
        if let data = try? Data(contentsOf: file),
            let kept = try? JSONDecoder().decode([[Int]].self, from: data),
            kept.count == parts.count,
            zip(kept, parts).allSatisfy({ indices, part in
                indices.allSatisfy { (0..<part.cache.count).contains($0) }
            })
        {
            return kept
        }
        notice("looking for near-copies among \(parts.reduce(0) { $0 + $1.cache.count }) pictures")
        var found = NearCopies()
        let kept = parts.map { part in
            (0..<part.cache.count).filter { index in
                part.cache.withPixels(at: index) {
                    found.takes(
                        $0.assumingMemoryBound(to: UInt8.self),
                        width: part.cache.width,
                        height: part.cache.height
                    )
                }
            }
        }
        try AtomicFile.write(try JSONEncoder().encode(kept), to: file)
        return kept
    }
}

extension PictureHand {
    /// The hands that draw emoji.
    static let emoji: [PictureHand] = [.shaded, .flat, .lines]

    /// Whether it draws emoji.
    var isEmoji: Bool { PictureHand.emoji.contains(self) }
}
