import Requests

/// A task as pages and programs see it, so that they can offer one that they do not know.
struct TaskView: Encodable, Sendable {
    /// What it is called.
    let name: String
    /// The fewest and the most pictures that it takes.
    let pictures: [Int]
    /// Whether it can take a mask, or a region.
    let mask: Bool
    /// What it makes of each picture, where that is more than one.
    let parts: [String]
    /// What it can be told.
    let fields: [Field]

    /// One thing that it can be told.
    struct Field: Encodable, Sendable {
        let name: String
        var least: Double?
        var most: Double?
        /// Whether fractions are refused.
        var whole: Bool?
        /// What it can be told where that is not from here to there.
        var choices: [TaskValue]?
        /// What counts where nothing is said.
        let usual: TaskValue?

        /// A field.
        init(_ field: TaskField) {
            (name, usual) = (field.name, field.usual)
            switch field.kind {
            case .number(let range): (least, most) = (range.lowerBound, range.upperBound)
            case .whole(let range):
                (least, most, whole) = (Double(range.lowerBound), Double(range.upperBound), true)
            case .among(let numbers): choices = numbers.map { .number($0) }
            case .word(let words): choices = words.map { .word($0) }
            }
        }
    }

    /// A task.
    init(_ task: PictureTask.Name) {
        let form = task.form
        name = task.rawValue
        pictures = [form.pictures.lowerBound, form.pictures.upperBound]
        (mask, parts) = (form.takesMask, form.parts)
        fields = form.fields.map(Field.init)
    }
}

extension PictureTask.Name {
    /// What it can be told, in a line; of fields that are counted the first and the last.
    var line: String? {
        let fields = form.fields
        guard !fields.isEmpty else { return nil }
        let named = fields.filter { !$0.isCounted }.map(\.text)
        let counted = fields.filter(\.isCounted)
        let row = counted.first.map { "\($0.name) to \(counted.last?.name ?? "")" }
        return "\(rawValue): " + (named + [row].compactMap(\.self)).joined(separator: ", ")
    }
}

extension TaskField {
    /// Whether it is one of a row.
    fileprivate var isCounted: Bool { name.last?.isNumber == true }

    /// Its name with what it can be told.
    fileprivate var text: String {
        switch kind {
        case .number(let range): "\(name) (\(range.lowerBound) to \(range.upperBound))"
        case .whole(let range): "\(name) (\(range.lowerBound) to \(range.upperBound), whole)"
        case .among(let numbers):
            "\(name) (\(numbers.map { "\(Int($0))" }.joined(separator: " or ")))"
        case .word(let words): "\(name) (\(words.joined(separator: ", ")))"
        }
    }
}
