import ArgumentParser
import Files
import Foundation
import Generation
import Requests

extension EditOptions {
    /// Makes the parts of pictures in which no model has a part, and writes each as the picture's name with the part's:
    /// `hills_px.png`, `bricks_normal.png`.
    ///
    /// - Parameters:
    ///   - task: What is done.
    ///   - pictures: The pictures' files.
    ///   - part: Which part of the picture is meant: none may be.
    /// - Throws: What is wrong with a picture, and for options that mean nothing here.
    func runWithoutModel(_ task: PictureTask, _ pictures: [String], part: MaskOptions) throws {
        try refuseModels(task.name)
        var request = PictureRequest(task, seed: seed ?? 0, count: 1, pictures: pictures)
        (request.mask, request.region) = (part.mask, part.parsedRegion)
        let form = task.name.form
        let folder = URL(filePath: files.out ?? "pictures", directoryHint: .isDirectory)
        var results: [PartResult] = []
        try request.performWithoutModel(naming: .path) { event in
            switch event {
            case .note(let text): Console.warn(text)
            case .picture(let place, let drawing):
                let source = pictures[place / form.results]
                let part =
                    form.parts.isEmpty ? task.name.rawValue : form.parts[place % form.results]
                // Names have 255 bytes at most; the part's name and a number stay.
                let stem = URL(filePath: source).deletingPathExtension().lastPathComponent
                    .limited(toBytes: 200)
                let file = try NewFile.write(
                    drawing,
                    to: folder.appending(path: "\(stem)_\(part).png")
                ).path
                Console.say(file, output)
                results.append(
                    PartResult(
                        picture: source,
                        part: part,
                        file: file,
                        width: drawing.picture.width,
                        height: drawing.picture.height
                    )
                )
            default: break
            }
        }
        if output.json { Console.json(results) }
    }

    /// Refuses options that would be ignored.
    private func refuseModels(_ name: PictureTask.Name) throws {
        let given: [(option: String, isGiven: Bool)] = [
            ("--prompt", prompt != nil), ("--model", model.model != nil),
            ("--lora", !model.updates.isEmpty), ("--grid", files.grid != nil),
            ("--size", files.size != nil), ("--enlarge", files.enlarge > 1),
        ]
        if let option = given.first(where: \.isGiven)?.option {
            throw ValidationError(
                "\(option) means nothing for '\(name.rawValue)', in which no model has a part. Leave it out."
            )
        }
    }

    /// A part of what was made, for programs.
    private struct PartResult: Encodable {
        let picture: String
        let part: String
        let file: String
        let width: Int
        let height: Int
    }
}
