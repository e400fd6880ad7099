/// That a picture is a whole panorama, for viewers of other programs: the picture's size.
///
/// Source: Google, Photo Sphere XMP metadata.
public struct PanoramaFrame: Sendable, Hashable, Codable {
    /// Pixels all around.
    public var width: Int
    /// Pixels from pole to pole.
    public var height: Int

    /// A panorama of that size; nothing for a shape that is none.
    public init?(width: Int, height: Int) {
        guard width == 2 * height, height > 0 else { return nil }
        (self.width, self.height) = (width, height)
    }

    /// What a packet says; nothing where it says nothing of it.
    init?(_ packet: XMPPacket) {
        guard packet.value("GPano:ProjectionType") == "equirectangular",
            let width = packet.value("GPano:FullPanoWidthPixels").flatMap({ Int($0) }),
            let height = packet.value("GPano:FullPanoHeightPixels").flatMap({ Int($0) }),
            (1...1_000_000).contains(height), width == 2 * height
        else { return nil }
        (self.width, self.height) = (width, height)
    }

    /// The properties that say so, with their values.
    var properties: [(name: String, value: String)] {
        [
            ("GPano:ProjectionType", "equirectangular"), ("GPano:UsePanoramaViewer", "True"),
            ("GPano:CroppedAreaImageWidthPixels", "\(width)"),
            ("GPano:CroppedAreaImageHeightPixels", "\(height)"),
            ("GPano:FullPanoWidthPixels", "\(width)"), ("GPano:FullPanoHeightPixels", "\(height)"),
            ("GPano:CroppedAreaLeftPixels", "0"), ("GPano:CroppedAreaTopPixels", "0"),
        ]
    }
}
