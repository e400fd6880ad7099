import Runs

extension GeneratorModel {
    /// What the model is, in a few words.
    public var summary: ModelSummary {
        ModelSummary(
            family: description.family,
            recipe: description.recipe,
            set: description.set,
            images: description.images,
            width: size.width,
            height: size.height,
            channels: description.channels,
            classNames: description.classNames,
            takesText: textRows != nil,
            repairs: isRepairing,
            digest: digest
        )
    }
}
