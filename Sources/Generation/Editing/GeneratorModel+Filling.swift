import Datasets
import Imaging
import Torch

extension GeneratorModel {
    /// Pictures whose hidden part is drawn again; what is visible stays to the last bit.
    ///
    /// A picture larger than the model's is filled through windows around what is hidden.
    ///
    /// - Parameters:
    ///   - picture: Of any size.
    ///   - mask: What is hidden.
    ///   - name: Of the picture's file.
    ///   - request: What is asked for, and which results.
    /// - Returns: As many as were asked for.
    /// - Throws: `GenerationError` for a mask of another size, one that hides nothing, or a model that
    ///   draws whole pictures in one step.
    public func inpainted(
        _ picture: Picture,
        _ mask: PictureMask,
        name: String,
        _ request: DrawingRequest
    ) throws -> [Drawing] {
        try mask.check(picture, name: name)
        return try filled(picture, mask, request, Edit("inpaint", of: [name], mask.numbers))
    }

    /// Fills what a mask hides, all that is wanted.
    func filled(
        _ picture: Picture,
        _ mask: PictureMask,
        _ request: DrawingRequest,
        _ edit: Edit
    ) throws -> [Drawing] {
        let window = mask.window(of: picture, atLeast: size)
        return try request.indices.map { index in
            var one = request
            one.indices = [index]
            return try filled(picture, mask, window, one, edit)
        }
    }

    /// Fills what a mask hides in a window, and lays the picture itself over all else; the request has
    /// one index.
    func filled(
        _ picture: Picture,
        _ mask: PictureMask,
        _ window: PictureWindow,
        _ request: DrawingRequest,
        _ edit: Edit,
        turn: Int = 0
    ) throws -> Drawing {
        guard let infilling = sampler.infilling else {
            throw GenerationError.noEditing(edit.name, model: description.recipe)
        }
        let index = request.indices[0]
        let hidden = window.part(of: mask.picture, side: size, isMask: true)
        let visible = Tensor(
            hidden.samples.map { $0 > 0 ? 0 : 1 as Float },
            shape: [1, 1, hidden.height, hidden.width]
        ).moved(to: device)
        // Each window of a picture has chances of its own.
        let stream = UInt64(index) + UInt64(turn) << 40
        let drawn = try inInferenceMode {
            try infilling.filled(
                numbers(window.part(of: picture, side: size)),
                visible: visible,
                request,
                index,
                using: RandomSource(seed: request.seed, stream: stream)
            )
        }
        let larger = try enlarged(Picture.batch(of: drawn)[0], toFill: window)
        return edited(
            picture.filled(with: larger, at: (window.x, window.y), where: mask),
            index,
            request,
            edit
        )
    }
}
