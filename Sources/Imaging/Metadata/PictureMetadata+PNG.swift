import Foundation

extension PictureMetadata {
    /// A PNG file with these texts just after its header.
    func inserted(intoPNG data: Data) throws -> Data {
        let headerEnd = PNGFile.signature.count + 25
        guard data.count > headerEnd else {
            throw ImagingError.notEncoded(format: .png, reason: "a file of \(data.count) bytes")
        }
        var result = Data(data.prefix(headerEnd))
        let packet = XMPPacket(
            title: title,
            parameters: nil,
            record: nil,
            software: software,
            source: source,
            panorama: panorama
        )
        let texts = [
            (PNGKeyword.title, title), (PNGKeyword.parameters, parameters),
            (PNGKeyword.record, record), (PNGKeyword.software, software),
            (PNGKeyword.xmp, packet.text),
        ]
        for (keyword, text) in texts {
            guard let text else { continue }
            result.append(PNGText.encoded(keyword: keyword, text: text))
        }
        result.append(data.dropFirst(headerEnd))
        return result
    }
}
