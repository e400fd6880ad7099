import Adversarial
import Imaging
import Torch

extension GeneratorModel {
    /// Whether the model makes pictures into pictures of another kind.
    public var isTranslating: Bool { sampler.translator != nil }

    /// A picture made into one of another kind, window by window.
    ///
    /// - Parameters:
    ///   - picture: Of any size up to `longestRepair`.
    ///   - backwards: Whether it is of the kind that translations lead to.
    ///   - name: Of the picture's file.
    ///   - typed: What the picture was drawn for, for the record.
    /// - Returns: A picture of the same size.
    /// - Throws: `GenerationError` for a model that does not translate, or not backwards, or a picture that is too
    ///   large.
    public func translated(
        _ picture: Picture,
        backwards: Bool,
        name: String,
        typed: String? = nil
    ) throws -> Drawing {
        guard let translator = sampler.translator else {
            throw GenerationError.noTranslation(model: description.recipe)
        }
        guard !backwards || translator.goesBack else {
            throw GenerationError.noWayBack(model: description.recipe)
        }
        let side = max(picture.width, picture.height)
        guard side <= GeneratorModel.longestRepair else {
            throw GenerationError.tooLarge(
                picture: name,
                side: side,
                limit: GeneratorModel.longestRepair
            )
        }
        // Grey pictures get the channels that colours need.
        let shown =
            picture.channels < 3 && description.channels > 2
            ? picture.converted(channels: picture.channels + 2) : picture
        let windows = BlendedWindows(
            size: (picture.height, picture.width),
            window: translator.window
        )
        let result = changed(shown) { numbers in
            windows.drawn(numbers, together: sampler.batch) { parts in
                translator.translated(parts, backwards: backwards).inFloat32()
                    .clamped(from: -1, to: 1)
            }
        }
        return changed(
            result,
            Edit("translate", of: [name], ["backwards": backwards ? 1 : 0]),
            typed
        )
    }
}
