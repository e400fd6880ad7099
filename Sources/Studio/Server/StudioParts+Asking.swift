import Foundation
import GRDB
import HTTPTypes
import Prompts

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

    /// Checks what is asked for, in words of a person, and takes it in as jobs.
    ///
    /// - Parameters:
    ///   - request: All but the prompt and the seed.
    ///   - kind: What is done.
    ///   - prompt: As typed; braces make several jobs.
    ///   - seed: The key of all random numbers; a new one by default.
    ///   - priority: 0 to 2; the prompt's own, or usual, by default.
    ///   - owner: Who asks.
    ///   - key: What the asker calls the request.
    /// - Returns: The jobs.
    /// - Throws: ``APIError`` or `PromptError` for what cannot be done.
    func enqueue(
        _ request: JobRequest,
        kind: JobKind,
        prompt: String,
        seed: String?,
        priority: Int?,
        owner: String,
        key: RequestKey?
    ) async throws -> [JobRecord] {
        try FieldRules.checkPrompt(prompt)
        guard (1...64).contains(request.count) else {
            throw APIError.invalid(
                "count is \(request.count), expected 1 to 64",
                parameter: "count"
            )
        }
        guard (0...999_999_999).contains(request.first) else {
            throw APIError.invalid(
                "first is \(request.first), expected 0 to 999999999",
                parameter: "first"
            )
        }
        if let size = request.size, !(8...4096).contains(size) {
            throw APIError.invalid("size is \(size), expected 8 to 4096", parameter: "size")
        }
        if let priority, !(0...2).contains(priority) {
            throw APIError.invalid(
                "priority is \(priority), expected 0, 1 or 2",
                parameter: "priority"
            )
        }
        guard kind.pictures.contains(request.pictures.count) else {
            throw APIError.invalid(
                "'\(kind.rawValue)' has \(request.pictures.count) pictures, expected "
                    + "\(kind.pictures.lowerBound) to \(kind.pictures.upperBound)",
                parameter: "pictures"
            )
        }
        guard kind != .inpaint || request.mask != nil else {
            throw APIError.invalid("'inpaint' needs a mask", parameter: "mask")
        }
        let model = ModelView(try await models.model(request.model))
        let scope = scope(owner)
        try await checkPictures(request.pictures, of: scope, in: "pictures")
        try await checkPictures([request.mask].compactMap(\.self), of: scope, in: "mask")
        if let folder = request.folder {
            _ = try await store.read { try FolderRecord.found(folder, of: scope, in: $0) }
        }
        try checkDisk()
        let mayBeOpen = kind != .imagine || !(model.takesText || model.classNames.count > 1)
        let requests = try requests(request, mayBeOpen: mayBeOpen, prompt: prompt, seed: seed)
        if try await !isKnown(key, of: owner) { try limit.take(requests.count, by: owner) }
        return try await queue.add(
            requests.map(\.request),
            kind: kind,
            priority: priority ?? requests.first?.priority ?? 1,
            owner: owner,
            key: key
        )
    }

    /// Whether the same was asked for before.
    private func isKnown(_ key: RequestKey?, of owner: String) async throws -> Bool {
        guard let key else { return false }
        return try await store.read { db in
            try JobRecord.filter(Column("owner") == owner && Column("key") == key.name)
                .fetchCount(db) > 0
        }
    }

    private func requests(
        _ request: JobRequest,
        mayBeOpen: Bool,
        prompt: String,
        seed: String?
    ) throws -> [(request: JobRequest, priority: Int)] {
        let chance = UInt64.random(in: 0...4_294_967_295)
        guard !prompt.allSatisfy(\.isWhitespace) else {
            guard mayBeOpen else {
                throw APIError.invalid(
                    "the prompt is empty; say what is to be drawn",
                    parameter: "prompt",
                    code: "missing_required_parameter"
                )
            }
            var request = request
            request.seed = seed ?? String(chance)
            return [(request, 1)]
        }
        return try Prompt.all(of: prompt, presets: try PresetsFile.own.read()).flatMap { asked in
            let prompt = asked.withChosenStyle
            guard prompt.pictures.isEmpty else {
                throw APIError.invalid(
                    "the prompt names a picture by its address; upload it instead",
                    parameter: "prompt"
                )
            }
            do {
                try rules.check(prompt)
            } catch {
                guard request.isLenient else { throw error }
                logger.warning(
                    "drawn though the rules do not allow it",
                    metadata: ["rule": "\((error as? PromptError)?.category ?? "")"]
                )
            }
            var request = request
            // The place in the queue is the studio's; no model knows one.
            request.prompt = ModelShelf.priorities.reduce(prompt.typed) {
                $0.replacingOccurrences(of: " --\($1)", with: "")
            }
            if prompt.parameters.has(.draft), !request.draft {
                request.draft = true
                request.count = 24
            }
            let parameters = prompt.parameters
            let priority = parameters.has(.turbo) ? 2 : parameters.has(.relax) ? 0 : 1
            let first = seed.flatMap(UInt64.init) ?? parameters.seed ?? chance
            return (0..<UInt64(parameters.repetitions)).map { turn in
                request.seed = String(first &+ turn)
                return (request, priority)
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
