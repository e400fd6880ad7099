import Foundation

/// The pictures of one hand, and who made each.
struct HandSource: Sendable {
    /// The pictures with their bare names.
    let source: any PictureSource

    /// Opens a hand's pictures where its package is.
    ///
    /// - Throws: `DatasetError` that says how to get the package.
    init(_ hand: PictureHand, pixels: Int) throws {
        source =
            switch hand {
            case .shaded: try EmojiSource(pixels: pixels)
            case .flat: try EmojiSource(pixels: pixels, hand: .twemoji)
            case .lines: try EmojiSource(pixels: pixels, hand: .symbola)
            case .clipArt: try ClipArtSource(pixels: pixels)
            case .threeD:
                try FurnitureSource(folder: FurnitureSource.package.located(), pixels: pixels)
            case .icon: try TangoSource(pixels: pixels)
            }
    }

    /// The decoded pictures.
    func cache(
        _ options: CacheOptions,
        folder: URL,
        notice: @Sendable (String) -> Void
    ) throws -> PictureCache {
        try PictureCache.open(source, options: options, folder: folder, notice: notice)
    }

    /// Who made a picture, by its identifier.
    func provenances() -> @Sendable (String) -> PictureProvenance {
        let source = source
        switch source {
        case let emoji as EmojiSource:
            return { _ in emoji.hand.provenance }
        case let art as ClipArtSource:
            return HandSource.table(art, art.provenance)
        case let furniture as FurnitureSource:
            return HandSource.table(furniture, furniture.provenance)
        default:
            return { _ in TangoSource.provenance }
        }
    }

    private static func table(
        _ source: some PictureSource,
        _ provenance: (Int) -> PictureProvenance
    ) -> @Sendable (String) -> PictureProvenance {
        let pairs = (0..<source.count).map { (source.record(at: $0).identifier, provenance($0)) }
        let table = Dictionary(pairs) { first, _ in first }
        let unknown = PictureProvenance(artist: "", licence: "", source: source.name)
        return { table[$0] ?? unknown }
    }
}
