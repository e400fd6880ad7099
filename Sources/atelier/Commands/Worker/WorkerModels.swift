import Foundation
import Generation
import Prompts
import Speech

/// The models that a worker has loaded: those used last.
final class WorkerModels {
    private let limit: Int
    private let device: String
    private let threads: Int?
    /// The folder of another acoustic model.
    private let speechModel: URL?
    /// The one used last stands last.
    private var loaded: [Loaded] = []

    /// A model with the file that it was read from.
    private struct Loaded {
        let model: GeneratorModel
        let version: FileVersion
        let updates: [Update]
        var index: PictureIndex?
        var recogniser: SpeechRecogniser?
    }

    /// What was added to a model's weights, and how much of it.
    private struct Update: Equatable {
        let version: FileVersion
        let weight: Double
    }

    /// Tells a file from what may stand in its place later.
    private struct FileVersion: Equatable {
        let path: String
        let modified: Date?
        let bytes: Int?
        let number: Int?

        init(_ file: URL) {
            path = file.standardizedFileURL.path
            let target = file.resolvingSymlinksInPath().path
            let facts = try? FileManager.default.attributesOfItem(atPath: target)
            modified = facts?[.modificationDate] as? Date
            bytes = (facts?[.size] as? NSNumber)?.intValue
            number = (facts?[.systemFileNumber] as? NSNumber)?.intValue
        }
    }

    /// No models yet.
    ///
    /// - Parameters:
    ///   - limit: How many stay loaded.
    ///   - device: Where they draw.
    ///   - threads: What they draw with; as many as are quickest where nothing is named.
    ///   - speechModel: A folder with another acoustic model than the one that is installed.
    init(limit: Int, device: String, threads: Int?, speechModel: URL?) {
        (self.limit, self.device, self.threads) = (limit, device, threads)
        self.speechModel = speechModel
    }

    /// A model, loaded where it is not yet, or where its file has changed.
    ///
    /// - Parameters:
    ///   - name: Of a bundled model, or a file of weights, or a run's folder.
    ///   - wanted: Updates of its weights that were taken on by name.
    /// - Returns: It draws with the wanted threads.
    /// - Throws: What is wrong with its file, or with an update.
    func model(_ name: String, _ wanted: [PromptUpdate] = []) throws -> GeneratorModel {
        let file = try GeneratorModel.weights(at: BundledModel.place(of: name))
        let version = FileVersion(file)
        let files = try wanted.map { try InstalledModels().updates($0.name) }
        let updates = zip(files, wanted).map { Update(version: FileVersion($0), weight: $1.weight) }
        if let place = loaded.firstIndex(where: { $0.version == version && $0.updates == updates })
        {
            loaded.append(loaded.remove(at: place))
        } else {
            loaded.removeAll { $0.version.path == version.path && $0.version != version }
            // Room first, so that there are never more than the limit.
            loaded.removeFirst(max(loaded.count - limit + 1, 0))
            GeneratorModel.setThreads(threads ?? 1)
            let model = try GeneratorModel(contentsOf: file, device: device)
            for (file, update) in zip(files, wanted) {
                try model.add(updatesAt: file, weight: update.weight)
            }
            try model.useInstalledKnowledge()
            loaded.append(Loaded(model: model, version: version, updates: updates))
        }
        let model = loaded[loaded.count - 1].model
        model.useThreads(threads)
        return model
    }

    /// The training pictures of a model that was used last.
    ///
    /// - Parameter model: The one that was asked for last.
    /// - Returns: An index that is kept as long as the model.
    /// - Throws: What is wrong with the data.
    func index(of model: GeneratorModel) throws -> PictureIndex {
        let place = loaded.firstIndex { $0.model === model }
        if let place, let index = loaded[place].index { return index }
        let index = try PictureIndex(of: model) { Console.warn($0) }
        if let place { loaded[place].index = index }
        return index
    }

    /// What recognises speech in the words of a model that was used last.
    ///
    /// - Parameter model: The one that was asked for last.
    /// - Returns: A recogniser that is kept as long as the model.
    /// - Throws: `SpeechError`.
    func recogniser(of model: GeneratorModel) throws -> SpeechRecogniser {
        let place = loaded.firstIndex { $0.model === model }
        if let place, let recogniser = loaded[place].recogniser { return recogniser }
        let recogniser = try SpeechRecogniser(of: model, by: speechModel) { Console.warn($0) }
        if let place { loaded[place].recogniser = recogniser }
        return recogniser
    }

    /// Says what a file of weights is; it does not stay loaded.
    ///
    /// - Parameter name: Of a bundled model, or a file of weights, or a run's folder.
    /// - Returns: The model, whole: every rule of its file was checked.
    /// - Throws: The rule that its file breaks.
    func inspected(_ name: String) throws -> GeneratorModel {
        GeneratorModel.setThreads(threads ?? 1)
        return try GeneratorModel(contentsOf: BundledModel.place(of: name), device: device)
    }
}
