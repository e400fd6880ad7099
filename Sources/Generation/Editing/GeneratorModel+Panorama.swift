import Datasets
import Imaging
import Requests
import Torch

extension GeneratorModel {
    /// A picture all around (equirectangular): its right and left edges meet, and each of its poles is one colour.
    ///
    /// Pictures of networks that were trained to wrap stay as they are. Codes go on from the picture and become one picture at
    /// once. Where there is neither, what lies to the right is drawn, then what lies over the joint.
    ///
    /// - Parameters:
    ///   - picture: A drawing of the model.
    ///   - request: What is asked for, with one index.
    /// - Returns: A picture twice as wide as high; of networks that wrap, of the size that they were trained for.
    /// - Throws: `GenerationError.lacks` for a model that draws none.
    func panorama(from picture: Picture, _ request: DrawingRequest) throws -> Picture {
        try require(.wrapping)
        guard description.wraps != .horizontally else { return picture.withEvenPoles() }
        guard let panoramas = sampler.panoramas else {
            return try joined(picture, request).withEvenPoles()
        }
        let index = request.indices[0]
        let drawn = try inInferenceMode {
            try panoramas.panorama(from: tensor([picture]), request, index)
        }
        return Picture.batch(of: drawn, depth: request.depth)[0].withEvenPoles()
    }

    /// A picture that goes on to the right until it is twice as wide as high, and over its edge to where it begins.
    private func joined(_ picture: Picture, _ request: DrawingRequest) throws -> Picture {
        let missing = max(2 * picture.height - picture.width, 0)
        let wide =
            missing == 0
            ? picture
            : try outpainted(picture, Sides(right: missing), name: "", request)[0].picture
        let half = wide.width / 2
        let turned = wide.rolled(right: half, down: 0)
        let reach = max(picture.width / 8, 1)
        let mask = PictureMask(width: turned.width, height: turned.height) {
            abs($0 % turned.width - half) < reach
        }
        let window = mask.window(of: turned, atLeast: size)
        return try filled(
            turned,
            mask,
            window,
            request,
            Edit("panorama", of: []),
            turn: 1000
        ).picture.rolled(right: -half, down: 0)
    }
}
