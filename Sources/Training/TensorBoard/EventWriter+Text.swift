import Foundation

extension EventWriter {
    /// Adds a text in Markdown.
    public func text(_ tag: String, _ markdown: String, step: Int = 0) {
        text(tag, [markdown], shape: BoardShape(), step: step)
    }

    /// Adds texts in Markdown, shown as the rows of a table.
    public func text(_ tag: String, rows: [String], step: Int = 0) {
        text(tag, rows, shape: shape(rows.count), step: step)
    }

    private func text(_ tag: String, _ strings: [String], shape: BoardShape, step: Int) {
        guard !strings.isEmpty else { return }
        var value = BoardValue()
        value.tensor.elementType = .string
        value.tensor.shape = shape
        value.tensor.strings = strings.map { Data($0.utf8) }
        append([(tag, value, metadata("text", .tensor))], step: step)
    }
}
