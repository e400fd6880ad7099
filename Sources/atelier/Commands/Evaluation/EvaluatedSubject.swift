import Datasets
import Evaluation
import Foundation
import Generation
import Imaging
import Runs

/// What `atelier evaluate` was told to measure.
struct EvaluatedSubject {
    private let model: GeneratorModel?
    private let path: String
    private let size: Int?

    /// What can be named, for help.
    static let forms =
        "A run's folder, 'last' for the newest in runs/, a file of weights, or a bundled model"

    /// A model where the path has one, otherwise pictures.
    ///
    /// - Throws: `GenerationError` for a model that cannot be read.
    init(_ path: String, device: String, threads: Int?, size: Int?) throws {
        let url = try NamedRun.place(path)
        let path = path == "last" ? url.path : path
        (self.path, self.size) = (path, size)
        if let bundled = BundledModel(rawValue: path.lowercased()),
            !FileManager.default.fileExists(atPath: path)
        {
            model = try GeneratorModel(contentsOf: bundled.file(), device: device)
        } else if url.pathExtension == "safetensors" || GeneratorModel.isRun(url) {
            model = try GeneratorModel(contentsOf: url, device: device)
        } else {
            model = nil
        }
        if model != nil, size != nil {
            throw DatasetError(
                .request,
                at: path,
                "is a model, whose pictures have a size of their own",
                cure: "leave --size out"
            )
        }
        model?.useThreads(threads)
    }

    /// The folder of the run, where it is one.
    var folder: URL? {
        model.flatMap { model in
            let url = URL(filePath: path, directoryHint: .isDirectory)
            return GeneratorModel.isRun(url) ? url : nil
        }
    }

    /// The recipe of the run, where it is one.
    private var recipe: Recipe? {
        guard let folder, let run = try? RunFolder(opening: folder),
            let options = try? Data(contentsOf: run.trainingOptions)
        else { return nil }
        return try? JSONDecoder().decode(Recipe.self, from: options)
    }

    /// The name of the file of weights, or of the pictures.
    var snapshot: String { model?.file.lastPathComponent ?? path }

    /// The model.
    ///
    /// - Throws: `GenerationError.noModel` where it is none.
    func anyModel() throws -> GeneratorModel {
        guard let model else { throw GenerationError.noModel(path: path) }
        return model
    }

    /// The real pictures.
    ///
    /// - Throws: What is wrong with the data.
    func real(
        _ name: String?,
        data: String?,
        notice: @escaping @Sendable (String) -> Void
    ) throws -> RealPictures {
        if let model {
            guard name != nil || !model.description.set.isEmpty else {
                throw GenerationError.noData(model: model.description.recipe)
            }
            // A run says itself where its pictures are, and how they were made to fit.
            let recipe = name == nil ? recipe : nil
            return try RealPictures(
                name ?? model.description.set,
                path: data ?? recipe?.data.path,
                as: RealPictures.Form(
                    width: model.size.width,
                    height: model.size.height,
                    channels: model.description.channels
                ),
                fit: recipe?.data.resize ?? .cover,
                trained: recipe?.data.split ?? .train,
                notice: notice
            )
        }
        guard let name else {
            throw DatasetError(
                .request,
                at: path,
                "holds pictures, which need others beside them",
                cure: "name the real pictures with --against"
            )
        }
        return try RealPictures(name, path: data, as: try form(name, data), notice: notice)
    }

    /// What is measured.
    ///
    /// - Throws: What is wrong with the pictures.
    func pictures(
        like real: RealPictures,
        samples: Int,
        seed: UInt64,
        notice: @escaping @Sendable (String) -> Void
    ) throws -> EvaluationSession.Subject {
        if let model { return .model(model, samples: samples, seed: seed) }
        return .pictures(try RealPictures(path, as: real.form, notice: notice))
    }

    /// The form of the first real picture; drawn sets have none of their own.
    private func form(_ name: String, _ data: String?) throws -> RealPictures.Form {
        let isName = DatasetName(rawValue: name) != nil
        let source = try DatasetCatalog().open(
            isName ? name : "",
            path: isName ? data : name,
            pixels: size ?? 64
        )
        guard source.count > 0 else {
            throw DatasetError(
                .missing,
                at: name,
                "has no picture to compare with",
                cure: "check the path and the file types (PNG, JPEG, WebP, TIFF, GIF)"
            )
        }
        let first = try source.picture(at: 0)
        return RealPictures.Form(
            width: size ?? first.width,
            height: size ?? first.height,
            channels: first.channels
        )
    }
}
