import Foundation

/// What a file says about its picture.
///
/// PNG holds it in text chunks: iTXt `parameters`, `atelier`, `Title` and `XML:com.adobe.xmp`, tEXt
/// `Software`. JPEG, WebP and TIFF hold all of it in XMP. Of others' files of each kind their Exif comment is read.
public struct PictureMetadata: Sendable, Hashable, Codable {
    /// A title.
    public var title: String?
    /// Prompt and settings as lines of text, in the shape that other image generators write.
    public var parameters: String?
    /// How the picture was made, as JSON, so that it can be made again.
    public var record: String?
    /// The program that made it.
    public var software: String?
    /// The mark of a picture made by a model; nothing only for pictures that are not.
    public var source: DigitalSourceType?
    /// That it is a panorama; nothing where it is none.
    public var panorama: PanoramaFrame?

    /// Makes metadata; unless told otherwise, of a picture that a model made.
    public init(
        title: String? = nil,
        parameters: String? = nil,
        record: String? = nil,
        software: String? = "Atelier",
        source: DigitalSourceType? = .trainedAlgorithmicMedia,
        panorama: PanoramaFrame? = nil
    ) {
        self.title = title
        self.parameters = parameters
        self.record = record
        self.software = software
        self.source = source
        self.panorama = panorama
    }

    /// Reads the metadata of a file; what it lacks is nil.
    ///
    /// - Parameters:
    ///   - data: The whole file.
    ///   - name: What errors call it.
    ///   - limits: What is allowed.
    /// - Throws: `ImagingError`.
    public init(
        reading data: Data,
        name: String,
        limits: DecodingLimits = .standard
    ) throws {
        let file = try FileInspection(data, name: name, limits: limits)
        self.init(software: nil, source: nil)
        guard file.format == .png else {
            if let packet = try file.xmp(limit: limits.maximumTextBytes) {
                read(XMPPacket(text: packet))
            }
            // Other generators leave their settings in a comment.
            if parameters == nil, let exif = try file.exif(limit: limits.maximumTextBytes) {
                parameters = UserComment.text(exif: exif)
            }
            return
        }
        let png = try PNGFile(data, name: name, limits: limits)
        let texts = try png.texts(limits: limits)
        if let packet = texts[PNGKeyword.xmp] { read(XMPPacket(text: packet)) }
        title = texts[PNGKeyword.title] ?? title
        parameters = texts[PNGKeyword.parameters] ?? parameters
        if parameters == nil, let exif = png.chunks.first(where: { $0.type == "eXIf" }),
            exif.content.count <= limits.maximumTextBytes
        {
            parameters = UserComment.text(exif: data[exif.content])
        }
        record = texts[PNGKeyword.record] ?? record
        software = texts[PNGKeyword.software] ?? software
    }

    /// Reads the metadata of a file.
    ///
    /// - Throws: `ImagingError`.
    public init(contentsOf url: URL, limits: DecodingLimits = .standard) throws {
        try self.init(
            reading: PictureFile.read(url, limits: limits),
            name: url.path,
            limits: limits
        )
    }

    /// The most bytes of XMP that a JPEG holds.
    static let jpegLimit = 65_000

    /// All of it as one XMP packet.
    var xmp: String {
        XMPPacket(
            title: title,
            parameters: parameters,
            record: record,
            software: software,
            source: source,
            panorama: panorama
        ).text
    }

    private mutating func read(_ packet: XMPPacket) {
        title = packet.value("dc:title")
        parameters = packet.value("atelier:parameters")
        record = packet.value("atelier:record")
        software = packet.value("xmp:CreatorTool")
        source = packet.value("Iptc4xmpExt:DigitalSourceType")
            .flatMap(DigitalSourceType.init(address:))
        panorama = PanoramaFrame(packet)
    }
}
