import Foundation
import Imaging
import Prompts

extension GeneratorModel {
    /// What is asked of pictures' files: what a prompt says, else what one picture was drawn from.
    ///
    /// - Parameters:
    ///   - prompt: Read, and allowed by the rules; nothing leaves it open.
    ///   - pictures: The files.
    ///   - seed: The key of all random numbers.
    ///   - indices: Which results of the seed's row.
    ///   - rules: What may not be asked for.
    /// - Returns: In the model's own numbers.
    /// - Throws: `PromptError` for a parameter that the model cannot follow, or that counts for first
    ///   pictures alone, and for what the rules forbid.
    public func edit(
        _ prompt: Prompt?,
        of pictures: [URL],
        seed: UInt64,
        indices: [Int],
        by rules: PromptRules
    ) throws(PromptError) -> DrawingRequest {
        var request = try edit(prompt, seed: seed, count: 0)
        request.indices = indices
        if prompt == nil, pictures.count == 1 { request.parts = usualParts(pictures[0]) }
        try rules.check(Prompt(parts: request.parts))
        return request
    }

    /// What a picture was drawn from, where this kind of model drew it.
    private func usualParts(_ picture: URL) -> [Prompt.Part] {
        let record = try? PictureMetadata(contentsOf: picture).drawing(picture.path)
        guard let record, record.model == description.recipe else { return [] }
        let named = record.columns == nil ? record.className : nil
        return record.parts.isEmpty
            ? named.map { [Prompt.Part(text: $0, weight: 1)] } ?? [] : record.parts
    }
}
