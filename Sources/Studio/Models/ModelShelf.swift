import Foundation
import GRDB
import Logging
import Prompts
import Requests

/// The models that can be asked: those that come with Atelier and those that were added.
actor ModelShelf {
    /// Names by which programs that know other services ask; all mean the usual model.
    static let aliases: Set<String> = [
        "gpt-image-2", "gpt-image-1.5", "gpt-image-1", "gpt-image-1-mini", "chatgpt-image-latest",
        "dall-e-2", "dall-e-3", "midjourney", "atelier",
    ]

    private let store: StudioStore
    private let hub: EventHub
    private let worker: WorkerProcess
    /// Models that were added to this machine.
    let onDisk: @Sendable () -> [ModelOnDisk]
    /// Updates of weights that were added to this machine.
    let updates: @Sendable () -> [UpdatesOnDisk]

    /// A shelf over a store; a worker says what files are.
    init(
        _ store: StudioStore,
        hub: EventHub,
        worker: WorkerProcess,
        onDisk: @escaping @Sendable () -> [ModelOnDisk],
        updates: @escaping @Sendable () -> [UpdatesOnDisk] = { [] }
    ) {
        (self.store, self.hub, self.worker) = (store, hub, worker)
        (self.onDisk, self.updates) = (onDisk, updates)
    }

    /// Asks what the bundled model is, and notes it where it is new.
    func prepare() async throws {
        let summary = try await inspect(nil)
        let text = try StudioJSON.text(summary)
        try await store.write { db in
            if var known = try ModelRecord.fetchOne(
                db,
                sql: "SELECT * FROM model WHERE file IS NULL"
            ) {
                let before = try? JSONDecoder().decode(
                    ModelSummary.self,
                    from: Data(known.summary.utf8)
                )
                // Who gave it another name keeps that.
                if known.name == before?.recipe { known.name = summary.recipe }
                known.summary = text
                try known.update(db)
            } else {
                let others =
                    try Int.fetchOne(db, sql: "SELECT count(*) FROM model WHERE isDefault") ?? 0
                try ModelRecord(
                    id: Identifier.make(),
                    name: summary.recipe,
                    file: nil,
                    summary: text,
                    isDefault: others == 0,
                    created: Date().timeIntervalSince1970
                ).insert(db)
            }
        }
    }

    /// All models, the usual one first.
    func all() async throws -> [ModelRecord] {
        try await store.read { db in
            try ModelRecord.fetchAll(
                db,
                sql: "SELECT * FROM model ORDER BY isDefault DESC, created"
            )
        }
    }

    /// A model by id, name, or another service's name; the usual one where none is named.
    ///
    /// - Throws: `APIError` where there is none, with the names of those that there are.
    func model(_ name: String?) async throws -> ModelRecord {
        let models = try await all()
        let usual = models.first { $0.isDefault } ?? models.first
        guard let name, !name.isEmpty else {
            guard let usual else { throw Self.none(name ?? "", models) }
            return usual
        }
        if let found = models.first(where: { $0.id == name || $0.name == name }) { return found }
        if Self.aliases.contains(name.lowercased()), let usual { return usual }
        throw Self.none(name, models)
    }

    private static func none(_ name: String, _ models: [ModelRecord]) -> APIError {
        APIError(
            status: .notFound,
            message: "there is no model '\(LogText.short(name, 100))'; there are "
                + models.map { "'\($0.name)'" }.joined(separator: ", "),
            parameter: "model",
            code: "model_not_found"
        )
    }

    /// Refusals of the model without those of the queue, which the studio itself has.
    static func withoutPriorities(_ refused: [String: String]) -> [String: String] {
        refused.filter { name, _ in !priorities.contains { $0.rawValue == name } }
    }

    /// Parameters that say a place in the queue.
    static let priorities: [PromptParameter] = [.fast, .relax, .turbo]

    /// The file of a model's weights; nothing for a bundled one.
    func path(of name: String?) async throws -> String? { try await model(name).file }

    /// What people call a model.
    func name(of name: String?) async throws -> String { try await model(name).name }

    /// Adds a file of weights, once a worker could read it.
    ///
    /// - Throws: `APIError` with the rule that the file breaks.
    func add(_ data: Data, name: String) async throws -> ModelRecord {
        let id = Identifier.make()
        let file = store.folder.appending(path: "models/\(id).safetensors")
        let draft = store.folder.appending(path: "models/\(id).part")
        try data.write(to: draft)
        defer { try? FileManager.default.removeItem(at: draft) }
        let summary = try await inspect(draft.path)
        try FileManager.default.moveItem(at: draft, to: file)
        return try await note(id: id, name: name, file: file.path, summary)
    }

    /// Adds the latest weights of a run, under its own name where none is given.
    func add(run: URL, name: String?) async throws -> ModelRecord {
        try await add(file: run.path, name: name ?? run.lastPathComponent)
    }

    /// Adds what stays where it is, once a worker could read it.
    func add(file: String, name: String) async throws -> ModelRecord {
        try await note(id: Identifier.make(), name: name, file: file, inspect(file))
    }

    /// Takes on a model that was added to this machine; one that is here already is looked at again.
    func adopt(_ file: URL, name: String) async throws -> ModelRecord {
        let summary = try await inspect(file.path)
        let known = try await store.read { db in
            try ModelRecord.filter(Column("file") == file.path).fetchOne(db)
        }
        guard var known else {
            return try await note(id: Identifier.make(), name: name, file: file.path, summary)
        }
        known.summary = try StudioJSON.text(summary)
        let model = known
        let event = try await store.write { db in
            try model.update(db)
            return try StudioStore.note("model.added", ModelView(model), in: db)
        }
        hub.tell(event)
        return model
    }

    /// The file or folder of a model's weights; nothing for one that comes with Atelier.
    ///
    /// - Throws: `APIError` where there is no such model.
    func file(of id: String) async throws -> String? {
        guard let model = try await store.read({ try ModelRecord.fetchOne($0, key: id) }) else {
            throw APIError.missing("there is no such model", code: "model_not_found")
        }
        return model.file
    }

    private func note(
        id: String,
        name: String,
        file: String,
        _ summary: ModelSummary
    ) async throws -> ModelRecord {
        let text = try StudioJSON.text(summary)
        let (model, event) = try await store.write { db in
            var free = name
            var number = 2
            while try ModelRecord.filter(Column("name") == free).fetchCount(db) > 0 {
                free = "\(name)-\(number)"
                number += 1
            }
            let model = ModelRecord(
                id: id,
                name: free,
                file: file,
                summary: text,
                isDefault: false,
                created: Date().timeIntervalSince1970
            )
            try model.insert(db)
            return (model, try StudioStore.note("model.added", ModelView(model), in: db))
        }
        hub.tell(event)
        return model
    }

    /// Gives a model another name, or makes it the usual one.
    func change(_ id: String, name: String?, isDefault: Bool?) async throws -> ModelRecord {
        try await store.write { db in
            guard var model = try ModelRecord.fetchOne(db, key: id) else {
                throw APIError.missing("there is no such model", code: "model_not_found")
            }
            if let name {
                guard
                    try ModelRecord.filter(Column("name") == name && Column("id") != id).fetchCount(
                        db
                    ) == 0
                else {
                    throw APIError.invalid(
                        "a model is called '\(name)' already; take another name",
                        parameter: "name"
                    )
                }
                model.name = name
            }
            if isDefault == true {
                try db.execute(sql: "UPDATE model SET isDefault = 0")
                model.isDefault = true
            }
            try model.update(db)
            return model
        }
    }

    /// Removes a model that was added; a run's folder stays.
    func remove(_ id: String) async throws {
        let own = store.folder.appending(path: "models").path
        let (model, event) = try await store.write { db in
            guard let model = try ModelRecord.fetchOne(db, key: id) else {
                throw APIError.missing("there is no such model", code: "model_not_found")
            }
            guard model.file != nil else {
                throw APIError.invalid(
                    "'\(model.name)' comes with Atelier and stays",
                    parameter: "id"
                )
            }
            try model.delete(db)
            if model.isDefault {
                try db.execute(sql: "UPDATE model SET isDefault = 1 WHERE file IS NULL")
            }
            return (model, try StudioStore.note("model.removed", ModelView(model), in: db))
        }
        if let file = model.file, file.hasPrefix(own) {
            try? FileManager.default.removeItem(atPath: file)
        }
        hub.tell(event)
    }

    /// Asks the worker a question about a model and gives its answer.
    ///
    /// - Parameters:
    ///   - question: What is asked.
    ///   - model: By id or name; nothing: the usual one.
    /// - Returns: The answer.
    /// - Throws: `APIError` for what the worker refuses, `StudioError` where it ends.
    func ask(_ question: WorkerQuestion, of model: String?) async throws -> WorkerAnswer {
        try await ask(question, path(of: model))
    }

    private func ask(_ question: WorkerQuestion, _ path: String?) async throws -> WorkerAnswer {
        let order = WorkerOrder(question, id: Identifier.make(), model: path)
        for try await reply in try await worker.perform(order) {
            if let refusal = APIError(refusal: reply) { throw refusal }
            if let answer = reply.answer { return answer }
        }
        throw StudioError.worker(reason: "gave no answer")
    }

    private func inspect(_ path: String?) async throws -> ModelSummary {
        guard let summary = try await ask(.inspect, path).model else {
            throw StudioError.worker(reason: "gave no answer")
        }
        return summary
    }
}
