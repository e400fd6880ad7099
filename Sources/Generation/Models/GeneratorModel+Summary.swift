import Requests
import Runs

extension GeneratorModel {
    /// What the model is, in a few words.
    public var summary: ModelSummary {
        var summary = ModelSummary(
            family: description.family,
            recipe: description.recipe,
            set: description.set,
            images: description.images,
            width: size.width,
            height: size.height,
            channels: description.channels,
            classNames: description.classNames,
            takesText: sampler.takesText,
            repairs: isRepairing,
            digest: digest
        )
        (summary.styles, summary.explores) = (styleCount, explores)
        (summary.translates, summary.usualSide) = (isTranslating, usualSide)
        summary.terms = PublishedKind(rawValue: description.family)?.terms
        let reasons = support.reasons.map { ($0.key.rawValue, $0.value) }
        summary.refused = Dictionary(uniqueKeysWithValues: reasons)
        return summary
    }
}
