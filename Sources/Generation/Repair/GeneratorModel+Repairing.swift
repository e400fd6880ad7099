import Datasets
import Imaging
import Midjourney
import Torch

extension GeneratorModel {
    /// The longest side that an enlarged picture may have; restored ones may have half of it.
    public static let longestRepair = 4096

    /// A picture made larger, the details that it lacks being made up.
    ///
    /// - Parameters:
    ///   - picture: Of any size.
    ///   - times: 2 or 4 for a network that doubles sides.
    ///   - name: Of the picture's file.
    ///   - typed: What the picture was drawn for, for the record.
    /// - Returns: A picture so many times as large, of the same channels.
    /// - Throws: `GenerationError` for a model that does not enlarge, a number of times that it does not
    ///   reach, or a picture that would become too large.
    public func upscaled(
        _ picture: Picture,
        times: Int,
        name: String,
        typed: String? = nil
    ) throws -> Drawing {
        let repairer = try repairer("upscale") { $0.factor > 1 }
        var reached = 1
        while reached < times { reached *= repairer.factor }
        guard reached == times, times > 1 else {
            throw GenerationError.otherFactor(
                times,
                expected: "\(repairer.factor) or \(repairer.factor * repairer.factor)",
                model: description.recipe
            )
        }
        let side = max(picture.width, picture.height) * times
        guard side <= GeneratorModel.longestRepair else {
            throw GenerationError.tooLarge(
                picture: name,
                side: side,
                limit: GeneratorModel.longestRepair
            )
        }
        var larger = picture
        var done = 1
        while done < times {
            larger = try repaired(larger, visible: nil, by: repairer)
            done *= repairer.factor
        }
        return changed(larger, Edit("upscale", of: [name], ["times": Double(times)]), typed)
    }

    /// A picture without noise, blur and holes, and with colours where it was grey.
    ///
    /// - Parameters:
    ///   - picture: Of any size.
    ///   - mask: What is made up; nothing where all of the picture counts.
    ///   - name: Of the picture's file.
    ///   - typed: What the picture was drawn for, for the record.
    /// - Returns: A picture of the same size; with a mask all that it does not hide stays to the last bit.
    /// - Throws: `GenerationError` for a model that does not restore, a mask of another size, or a picture
    ///   that is too large.
    public func repaired(
        _ picture: Picture,
        _ mask: PictureMask?,
        name: String,
        typed: String? = nil
    ) throws -> Drawing {
        let repairer = try repairer("restore") { $0.factor == 1 }
        try mask?.check(picture, name: name)
        let side = max(picture.width, picture.height)
        // Maps are as fine as the picture, not as its half.
        let limit = GeneratorModel.longestRepair / 2
        guard side <= limit else {
            throw GenerationError.tooLarge(picture: name, side: side, limit: limit)
        }
        // Grey pictures get the channels that colours need.
        let shown =
            picture.channels < 3 ? picture.converted(channels: picture.channels + 2) : picture
        let visible = mask.map { mask in
            Tensor(
                mask.picture.samples.map { $0 > 127 ? 0 : 1 as Float },
                shape: [1, 1, picture.height, picture.width]
            ).moved(to: device)
        }
        let whole = try repaired(shown, visible: visible, by: repairer)
        let result =
            mask.map { shown.filled(with: whole, at: (0, 0), where: $0) } ?? whole
        return changed(result, Edit("restore", of: [name], mask?.numbers ?? [:]), typed)
    }

    /// The network that repairs.
    ///
    /// - Throws: `GenerationError.noRepair` where this is another one.
    private func repairer(
        _ act: String,
        _ fits: (RepairGenerator) -> Bool
    ) throws -> RepairGenerator {
        guard let repairer = sampler.repairer, fits(repairer) else {
            throw GenerationError.noRepair(act, model: description.recipe)
        }
        return repairer
    }

    /// A picture once through the network, with a border to the right and below that fills it up.
    private func repaired(
        _ picture: Picture,
        visible: Tensor?,
        by repairer: RepairGenerator
    ) throws -> Picture {
        let (width, height) = (picture.width, picture.height)
        func missing(_ side: Int) -> Int { (repairer.step - side % repairer.step) % repairer.step }
        func filled(_ maps: Tensor) -> Tensor {
            maps.padded([0, missing(width), 0, missing(height)], .replicate)
        }
        return changed(picture) { numbers in
            repairer.repaired(filled(numbers), visible: visible.map(filled))
                .sliced(0..<height * repairer.factor, along: 2)
                .sliced(0..<width * repairer.factor, along: 3)
        }
    }

    /// A picture once through a network, with as much transparency as it had.
    ///
    /// - Parameters:
    ///   - picture: In as many channels as the result is to have.
    ///   - draw: 1×C×H×W → the same, or larger, −1 … 1.
    /// - Returns: What was drawn, in the picture's channels.
    func changed(_ picture: Picture, _ draw: (Tensor) -> Tensor) -> Picture {
        let hasAlpha = description.channels.isMultiple(of: 2)
        let drawn = inInferenceMode {
            let part = draw(numbers(picture))
            guard hasAlpha, !picture.isTransparent else { return part }
            // What had no transparency gets none.
            let parts = part.split([description.channels - 1, 1], along: 1)
            return Tensor.concatenated(
                [parts[0], .full(parts[1].shape, 1, device: part.device)],
                along: 1
            )
        }
        let made = Picture.batch(of: drawn)[0]
        // The network knows nothing of the transparency of some pictures.
        guard picture.isTransparent, !hasAlpha else {
            return made.converted(channels: picture.channels)
        }
        return made.transparent(as: picture.resized(width: made.width, height: made.height))
            .converted(channels: picture.channels)
    }

    /// A picture as a drawing, with what was done to it in its record.
    func changed(_ picture: Picture, _ edit: Edit, _ typed: String?) -> Drawing {
        var request = DrawingRequest(seed: 0, indices: [0])
        request.typed = typed
        return edited(picture, 0, request, edit)
    }
}
