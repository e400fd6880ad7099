import Foundation
import GRDB
import Hub
import Logging
import Subprocess

/// Published models on their way here: one after the other, going on after the studio was stopped or killed.
///
/// The studio fetches by itself; the program that draws takes a model on, as only it can read weights.
actor ModelFetches {
    private let store: StudioStore
    private let hub: EventHub
    private let models: ModelShelf
    private let folder: URL
    private let program: String
    private let logger: Logger
    private var current: (id: String, task: Task<URL, any Error>)?
    /// How far the present one is, as it is told more often than it is kept.
    private var progress: (id: String, done: Int, total: Int?)?
    private var told = ContinuousClock.now
    private let bell = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))

    /// How often progress is told at most.
    private static let pause = Duration.milliseconds(250)
    /// How many that have ended are shown.
    private static let shown = 20

    /// The fetches of a store.
    ///
    /// - Parameters:
    ///   - store: Where they are kept.
    ///   - models: What takes the models on.
    ///   - folder: Where models are added, and licences noted.
    ///   - program: The program that reads weights.
    ///   - hub: Who is told.
    ///   - logger: What the studio's owner reads.
    init(
        _ store: StudioStore,
        models: ModelShelf,
        folder: URL,
        program: String,
        hub: EventHub,
        logger: Logger
    ) {
        (self.store, self.models, self.folder) = (store, models, folder)
        (self.program, self.hub, self.logger) = (program, hub, logger)
    }

    /// All that wait or run, and the last that ended; the newest first.
    func all() async throws -> [FetchRecord] {
        let found = try await store.read { db in
            try FetchRecord.order(Column("id").desc).limit(200).fetchAll(db)
        }
        let ended = found.filter(\.state.isFinal).prefix(Self.shown).map(\.id)
        return found.filter { !$0.state.isFinal || ended.contains($0.id) }.map(present)
    }

    /// The bytes of the present one are newer than those that are kept.
    private func present(_ record: FetchRecord) -> FetchRecord {
        guard let progress, progress.id == record.id, !record.state.isFinal else { return record }
        var record = record
        (record.done, record.total) = (progress.done, progress.total)
        return record
    }

    /// Whether the terms of a repository were agreed to.
    func hasAgreed(to repository: String) -> Bool { AcceptedLicences(in: folder).has(repository) }

    /// Puts a model in the row.
    ///
    /// - Parameters:
    ///   - model: A known name, or `org/name`.
    ///   - agrees: Whether who asks agrees to the terms.
    /// - Returns: The fetch; one that is not over is not begun again.
    /// - Throws: `APIError` for what is no model, cannot be had, or whose terms nobody has agreed to.
    func ask(_ model: String, agrees: Bool) async throws -> FetchRecord {
        let fetch: ModelFetch
        do {
            fetch = try ModelFetch(model)
        } catch {
            throw APIError.missing(error.description, parameter: "model", code: "model_not_found")
        }
        let licences = AcceptedLicences(in: folder)
        let settings: HubSettings
        do {
            settings = try HubSettings()
            if fetch.kept(settings) == nil, !licences.has(fetch.repository) {
                let offer = try await fetch.offer(settings)
                guard agrees else {
                    throw APIError(
                        status: .conflict,
                        message: offer.licence,
                        parameter: "agree",
                        code: "terms_not_agreed"
                    )
                }
                try licences.accept(fetch.repository, offer.licence)
            }
        } catch let error as HubError {
            throw APIError(
                status: .badGateway,
                message: error.description,
                type: "server_error",
                code: "not_fetched"
            )
        }
        let record = FetchRecord(model, name: fetch.name)
        let kept = try await store.write { db -> FetchRecord in
            let open = try FetchRecord.filter(Column("model") == model).fetchAll(db)
                .first { !$0.state.isFinal }
            if let open { return open }
            try record.insert(db)
            return record
        }
        tell(kept, as: "fetch.changed")
        bell.continuation.yield()
        return present(kept)
    }

    /// Gives a fetch up; what has come of it is kept, and a later one goes on with it.
    ///
    /// - Throws: `APIError` where there is none.
    func cancel(_ id: String) async throws -> FetchRecord {
        guard var record = try await store.read({ try FetchRecord.fetchOne($0, key: id) }) else {
            throw APIError.missing("there is no such fetch", code: "fetch_not_found")
        }
        guard !record.state.isFinal else { return record }
        (record.done, record.total) = (present(record).done, present(record).total)
        record = try await end(record, .cancelled)
        if current?.id == id { current?.task.cancel() }
        return record
    }

    /// Fetches what waits, until the task is cancelled; what was running in an earlier life goes on.
    func run() async {
        var bells = bell.stream.makeAsyncIterator()
        while !Task.isCancelled {
            let next = try? await store.read { db in
                try FetchRecord.filter(["queued", "running"].contains(Column("state")))
                    .order(Column("id")).fetchOne(db)
            }
            if let next { await perform(next) } else { _ = await bells.next() }
        }
    }

    /// Ends the present fetch with the studio; it stays unfinished.
    func stop() {
        current?.task.cancel()
        bell.continuation.finish()
    }

    private func perform(_ record: FetchRecord) async {
        var record = record
        do {
            record.state = .running
            let begun = record
            try await store.write { try begun.update($0) }
            tell(record, as: "fetch.changed")
            progress = (record.id, record.done, record.total)
            let source = try await fetched(record)
            let (name, isOurs) = freeName(record.name, for: source)
            record.name = name
            let sources =
                try ModelFetch(record.model).known?.addition(in: source) ?? [source.path]
            let place = try await takenOn(sources, as: name, replacing: isOurs)
            guard try await !isOver(record.id) else { throw CancellationError() }
            _ = try await models.adopt(place, name: record.name)
            (record.done, record.total) = (progress?.done ?? 0, progress?.total)
            _ = try await end(record, .done)
        } catch is CancellationError {
            // Given up, which is noted already, or the studio ends.
        } catch {
            if await (try? isOver(record.id)) != true, !Task.isCancelled {
                logger.error("model not fetched", metadata: ["error": "\(error)"])
                record.message = (error as? APIError)?.message ?? "\(error)"
                (record.done, record.total) = (progress?.done ?? 0, progress?.total)
                let isNoted = (try? await end(record, .failed)) != nil
                // What cannot be noted is tried again, but not at once.
                if !isNoted { try? await Task.sleep(for: .seconds(5)) }
            }
        }
        (current, progress) = (nil, nil)
    }

    /// The folder with the model's files.
    private func fetched(_ record: FetchRecord) async throws -> URL {
        let fetch = try ModelFetch(record.model)
        let task = Task { () -> URL in
            let settings = try HubSettings()
            if let kept = fetch.kept(settings) { return kept }
            let offer = try await fetch.offer(settings)
            return try await fetch.fetch(offer, settings) { _, all in
                Task { await self.note(all, of: record) }
            }
        }
        current = (record.id, task)
        return try await task.value
    }

    /// Whether a fetch was given up, or ended otherwise.
    private func isOver(_ id: String) async throws -> Bool {
        try await store.read { try FetchRecord.fetchOne($0, key: id) }?.state.isFinal ?? true
    }

    private func note(_ all: Hub.Progress, of record: FetchRecord) {
        guard let known = progress, known.id == record.id, all.done >= known.done else { return }
        progress = (record.id, all.done, all.all)
        guard ContinuousClock.now - told >= Self.pause else { return }
        told = .now
        tell(present(record), as: "fetch.progress")
    }

    /// A name that no other model has: a model of another origin is never replaced.
    ///
    /// - Returns: The name, with a number where it needs one, and whether the same model has it already.
    private func freeName(_ name: String, for source: URL) -> (name: String, isOurs: Bool) {
        let manager = FileManager.default
        // The folder of a state lies in that of its repository.
        let own = source.deletingLastPathComponent().standardizedFileURL.path + "/"
        var (found, number) = (name, 2)
        while true {
            let link = folder.appending(path: found)
            let target = try? manager.destinationOfSymbolicLink(atPath: link.path)
            if target?.hasPrefix(own) == true { return (found, true) }
            let isTaken =
                target != nil || manager.fileExists(atPath: link.path)
                || manager.fileExists(atPath: folder.appending(path: "\(found).safetensors").path)
            guard isTaken else { return (found, false) }
            (found, number) = ("\(name)-\(number)", number + 1)
        }
    }

    /// Lets the program that draws take a model on.
    ///
    /// - Returns: Where it is known by its name.
    private func takenOn(
        _ sources: [String],
        as name: String,
        replacing: Bool
    ) async throws -> URL {
        struct Added: Decodable { var name: String }
        let result = try await Subprocess.run(
            .name("nice"),
            arguments: .init(
                ["-n", "10", program, "models", "add"] + sources
                    + ["--name", name, "--json"] + (replacing ? ["--replace"] : [])
            ),
            input: .none,
            output: .data(limit: 1 << 20),
            error: .string(limit: 1 << 20)
        )
        guard
            let added = try? JSONDecoder().decode([Added].self, from: result.standardOutput).first
        else {
            let line = result.standardError.split(separator: "\n").last.map(String.init) ?? ""
            let plain = line.hasPrefix("Error: ") ? String(line.dropFirst(7)) : line
            throw APIError.invalid(plain.isEmpty ? "the model cannot be read" : plain)
        }
        let file = folder.appending(path: "\(added.name).safetensors")
        return FileManager.default.fileExists(atPath: file.path)
            ? file : folder.appending(path: added.name)
    }

    private func end(_ record: FetchRecord, _ state: FetchRecord.State) async throws -> FetchRecord
    {
        var record = record
        (record.state, record.finished) = (state, Date().timeIntervalSince1970)
        let ended = record
        let event = try await store.write { db -> StudioEvent? in
            // Whatever ended it first stands.
            guard let kept = try FetchRecord.fetchOne(db, key: ended.id), !kept.state.isFinal
            else { return nil }
            try ended.update(db)
            return try StudioStore.note(
                "fetch.changed",
                ["fetch": ended],
                owner: KeyOwner.admin,
                in: db
            )
        }
        if let event { hub.tell(event) }
        return ended
    }

    private func tell(_ record: FetchRecord, as name: String) {
        guard let text = try? StudioJSON.text(["fetch": record]) else { return }
        hub.tell(StudioEvent(name: name, data: text, owner: KeyOwner.admin))
    }
}
