/// Who made a picture and on what terms it may be passed on.
public struct PictureProvenance: Codable, Sendable, Equatable, Hashable {
    /// Whoever made it, as the source names them: a person, a studio, a set.
    public let artist: String

    /// The licence: an SPDX identifier where there is one (`CC-BY-3.0`), otherwise its own words.
    public let licence: String

    /// Where it comes from: a package, a catalogue, an address.
    public let source: String

    /// Makes a provenance.
    public init(artist: String, licence: String, source: String) {
        self.artist = artist
        self.licence = licence
        self.source = source
    }

    /// One line: the source, who made it, the terms.
    public var line: String { "\(source): \(artist.isEmpty ? "unknown" : artist); \(licence)" }
}
