/// What the studio asks of a worker: one line of JSON on its standard input.
public struct WorkerOrder: Sendable, Equatable {
    /// What is wanted.
    public enum Task: Sendable, Equatable {
        /// Make pictures, and write them to a folder.
        case pictures(PictureRequest, folder: String)
        /// Answer a question about a model: a file of weights, a run's folder or a name; nothing: the bundled one.
        case answer(WorkerQuestion, model: String?)
    }

    /// Tells the order's replies from those of others.
    public var id: String
    /// What is wanted.
    public var task: Task

    /// An order of pictures.
    public init(_ request: PictureRequest, id: String, folder: String) {
        (self.id, task) = (id, .pictures(request, folder: folder))
    }

    /// A question.
    public init(_ question: WorkerQuestion, id: String, model: String?) {
        (self.id, task) = (id, .answer(question, model: model))
    }
}

/// What a worker can be asked.
public enum WorkerQuestion: Sendable, Equatable {
    /// What prompts a text stands for, and what of it the model does not know.
    case read(String)
    /// What a file of weights is.
    case inspect
    /// What a picture's file shows, in words.
    case describe(String)
    /// How much each word of a text counts.
    case shorten(String)
    /// What is said in a recording's file.
    case transcribe(String)

    /// What questions are called in lines.
    public enum Name: String, Codable, Sendable, CaseIterable {
        case read, inspect, describe, shorten, transcribe
    }
}
