extension WorkerOrder: Codable {
    private enum CodingKeys: String, CodingKey {
        case id, request, folder, question, prompt, picture, recording, model, task
    }

    /// Reads a line; those of earlier versions, without a request of its own, too.
    ///
    /// - Throws: `RequestProblem` and `PromptError` for what cannot be asked for, `DecodingError` for what is
    ///   no order.
    public init(from decoder: any Decoder) throws {
        let box = try decoder.container(keyedBy: CodingKeys.self)
        let id = try box.decode(String.self, forKey: .id)
        if box.contains(.request) {
            self.init(
                try box.decode(PictureRequest.self, forKey: .request),
                id: id,
                folder: try box.decode(String.self, forKey: .folder)
            )
        } else if box.contains(.question) {
            let text = try box.decodeIfPresent(String.self, forKey: .prompt) ?? ""
            let question: WorkerQuestion =
                switch try box.decode(WorkerQuestion.Name.self, forKey: .question) {
                case .read: .read(text)
                case .inspect: .inspect
                case .describe: .describe(try box.decode(String.self, forKey: .picture))
                case .shorten: .shorten(text)
                case .transcribe:
                    .transcribe(try box.decode(String.self, forKey: .recording))
                }
            let model = try box.decodeIfPresent(String.self, forKey: .model)
            self.init(question, id: id, model: model)
        } else {
            self = try EarlierOrder(from: decoder).order
        }
    }

    /// Writes the order as an object.
    public func encode(to encoder: any Encoder) throws {
        var box = encoder.container(keyedBy: CodingKeys.self)
        try box.encode(id, forKey: .id)
        switch task {
        case .pictures(let request, let folder):
            try box.encode(request, forKey: .request)
            try box.encode(folder, forKey: .folder)
        case .answer(let question, let model):
            try box.encodeIfPresent(model, forKey: .model)
            switch question {
            case .read(let text):
                try box.encode(WorkerQuestion.Name.read, forKey: .question)
                try box.encode(text, forKey: .prompt)
            case .inspect: try box.encode(WorkerQuestion.Name.inspect, forKey: .question)
            case .describe(let picture):
                try box.encode(WorkerQuestion.Name.describe, forKey: .question)
                try box.encode(picture, forKey: .picture)
            case .shorten(let text):
                try box.encode(WorkerQuestion.Name.shorten, forKey: .question)
                try box.encode(text, forKey: .prompt)
            case .transcribe(let recording):
                try box.encode(WorkerQuestion.Name.transcribe, forKey: .question)
                try box.encode(recording, forKey: .recording)
            }
        }
    }
}
