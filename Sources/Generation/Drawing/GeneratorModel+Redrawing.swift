import Prompts

extension GeneratorModel {
    /// Draws the picture, or the sheet, of a record again.
    ///
    /// - Parameters:
    ///   - record: What was recorded in the picture's file.
    ///   - name: What errors call the picture.
    /// - Returns: The same drawing.
    /// - Throws: `GenerationError.otherWeights` where this model did not draw it.
    public func draw(again record: Drawing.Record, name: String) throws -> Drawing {
        guard record.digest == digest else {
            throw GenerationError.otherWeights(
                picture: name,
                wanted: record.digest,
                model: record.model,
                found: digest
            )
        }
        if let edit = record.edit { throw GenerationError.edited(picture: name, edit) }
        let isOfClass = record.parts.isEmpty && record.columns == nil
        let named = record.className.map { [Prompt.Part(text: $0, weight: 1)] } ?? []
        let request = DrawingRequest(
            seed: record.seed,
            indices: record.indices,
            parts: isOfClass ? named : record.parts,
            manner: record.manner
        )
        let drawings = try draw(request).map { drawing in
            let larger = drawing.enlarged(record.enlarge ?? 1)
            return record.size.map(larger.sized) ?? larger
        }
        var drawing = record.columns.map { Drawing.sheet(drawings, columns: $0) } ?? drawings[0]
        drawing.record = record
        return drawing
    }
}
