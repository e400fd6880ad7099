import ArgumentParser
import Foundation
import Generation
import Speech

/// A prompt that was said instead of typed.
struct SpeechOptions: ParsableArguments {
    @Option(help: "What to draw, said in a recording (WAV, a minute at most).")
    var speech: String?

    @Option(help: "A folder with another acoustic model and its dictionary, for --speech.")
    var speechModel: String?

    func validate() throws {
        if speech == nil, speechModel != nil {
            throw ValidationError("--speech-model is given without --speech, which it is for.")
        }
    }

    /// The recording; nothing where there is none.
    ///
    /// - Throws: `SpeechError` for one that cannot be read, or in which nothing can be said.
    func sound() throws -> Sound? {
        try speech.map { try Sound(contentsOf: URL(filePath: $0), named: $0).audible($0) }
    }

    /// What is said in a recording, in words that a model knows.
    ///
    /// - Throws: `SpeechError`.
    func transcript(of sound: Sound, for model: GeneratorModel) throws -> Transcript {
        let place = speechModel.map { URL(filePath: $0, directoryHint: .isDirectory) }
        let recogniser = try SpeechRecogniser(of: model, by: place) { Console.warn($0) }
        return try recogniser.transcript(of: sound, name: speech ?? "")
    }
}

extension SpeechRecogniser {
    /// A recogniser of what can be said to a model.
    ///
    /// - Parameters:
    ///   - model: What draws.
    ///   - place: A folder with an acoustic model; nothing: the one that is installed.
    ///   - notice: Told what a person should know.
    /// - Throws: `SpeechError`.
    convenience init(
        of model: GeneratorModel,
        by place: URL?,
        notice: @escaping @Sendable (String) -> Void
    ) throws {
        let acoustic = try place.map(AcousticModel.init) ?? .installed()
        let known = model.sayableTexts(notice: notice)
        let vocabulary = try SpokenVocabulary(
            texts: known.texts,
            words: known.words,
            names: known.names,
            helpers: known.helpers
        ) { try PronunciationDictionary(contentsOf: acoustic.dictionary, of: $0) }
        try self.init(acoustic, vocabulary: vocabulary)
    }
}
