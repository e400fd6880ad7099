import Imaging
import Settings

/// One side of the pairs that a set gives: which of its pictures, and how they are drawn.
struct PairSide: Sendable {
    /// What the pictures are taken from.
    let source: any PictureSource
    /// The class that all of them are of, where the side is one.
    let label: Int?
    /// The style that they are drawn again in.
    let style: PictureStyle?

    /// The side that a word means: a class of the set, a place of its scenes, or a style; nothing for the pictures as
    /// they are.
    ///
    /// - Throws: `DatasetError` for a word that means none of these.
    init(_ word: String?, of source: any PictureSource) throws {
        var source = source
        var (label, style): (Int?, PictureStyle?) = (nil, nil)
        let place = word.flatMap(ScenePlace.init(rawValue:))
        if var scenes = source as? ScenesSource, let place {
            scenes.place = place
            source = scenes
        } else if let word, let known = source.classNames.firstIndex(of: word) {
            label = known
        } else if let word {
            guard let known = PictureStyle(named: word) else {
                throw PairSide.unknown(word, in: source)
            }
            style = known
        }
        (self.source, self.label, self.style) = (source, label, style)
    }

    /// A picture of the source as this side shows it.
    ///
    /// - Parameters:
    ///   - index: Which picture of the source.
    ///   - options: Size and channels.
    /// - Returns: The picture, of that size.
    /// - Throws: What is wrong with its file.
    func picture(at index: Int, _ options: CacheOptions) throws -> Picture {
        let fitted = options.fitted(try source.picture(at: index), depth: source.depth)
        return try style.map { try $0.applied(to: fitted) } ?? fitted
    }

    private static func unknown(_ word: String, in source: any PictureSource) -> DatasetError {
        let places = ScenePlace.allCases.map(\.rawValue)
        let own = source is ScenesSource ? places : Array(source.classNames.prefix(20))
        let styles = PictureStyle.allCases.map(\.rawValue)
        return DatasetError(
            .request,
            at: "side '\(word.prefix(100))' of data.pairs",
            "is no class of the set '\(source.name)' and no style",
            cure: "choose one of \((own + styles).joined(separator: ", "))"
        )
    }
}
