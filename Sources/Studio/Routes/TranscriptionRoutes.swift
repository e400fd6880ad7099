import Foundation
import Hummingbird
import Requests
import Speech

/// Prompts that are said.
struct TranscriptionRoutes {
    let parts: StudioParts

    func add(to router: RouterGroup<StudioContext>) {
        router.post("transcriptions") { request, _ in
            let (recording, fields) = try await recording(of: request)
            let model = fields?.text("model") ?? request.query("model")
            return try Response.json(try await transcript(of: recording, for: model))
        }
    }

    /// The same in the words of the OpenAI interface: a form with `file` and `model`, answered with the text.
    ///
    /// What draws is asked in its own words: models of speech, as `whisper-1`, stand for the usual one.
    func addOpenAI(to router: RouterGroup<StudioContext>) {
        router.post("audio/transcriptions") { request, _ in
            let (recording, fields) = try await recording(of: request)
            let format = fields?.text("response_format") ?? "json"
            guard ["json", "text", "verbose_json"].contains(format) else {
                throw APIError.invalid(
                    "response_format is '\(LogText.short(format))', expected json, text or verbose_json",
                    parameter: "response_format"
                )
            }
            let named = fields?.text("model")
            let known = try? await parts.models.model(named)
            let found = try await transcript(of: recording, for: known == nil ? nil : named)
            guard format != "text" else {
                return Response.bytes(
                    Data("\(found.text)\n".utf8),
                    type: "text/plain; charset=utf-8"
                )
            }
            return try Response.json(Answer(found, isVerbose: format == "verbose_json"))
        }
    }

    /// An answer of the OpenAI interface.
    private struct Answer: Encodable {
        var text: String
        var task: String?
        var language: String?
        var duration: Double?
        var words: [Transcript.Word]?

        init(_ found: Transcript, isVerbose: Bool) {
            text = found.text
            guard isVerbose else { return }
            (task, language) = ("transcribe", "english")
            (duration, words) = (found.seconds, found.words)
        }
    }

    /// What was sent: the bytes as they are, or the field `file` of a form, with its other fields.
    private func recording(
        of request: Request
    ) async throws -> (recording: Data, fields: MultipartForm?) {
        let type = request.headers[.contentType] ?? ""
        guard type.lowercased().hasPrefix("multipart/form-data") else {
            return (try await request.bytes(limit: Sound.mostBytes, what: "the recording"), nil)
        }
        let limit = Sound.mostBytes + 64 * 1024
        let form = try MultipartForm(
            try await request.bytes(limit: limit, what: "the recording"),
            type: type
        )
        guard let recording = form.files("file").first else {
            throw APIError.invalid(
                "the form has no file 'file', expected the recording, as WAV",
                parameter: "file",
                code: "missing_required_parameter"
            )
        }
        return (recording, form)
    }

    /// What is said, in the words that a model knows.
    private func transcript(of recording: Data, for model: String?) async throws -> Transcript {
        // What is no recording is refused here, and takes no worker's time.
        do {
            _ = try Sound(wav: recording, name: "the recording").audible("the recording")
        } catch let error as SpeechError {
            throw APIError.invalid(error.description, parameter: "file", code: "invalid_audio")
        }
        try parts.checkDisk()
        let folder = parts.store.staging(Identifier.make())
        defer { try? FileManager.default.removeItem(at: folder) }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        let file = folder.appending(path: "recording.wav")
        try recording.write(to: file)
        let answer = try await parts.models.ask(.transcribe(file.path), of: model)
        guard let found = answer.speech else {
            throw StudioError.worker(reason: "heard nothing")
        }
        return found
    }
}
