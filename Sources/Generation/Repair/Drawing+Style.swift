import Foundation
import Imaging
import Settings

extension Drawing {
    /// A picture drawn again in another style, by a filter: no model has a part in it.
    ///
    /// - Parameters:
    ///   - picture: Of any size.
    ///   - style: The hand.
    ///   - strength: How much of it is mixed in, 0 to 1.
    ///   - seed: Chooses strokes, grain and wobble.
    ///   - name: What the record calls the picture's file.
    ///   - told: What the file says. A picture that a model made stays marked so, with its prompt; another is
    ///     marked as changed by an algorithm.
    /// - Throws: `ImagingError` for a strength outside of that.
    public init(
        _ picture: Picture,
        as style: PictureStyle,
        strength: Double,
        seed: UInt64,
        name: String,
        told: PictureMetadata?
    ) throws {
        self.init(
            try style.applied(to: picture, seed: seed, strength: strength),
            by: Edit("style", of: [name], ["strength": strength], words: ["style": style.rawValue]),
            seed: seed,
            told: told
        )
    }

    /// Sixteen Wang tiles of a picture, as `Picture.wangTiles(name:)` makes them.
    ///
    /// - Parameters:
    ///   - picture: A texture of 32 pixels or more.
    ///   - seed: Noted in the record; nothing depends on it.
    ///   - name: What the record and errors call the picture's file.
    ///   - told: What the file says.
    /// - Throws: `ImagingError.tooSmall`.
    public init(
        wangTilesOf picture: Picture,
        seed: UInt64,
        name: String,
        told: PictureMetadata?
    ) throws {
        self.init(
            try picture.wangTiles(name: name),
            by: Edit("wang", of: [name]),
            seed: seed,
            told: told
        )
    }

    /// A picture that a filter made of one: what its file told of its making is kept.
    private init(_ picture: Picture, by edit: Edit, seed: UInt64, told: PictureMetadata?) {
        let name = edit.pictures.first ?? ""
        var record = (try? told?.drawing(name)) ?? Record(filteredWith: seed)
        record.seed = seed
        record.indices = [0]
        (record.columns, record.enlarge, record.size, record.upscaler) = (nil, nil, nil, nil)
        record.edit = edit
        self.init(
            picture: picture,
            record: record,
            title: told?.title,
            source: told?.source ?? .algorithmicallyEnhanced
        )
    }
}

extension Drawing.Record {
    /// A record of what no model made.
    ///
    /// - Parameters:
    ///   - seed: The key of all random numbers.
    ///   - filter: What it is called.
    init(filteredWith seed: UInt64, by filter: String = "style") {
        self.init(
            parts: [],
            seed: seed,
            indices: [0],
            sampling: SamplingOptions(),
            model: filter,
            weights: "",
            digest: "",
            images: 0
        )
    }

    /// The hand in which the picture was drawn again, and how much of it was mixed in.
    public var style: (name: PictureStyle, strength: Double)? {
        guard let edit, edit.name == "style",
            let style = edit.words?["style"].flatMap(PictureStyle.init(rawValue:))
        else { return nil }
        return (style, edit.numbers["strength"] ?? 1)
    }

    /// What `atelier style` wrote before it wrote records like this one.
    struct EarlierStyle: Decodable {
        let style: PictureStyle
        let strength: Double
        let seed: UInt64
        let source: String
        let prompt: String?

        /// The record in its present form.
        var record: Drawing.Record {
            var record = Drawing.Record(filteredWith: seed)
            record.prompt = prompt
            record.edit = Edit(
                "style",
                of: [source],
                ["strength": strength],
                words: ["style": style.rawValue]
            )
            return record
        }
    }
}
