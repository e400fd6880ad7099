import CSpeech
import Foundation

/// Recognises what is said, among the words that a model knows, by PocketSphinx.
///
/// Not `Sendable`: it stays where it was made.
public final class SpeechRecogniser {
    private let handle: OpaquePointer
    private let vocabulary: SpokenVocabulary

    /// Numbers a second that acoustic models are made for.
    private static let rate = 16_000

    /// A recogniser of some words.
    ///
    /// - Throws: `SpeechError` where PocketSphinx is missing, or does not take model or words.
    public init(_ model: AcousticModel, vocabulary: SpokenVocabulary) throws {
        var handle: OpaquePointer?
        var message: UnsafeMutablePointer<CChar>?
        let status = cspeech_open(model.folder.path, &handle, &message)
        guard status == 0, let handle else {
            let isMissing = status == CSPEECH_NO_LIBRARY
            throw SpeechError(
                .recogniser,
                at: isMissing ? "speech" : model.folder.path,
                Self.text(&message),
                cure: isMissing ? AcousticModel.cure : "name another folder with --speech-model"
            )
        }
        self.handle = handle
        var added: [SpokenVocabulary.Entry] = []
        for entry in vocabulary.entries {
            // Ways with sounds that the acoustic model does not know are left out.
            var ways = 0
            for way in entry.ways {
                let name = ways == 0 ? entry.word : "\(entry.word)(\(ways + 1))"
                if cspeech_add_word(handle, name, way) == 0 { ways += 1 }
            }
            if ways > 0 { added.append(entry) }
        }
        self.vocabulary = vocabulary
        guard added.count == vocabulary.count else {
            throw SpeechError(
                .recogniser,
                at: model.dictionary.path,
                "\(vocabulary.count - added.count) words have sounds that the acoustic model does not know",
                cure: "name a folder whose dictionary and model belong together"
            )
        }
        var text = vocabulary.languageModel
        let taken = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) {
                cspeech_use_language_model(handle, $0.baseAddress, $0.count, &message)
            }
        }
        guard taken == 0 else {
            throw SpeechError(.recogniser, at: model.folder.path, Self.text(&message))
        }
    }

    deinit { cspeech_close(handle) }

    /// What is said in a recording.
    ///
    /// - Parameters:
    ///   - sound: The recording.
    ///   - name: What errors call it.
    /// - Returns: The text, and its words one by one.
    /// - Throws: `SpeechError` where nothing is said, or nothing that could be recognised.
    public func transcript(of sound: Sound, name: String) throws -> Transcript {
        let samples = try sound.audible(name).resampled(to: Self.rate).inARoom()
        var words: UnsafeMutablePointer<cspeech_word>?
        var count = 0
        var message: UnsafeMutablePointer<CChar>?
        guard cspeech_hear(handle, samples, samples.count, &words, &count, &message) == 0 else {
            throw SpeechError(.recording, at: name, Self.text(&message))
        }
        defer { cspeech_free(words) }
        let heard = UnsafeBufferPointer(start: words, count: count).compactMap { word in
            word.text.flatMap { Self.word(String(cString: $0), word) }
        }
        guard !heard.isEmpty else {
            throw SpeechError(
                .recording,
                at: name,
                "no words are heard in it",
                cure: "speak nearer to the microphone, or type the prompt"
            )
        }
        return Transcript(
            text: vocabulary.text(of: heard.map(\.word)),
            words: heard,
            seconds: (sound.seconds * 100).rounded() / 100,
            vocabulary: vocabulary.count,
            leftOut: vocabulary.leftOut.count
        )
    }

    /// A word as it is written; nothing for pauses and noises.
    private static func word(_ text: String, _ found: cspeech_word) -> Transcript.Word? {
        guard let first = text.first, !"<[+".contains(first) else { return nil }
        let plain = text.prefix { $0 != "(" }
        return Transcript.Word(
            word: String(plain),
            start: Double(found.first) / 100,
            end: Double(found.last + 1) / 100,
            confidence: (min(max(found.confidence, 0), 1) * 1000).rounded() / 1000
        )
    }

    /// A message of the library's, given back to it.
    private static func text(_ message: inout UnsafeMutablePointer<CChar>?) -> String {
        defer {
            cspeech_free(message)
            message = nil
        }
        return message.map { String(cString: $0) } ?? "PocketSphinx failed without a word"
    }
}
