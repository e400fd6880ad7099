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
    /// - Returns: In the model's own numbers, without places of the seed's row.
    /// - Throws: `PromptError` for a parameter that the model cannot follow, or that counts for first
    ///   pictures alone.
    func edit(
        _ prompt: Prompt?,
        of pictures: [URL],
        seed: UInt64
    ) throws(PromptError) -> DrawingRequest {
        guard let prompt else {
            var request = request(seed: seed, indices: [])
            if pictures.count == 1 { request.parts = usualParts(pictures[0]) }
            return request
        }
        for parameter in prompt.parameters.names where !parameter.countsForVariations {
            throw PromptError(
                .unsupported,
                "--\(parameter.rawValue) counts for first pictures, not for what is made of them;"
                    + " leave it out",
                parameter: parameter.rawValue
            )
        }
        let first: [PromptParameter] = [
            .aspect, .zoom, .tile, .panorama, .weird, .draft, .repeat,
        ]
        if let parameter = prompt.parameters.names.first(where: first.contains) {
            throw PromptError(
                .unsupported,
                "--\(parameter.rawValue) is not for what is made of pictures; leave it out",
                parameter: parameter.rawValue
            )
        }
        return try request(prompt, seed: seed, indices: [])
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
