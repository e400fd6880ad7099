import Prompts
import Requests

extension GeneratorModel {
    /// Draws the picture, or the sheet, of a record again.
    ///
    /// - Parameters:
    ///   - record: What was recorded in the picture's file.
    ///   - name: What errors call the picture.
    /// - Returns: The same drawing.
    /// - Throws: `GenerationError.edited` for what was made from pictures, `GenerationError.otherWeights` where
    ///   this model did not draw it.
    public func draw(again record: Drawing.Record, name: String) throws -> Drawing {
        if let edit = record.edit { throw GenerationError.edited(picture: name, edit) }
        guard record.digest == digest else {
            throw GenerationError.otherWeights(
                picture: name,
                wanted: record.digest,
                model: record.model,
                file: record.weights,
                found: digest
            )
        }
        guard record.isPossible else { throw GenerationError.noRecord(picture: name) }
        let isOfClass = record.parts.isEmpty && record.columns == nil
        let named = record.className.map { [Prompt.Part(text: $0, weight: 1)] } ?? []
        var request = DrawingRequest(
            seed: record.seed,
            indices: record.indices,
            parts: isOfClass ? named : record.parts,
            sampling: record.sampling
        )
        request.isComposed = record.isComposed == true
        let drawings = try draw(request).map { try sized($0, as: record, name: name) }
        var drawing = record.columns.map { Drawing.sheet(drawings, columns: $0) } ?? drawings[0]
        if let layout = record.layout { drawing = try drawing.laid(out: layout) }
        drawing.record = record
        return drawing
    }
}

extension Drawing.Record {
    /// Whether all numbers lie where drawing puts them: a file may say anything.
    fileprivate var isPossible: Bool {
        let isPlaced =
            (1...1024).contains(indices.count)
            && indices.allSatisfy { (0...999_999_999).contains($0) }
        let isSized =
            (1...1024).contains(columns ?? 1) && (1...64).contains(enlarge ?? 1)
            && (8...4096).contains(size ?? 8)
        let isLaidOut = layout.map(\.isPossible) ?? true
        return isPlaced && isSized && isLaidOut && sampling.isPossible
    }
}

extension SamplingOptions {
    /// Whether all numbers lie where commands and prompts put them.
    fileprivate var isPossible: Bool {
        let isShaped =
            aspect.map { sides in
                sides.count == 2 && sides.allSatisfy { (1...10_000).contains($0) }
                    && (sides.max() ?? 1) <= 8 * (sides.min() ?? 1)
            } ?? true
        let isPlaced =
            translation.map { way in
                way.count == 2 && way.allSatisfy(Limits.translation.contains)
            } ?? true
        let isStepped = Limits.drawingSteps.contains(steps ?? 1)
        return isShaped && isPlaced && isStepped && Limits.rotation.contains(rotation ?? 0)
            && (1...2).contains(zoom) && (0...2).contains(truncation)
            && (0...10).contains(temperature ?? 1) && (0...1).contains(topP)
            && (0...20).contains(guidance) && (0...1).contains(sampledFraction)
            && (0...1).contains(noiseSpread ?? 1) && (1...16).contains(quality)
            && (1...13).contains(unlikeliestOf)
    }
}
