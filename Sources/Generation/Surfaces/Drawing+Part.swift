import Imaging
import Requests

extension Drawing {
    /// A part of what was made of a picture without a model.
    ///
    /// - Parameters:
    ///   - picture: The part.
    ///   - part: What it is called.
    ///   - name: What the record calls the picture's file.
    ///   - task: What was done.
    ///   - seed: The key that was given.
    ///   - told: What the file says. What is made of a picture that a model drew stays marked so; another is marked as
    ///     changed by an algorithm.
    init(
        _ picture: Picture,
        part: String,
        of name: String,
        by task: PictureTask,
        seed: UInt64,
        told: PictureMetadata?
    ) {
        let own = task.name.rawValue
        var record = (try? told?.drawing(name)) ?? Record(filteredWith: seed, by: own)
        record.seed = seed
        record.indices = [task.name.form.parts.firstIndex(of: part) ?? 0]
        (record.columns, record.enlarge, record.size, record.upscaler) = (nil, nil, nil, nil)
        record.layout = nil
        var (numbers, words) = ([String: Double](), ["part": part])
        for field in task.name.form.fields {
            numbers[field.name] = task.numbers[field.name]?.number
            words[field.name] = task.numbers[field.name]?.word
        }
        record.edit = Edit(own, of: [name], numbers, words: words)
        self.init(
            picture: picture,
            record: record,
            title: told?.title,
            source: told?.source ?? .algorithmicallyEnhanced
        )
    }
}

extension Drawing.Record {
    /// The part that the picture is of what was made of another.
    public var part: String? { edit?.words?["part"] }
}
