import Imaging
import Settings

/// Pairs made of a set's pictures: what a translation begins with above what it is to become.
///
/// Both pictures are brought to the size first, then drawn in their styles, so that an example has twice the rows. A flip
/// from left to right turns both alike.
public struct PairSource: PictureSource {
    /// The set's name, and that it is one of pairs.
    public let name: String

    /// The set's files, and how pairs are made of them.
    public let origin: Origin

    /// The set's defects, and how many pictures found no partner.
    public let problems: [Finding]

    private let first: PairSide
    private let second: PairSide
    private let entries: [Entry]
    private let options: CacheOptions

    /// A pair: the places of its pictures in the set.
    private struct Entry: Sendable {
        let name: String
        let first: Int
        let second: Int
    }

    /// Pairs of a part of a set; where classes are matched, both files of a pair are in the same part.
    ///
    /// - Parameters:
    ///   - source: The part.
    ///   - pairs: Which sides, and whether they match.
    ///   - split: Which part it is.
    ///   - options: Size and channels of one picture.
    /// - Returns: The pairs.
    /// - Throws: `DatasetError` for a side that is unknown, or where no pair is found.
    public static func open(
        _ source: any PictureSource,
        _ pairs: PicturePairs,
        split: Split,
        options: CacheOptions
    ) throws -> any PictureSource {
        // A file's name alone decides which part it is in, and the two of a pair have different ones.
        guard let part = source as? SubsetSource, pairs.matched,
            try PairSide(pairs.from, of: source).label != nil,
            try PairSide(pairs.to, of: source).label != nil
        else { return try PairSource(source, pairs, options: options) }
        return DatasetCatalog.held(try PairSource(part.whole, pairs, options: options), split)
    }

    /// Pairs of all pictures of a source.
    ///
    /// - Throws: `DatasetError` for a side that is unknown, or where no pair is found.
    init(_ source: any PictureSource, _ pairs: PicturePairs, options: CacheOptions) throws {
        first = try PairSide(pairs.from, of: source)
        second = try PairSide(pairs.to, of: source)
        let isOfClasses = first.label != nil && second.label != nil
        let (firsts, seconds) = PairSource.members(of: source, first, second)
        let entries: [Entry]
        switch (pairs.matched, isOfClasses) {
        case (true, true): entries = PairSource.sameNames(source, firsts, seconds)
        case (true, false):
            entries = firsts.map {
                Entry(name: source.record(at: $0).identifier, first: $0, second: $0)
            }
        case (false, true): entries = PairSource.loose(source, firsts, seconds)
        case (false, false):
            // No picture is seen on both sides.
            let isFirst = { (index: Int) in
                (XXHash64.hash(source.record(at: index).identifier) >> 32).isMultiple(of: 2)
            }
            entries = PairSource.loose(
                source,
                firsts.filter(isFirst),
                firsts.filter { !isFirst($0) }
            )
        }
        let sides = [pairs.from, pairs.to].map { $0 ?? "as they are" }
        guard !entries.isEmpty else {
            throw DatasetError(
                .missing,
                at: source.name,
                "no pair is found: \(firsts.count) pictures for '\(sides[0])',"
                    + " \(seconds.count) for '\(sides[1])'",
                cure: isOfClasses && pairs.matched
                    ? "give both files of a pair the same name, or set data.pairs.matched=false"
                    : "add pictures, or choose other sides in data.pairs"
            )
        }
        let lonely =
            pairs.matched && isOfClasses ? firsts.count + seconds.count - 2 * entries.count : 0
        problems =
            source.problems
            + (lonely == 0
                ? []
                : [
                    Finding(
                        .leftOut,
                        source.name,
                        "\(lonely) pictures have no partner of the same name and are left out"
                    )
                ])
        self.entries = entries
        self.options = options
        name = "\(source.name)-pairs"
        origin = Origin(
            identity: "\(source.origin.identity)|pairs, by rules 1, from \(sides[0]) to \(sides[1])"
                + (pairs.matched ? "" : ", not matched"),
            state: source.origin.state
        )
    }

    /// How many pairs there are.
    public var count: Int { entries.count }

    /// As many bits as the set has.
    public var depth: SampleDepth { first.source.depth }

    /// The name that both pictures have, or those of both.
    public func record(at index: Int) -> ExampleRecord {
        ExampleRecord(identifier: entries[index].name)
    }

    /// Both pictures of a pair, one above the other.
    public func picture(at index: Int) throws -> Picture {
        let above = try first.picture(at: entries[index].first, options)
        let below = try second.picture(at: entries[index].second, options)
        return Picture(
            width: options.width,
            height: 2 * options.height,
            channels: options.channels,
            depth: depth,
            samples: above.samples + below.samples
        )
    }

    /// The pictures that may stand on each side.
    private static func members(
        of source: any PictureSource,
        _ first: PairSide,
        _ second: PairSide
    ) -> (first: [Int], second: [Int]) {
        var all = Array(0..<source.count)
        if source is ScenesSource {
            // A picture that is shown as it is stands in no place.
            all.removeAll { source.record(at: $0).tags == [SceneProduction.picture.rawValue] }
        }
        func members(_ label: Int?) -> [Int] {
            label.map { label in all.filter { source.record(at: $0).label == label } } ?? all
        }
        // One class alone counts for both sides.
        return (members(first.label ?? second.label), members(second.label ?? first.label))
    }

    /// Pictures whose paths differ in nothing but the class and the ending.
    private static func sameNames(
        _ source: any PictureSource,
        _ firsts: [Int],
        _ seconds: [Int]
    ) -> [Entry] {
        func key(_ index: Int) -> String {
            let record = source.record(at: index)
            let own = record.label.flatMap {
                source.classNames.indices.contains($0) ? source.classNames[$0] : nil
            }
            var parts = record.identifier.split(separator: "/").map(String.init)
            if let own, let place = parts.firstIndex(of: own) { parts.remove(at: place) }
            let file = parts.popLast() ?? ""
            let stem = file.lastIndex(of: ".").map { String(file[..<$0]) } ?? file
            return (parts + [stem]).joined(separator: "/")
        }
        let partners = Dictionary(seconds.map { (key($0), $0) }) { earlier, _ in earlier }
        var taken: Set<String> = []
        return firsts.compactMap { index in
            let name = key(index)
            guard let partner = partners[name], taken.insert(name).inserted else { return nil }
            return Entry(name: name, first: index, second: partner)
        }
    }

    /// Pictures side by side as they come; the shorter list begins anew.
    private static func loose(
        _ source: any PictureSource,
        _ firsts: [Int],
        _ seconds: [Int]
    ) -> [Entry] {
        guard !firsts.isEmpty, !seconds.isEmpty else { return [] }
        return (0..<max(firsts.count, seconds.count)).map { place in
            let (one, other) = (firsts[place % firsts.count], seconds[place % seconds.count])
            let names = [one, other].map { source.record(at: $0).identifier }
            return Entry(name: names.joined(separator: " | "), first: one, second: other)
        }
    }
}
