import Foundation
import Prompts
import Requests

extension GeneratorModel {
    /// Makes the pictures of a request: the one way in for commands, workers and programs.
    ///
    /// - Parameters:
    ///   - request: What is asked for; its pictures are files.
    ///   - rules: What may not be asked for and not be shown.
    ///   - naming: What records and errors call a file.
    ///   - tell: Told of what happens, each picture as soon as it is there; what it throws ends the work.
    /// - Throws: `RequestProblem`, `PromptError`, `GenerationError` and `ImagingError` for what cannot be done.
    public func perform(
        _ request: PictureRequest,
        by rules: PromptRules,
        naming: FileNaming = .name,
        tell: @escaping (PictureEvent) throws -> Void
    ) throws {
        guard request.task.name.form.needsModel else {
            return try request.performWithoutModel(naming: naming, tell: tell)
        }
        try request.validate(.command)
        let rules = request.isLenient ? PromptRules() : rules
        if let prompt = request.prompt { try rules.check(prompt) }
        let making = PictureMaking(self, request, rules, naming, tell)
        if request.task.name.form.repairs { try making.repair() } else { try making.draw() }
    }
}

/// What files are called where people read it.
public enum FileNaming: Sendable {
    /// By their own names: the folder that they lie in is nobody's business.
    case name
    /// As they are named by who asks.
    case path

    func callAsFunction(_ file: String) -> String {
        self == .path ? file : URL(filePath: file).lastPathComponent
    }
}

extension SamplingOptions {
    /// Puts what is given in place of what parameters say.
    public mutating func change(_ changes: SamplingChanges) {
        truncation = changes.truncation ?? truncation
        temperature = changes.temperature ?? temperature
        topP = changes.topP ?? topP
        guidance = changes.guidance ?? guidance
        steps = changes.steps ?? steps
        translation = changes.translate ?? translation
        rotation = changes.rotate ?? rotation
    }
}

extension PictureRequest {
    /// The bundled model that does it where none is named.
    public var bundledModel: BundledModel {
        switch task.name {
        case .upscale: .upscale
        case .restore: .restore
        default: .usual
        }
    }
}
