import Foundation
import Imaging
import Requests

extension PictureRequest {
    /// Makes the pictures of a task in which no model has a part.
    ///
    /// - Parameters:
    ///   - naming: What records and errors call a file.
    ///   - tell: Told of what happens, each picture as soon as it is there; what it throws ends the work.
    /// - Throws: `RequestProblem` and `ImagingError` for what cannot be done.
    public func performWithoutModel(
        naming: FileNaming = .name,
        tell: (PictureEvent) throws -> Void
    ) throws {
        try validate(.command)
        for (number, path) in pictures.enumerated() {
            let file = URL(filePath: path)
            let picture = try Picture(contentsOf: file)
            let told = try? PictureMetadata(contentsOf: file)
            let place = first + number * task.name.form.results
            let made = try drawings(of: picture, naming(path), told, tell)
            for (part, drawing) in made.enumerated() {
                try tell(.picture(index: place + part, drawing))
            }
            try tell(.progress(Double(number + 1) / Double(pictures.count)))
        }
    }

    /// All that is made of a picture.
    private func drawings(
        of picture: Picture,
        _ name: String,
        _ told: PictureMetadata?,
        _ tell: (PictureEvent) throws -> Void
    ) throws -> [Drawing] {
        switch task {
        case .style(let style, let strength):
            [
                try Drawing(
                    picture,
                    as: style,
                    strength: strength,
                    seed: seed,
                    name: name,
                    told: told
                )
            ]
        case .wang:
            [try Drawing(wangTilesOf: picture, seed: seed, name: name, told: told)]
        default:
            try parts(of: picture, name, tell).map { part, picture in
                Drawing(picture, part: part, of: name, by: task, seed: seed, told: told)
            }
        }
    }

    /// What is made of a picture, by the names of the parts.
    private func parts(
        of picture: Picture,
        _ name: String,
        _ tell: (PictureEvent) throws -> Void
    ) throws -> [(name: String, picture: Picture)] {
        switch task {
        case .cubeMap(let side, let edges):
            let map = CubeMap(try Panorama(picture, name: name), side: side, edges: edges)
            return CubeFace.allCases.compactMap { face in
                map.faces[face].map { (face.rawValue, $0) }
            } + [("cross", map.cross)]
        case .material(let strength, let convention, let high):
            var options = MaterialMaps.Options()
            (options.strength, options.convention) = (strength, convention)
            options.high = high
            let maps = try MaterialMaps(picture, name: name, options)
            let seams = picture.seams
            if max(seams.columns, seams.rows) > Self.visibleSeam {
                try tell(
                    .note(
                        "\(name): does not go on at its edges where it begins, so its maps show a seam; make it"
                            + " seamless with 'atelier tile'"
                    )
                )
            }
            return maps.named
        default:
            throw RequestProblem(
                "task",
                expects: "a task in which no model has a part",
                found: "'\(task.name.rawValue)'"
            )
        }
    }

    /// A step over the edges that is so many times that between neighbours can be seen.
    private static let visibleSeam = 2.0
}
