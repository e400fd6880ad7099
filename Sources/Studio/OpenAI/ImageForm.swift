import Foundation
import Hummingbird

/// In which form a client of the OpenAI interface wants its pictures.
struct ImageForm: Sendable {
    /// One picture of an answer.
    struct Item: Encodable, Sendable {
        var b64Json: String?
        var url: String?
        var revisedPrompt: String?
        var id: String
        var seed: String
        var index: Int
        var parent: String?
    }

    /// How much was done, which is nothing that is paid for.
    struct Usage: Encodable, Sendable {
        struct Details: Encodable, Sendable {
            var textTokens = 0
            var imageTokens = 0
        }
        var totalTokens = 0
        var inputTokens = 0
        var outputTokens = 0
        var inputTokensDetails = Details()
        var outputTokensDetails = Details()
    }

    /// An answer.
    struct Answer: Encodable, Sendable {
        var created: Int
        var background: String
        var outputFormat: String
        var quality: String
        var size: String
        var data: [Item]
        var usage = Usage()
    }

    /// An event of a stream.
    struct Event: Encodable, Sendable {
        var type: String
        var b64Json: String
        var createdAt: Int
        var size: String
        var quality: String
        var background: String
        var outputFormat: String
        var partialImageIndex: Int?
        var usage: Usage?
        var id: String?
        var seed: String?
    }

    private let asked: ImageRequest
    /// The beginning of event names.
    let event: String
    private let host: String
    /// The size that was asked for; nothing: as it was drawn.
    let size: PictureSize?

    /// The form of an answer to a request.
    init(_ asked: ImageRequest, event: String, host: String, size: PictureSize? = nil) {
        (self.asked, self.event, self.host, self.size) = (asked, event, host, size)
    }

    private var quality: String { asked.quality ?? "auto" }
    private var background: String { asked.background ?? "auto" }
    private var format: AnswerFormat {
        AnswerFormat(
            name: asked.outputFormat ?? "png",
            quality: max(asked.compression, 1),
            isOpaque: background == "opaque",
            size: size
        )
    }

    /// A finished picture of an answer.
    func item(
        _ picture: PictureRecord,
        _ png: Data,
        links: PictureLinks,
        parent: String?
    ) throws -> Item {
        let isURL = asked.responseFormat == "url"
        return Item(
            b64Json: isURL ? nil : try format.encoded(png).base64EncodedString(),
            url: isURL ? host + "/v1/files/\(links.add(picture.id, as: format))" : nil,
            revisedPrompt: picture.prompt,
            id: picture.id,
            seed: picture.seed,
            index: picture.number,
            parent: parent
        )
    }

    /// The whole answer.
    func answer(_ items: [Item], size: String) -> Answer {
        Answer(
            created: Int(Date().timeIntervalSince1970),
            background: background,
            outputFormat: format.name,
            quality: quality,
            size: self.size?.text ?? size,
            data: items
        )
    }

    /// A part of a picture, or a finished one, as an event.
    func event(
        _ png: Data,
        size: String,
        partial: Int?,
        of picture: PictureRecord? = nil
    ) throws -> String {
        let type = event + (partial == nil ? ".completed" : ".partial_image")
        let data = Event(
            type: type,
            b64Json: try format.encoded(png).base64EncodedString(),
            createdAt: Int(Date().timeIntervalSince1970),
            size: self.size?.text ?? size,
            quality: quality,
            background: background,
            outputFormat: format.name,
            partialImageIndex: partial,
            usage: partial == nil ? Usage() : nil,
            id: picture?.id,
            seed: picture?.seed
        )
        return "event: \(type)\ndata: \(try StudioJSON.snakeText(data))\n\n"
    }
}
