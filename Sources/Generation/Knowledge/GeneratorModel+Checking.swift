import Imaging
import Prompts

extension GeneratorModel {
    /// Why pictures are not to be shown: the kind that the discriminator takes each for, where the rules
    /// name it; nothing for pictures that may be shown.
    ///
    /// - Parameters:
    ///   - pictures: Drawings.
    ///   - rules: What is not to be shown.
    /// - Returns: A kind, or nothing, for each picture.
    /// - Throws: `GenerationError.unknownClass` for a kind that the model does not know,
    ///   `GenerationError.noCritic` where the discriminator is missing.
    public func blocked(_ pictures: [Picture], by rules: PromptRules) throws -> [String?] {
        guard !rules.drawn.isEmpty, !pictures.isEmpty else { return pictures.map { _ in nil } }
        let names = description.classNames
        for kind in rules.drawn where !names.contains(kind) {
            throw GenerationError.unknownClass(kind, known: names)
        }
        guard let seen = try critic().classes(of: tensor(pictures)) else {
            throw GenerationError.noClasses(model: description.recipe)
        }
        return seen.map { number in
            number < names.count && rules.drawn.contains(names[number]) ? names[number] : nil
        }
    }
}
