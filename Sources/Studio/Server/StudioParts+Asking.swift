import Foundation
import GRDB
import HTTPTypes
import Prompts
import Requests

extension StudioParts {
    /// Whose things a visitor sees; nothing: everybody's.
    func scope(_ context: StudioContext) -> String? { scope(context.owner) }

    /// Whose things a user sees; nothing: everybody's.
    private func scope(_ user: String) -> String? {
        configuration.keys.count < 2 || user == KeyOwner.admin ? nil : user
    }

    /// Refuses what only the user who sees everything may do.
    func requireAdmin(_ context: StudioContext) throws {
        guard scope(context) == nil else {
            throw APIError(
                status: .forbidden,
                message: "only the user '\(KeyOwner.admin)' may do this",
                code: "insufficient_permissions"
            )
        }
    }

    /// What a person asks for: all but the prompt and the seed, the prompt as typed, whose braces make several jobs, and
    /// the key of all random numbers, a new one by default.
    typealias Asked = (job: JobRequest, prompt: String, seed: UInt64?)

    /// Checks what is asked for, in words of a person, and takes all of it in as jobs, or nothing.
    ///
    /// - Parameters:
    ///   - all: What is asked for.
    ///   - priority: 0 to 2; the prompt's own, or usual, by default.
    ///   - owner: Who asks.
    ///   - key: What the asker calls the request.
    /// - Returns: The jobs.
    /// - Throws: `APIError`, `RequestProblem` or `PromptError` for what cannot be done.
    func enqueue(
        _ all: [Asked],
        priority: Int?,
        owner: String,
        key: RequestKey?
    ) async throws -> [JobRecord] {
        if let priority, !(0...2).contains(priority) {
            throw APIError.invalid(
                "priority is \(priority), expected 0, 1 or 2",
                parameter: "priority"
            )
        }
        var requests: [(job: JobRequest, priority: Int)] = []
        for asked in all { requests += try await self.requests(asked, owner: owner) }
        try checkDisk()
        if try await !isKnown(key, of: owner) { try limit.take(requests.count, by: owner) }
        return try await queue.add(
            requests.map(\.job),
            priority: priority ?? requests.first?.priority ?? 1,
            owner: owner,
            key: key
        )
    }

    /// Checks what is asked for once.
    ///
    /// - Returns: The jobs that it makes, each with its place in the queue.
    private func requests(
        _ asked: Asked,
        owner: String
    ) async throws -> [(job: JobRequest, priority: Int)] {
        try FieldRules.checkPrompt(asked.prompt)
        let pictures = asked.job.pictures
        let model = ModelView(try await models.model(pictures.model))
        let mayBeOpen =
            pictures.task != .imagine || !(model.takesText || model.classNames.count > 1)
        let requests = try requests(
            asked.job,
            mayBeOpen: mayBeOpen,
            prompt: asked.prompt,
            seed: asked.seed
        )
        for (job, _) in requests { try job.pictures.validate(.studio) }
        let scope = scope(owner)
        try await checkPictures(pictures.pictures, of: scope, in: "pictures")
        try await checkPictures([pictures.mask].compactMap(\.self), of: scope, in: "mask")
        if let folder = asked.job.folder {
            _ = try await store.read { try FolderRecord.found(folder, of: scope, in: $0) }
        }
        return requests
    }

    /// Whether the same was asked for before.
    private func isKnown(_ key: RequestKey?, of owner: String) async throws -> Bool {
        guard let key else { return false }
        return try await store.read { db in
            try JobRecord.filter(Column("owner") == owner && Column("key") == key.name)
                .fetchCount(db) > 0
        }
    }

    /// A job for each prompt that the braces stand for and each of its repetitions, with its place in the queue.
    private func requests(
        _ asked: JobRequest,
        mayBeOpen: Bool,
        prompt: String,
        seed: UInt64?
    ) throws -> [(job: JobRequest, priority: Int)] {
        let chance = UInt64.random(in: 0...4_294_967_295)
        guard !prompt.allSatisfy(\.isWhitespace) else {
            guard mayBeOpen else {
                throw APIError.invalid(
                    "the prompt is empty; say what is to be drawn",
                    parameter: "prompt",
                    code: "missing_required_parameter"
                )
            }
            var job = asked
            job.pictures.seed = seed ?? chance
            return [(job, 1)]
        }
        return try Prompt.all(of: prompt, presets: try PresetsFile.own.read()).flatMap { read in
            var prompt = read.withChosenStyle
            guard prompt.pictures.isEmpty else {
                throw APIError.invalid(
                    "the prompt names a picture by its address; upload it instead",
                    parameter: "prompt"
                )
            }
            do {
                try rules.check(prompt)
            } catch {
                guard asked.pictures.isLenient else { throw error }
                logger.warning(
                    "drawn though the rules do not allow it",
                    metadata: ["rule": "\((error as? PromptError)?.category ?? "")"]
                )
            }
            let parameters = prompt.parameters
            let priority = parameters.has(.turbo) ? 2 : parameters.has(.relax) ? 0 : 1
            // The place in the queue is the studio's; no model knows one.
            for parameter in ModelShelf.priorities { prompt.parameters[parameter] = nil }
            var job = asked
            job.pictures.prompt = prompt.typed.isEmpty ? nil : prompt
            if parameters.has(.draft), !job.draft {
                job.draft = true
                job.pictures.count = 24
            }
            let first = seed ?? parameters.seed ?? chance
            return (0..<UInt64(parameters.repetitions)).map { turn in
                job.pictures.seed = first &+ turn
                return (job, priority)
            }
        }
    }

    /// Refuses pictures that are not there, or that the user does not see.
    func checkPictures(_ ids: [String], of owner: String?, in field: String) async throws {
        if let wrong = ids.first(where: { !Identifier.isValid($0) }) {
            throw APIError.noPicture(wrong, in: field)
        }
        guard !ids.isEmpty else { return }
        let found = try await store.read { try PictureRecord.found(Set(ids), of: owner, in: $0) }
        let known = Set(found.map(\.id))
        if let missing = ids.first(where: { !known.contains($0) }) {
            throw APIError.noPicture(missing, in: field)
        }
    }

    /// Refuses work where the disk has no room for what comes of it.
    func checkDisk() throws {
        let values = try? store.folder.resourceValues(forKeys: [.volumeAvailableCapacityKey])
        let free =
            (try? FileManager.default.attributesOfFileSystem(forPath: store.folder.path))?[
                .systemFreeSize
            ]
            as? Int ?? values?.volumeAvailableCapacity ?? .max
        guard free >= configuration.reserve else {
            throw APIError(
                status: HTTPResponse.Status(code: 507, reasonPhrase: "Insufficient Storage"),
                message:
                    "the disk has \(free >> 20) MiB left, \(configuration.reserve >> 20) MiB stay free; "
                    + "delete something",
                type: "server_error",
                code: "disk_full"
            )
        }
    }
}

/// Users that mean something to the studio.
enum KeyOwner {
    /// The user who sees and changes everything.
    static let admin = "admin"
}
