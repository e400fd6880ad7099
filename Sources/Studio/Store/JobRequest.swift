import Requests

/// What a job is to do: a request, with what the studio alone knows of it.
struct JobRequest: Codable, Sendable, Equatable {
    /// What is asked for; pictures are called by their ids.
    var pictures: PictureRequest
    /// The folder that pictures go to.
    @Nullable var folder: String?
    /// Whether many small pictures are wanted.
    var draft = false

    private enum CodingKeys: String, CodingKey {
        case folder, draft
    }

    /// A request for pictures.
    init(_ pictures: PictureRequest) {
        self.pictures = pictures
        _folder = Nullable(wrappedValue: nil)
    }

    init(from decoder: any Decoder) throws {
        self.init(try PictureRequest(from: decoder))
        let box = try decoder.container(keyedBy: CodingKeys.self)
        folder = try box.decodeIfPresent(String.self, forKey: .folder)
        draft = try box.decodeIfPresent(Bool.self, forKey: .draft) ?? false
    }

    /// Writes the fields of both side by side.
    func encode(to encoder: any Encoder) throws {
        try pictures.encode(to: encoder)
        var box = encoder.container(keyedBy: CodingKeys.self)
        try box.encode(folder, forKey: .folder)
        try box.encode(draft, forKey: .draft)
    }
}
