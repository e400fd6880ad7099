import Foundation
import Logging
import Reports
import Runs
import Subprocess

/// The runs of a folder: starts and stops them as programs of their own, and watches their files.
///
/// A run lives in a session of its own, so that it goes on when the studio ends.
actor TrainingRuns {
    private let folder: URL
    private let program: String
    private let hub: EventHub
    private let store: StudioStore
    private let logger: Logger
    private var seen: [String: RunView] = [:]
    private var sheets: [String: Int] = [:]

    /// The runs of a folder.
    init(_ folder: URL, program: String, store: StudioStore, hub: EventHub, logger: Logger) {
        (self.folder, self.program, self.store) = (folder, program, store)
        (self.hub, self.logger) = (hub, logger)
    }

    /// All runs, the newest first.
    func all() throws -> [RunView] {
        try names().compactMap { try? RunView(RunRecord(RunFolder(opening: url($0)))) }
    }

    /// A run's figures.
    ///
    /// - Throws: `APIError` where there is none.
    func record(_ name: String) throws -> RunRecord {
        guard RunFolder.isPlain(name), FileManager.default.fileExists(atPath: url(name).path),
            let record = try? RunRecord(RunFolder(opening: url(name)))
        else {
            throw APIError.missing(
                "there is no run '\(LogText.short(name, 80))'",
                parameter: "run"
            )
        }
        return record
    }

    /// A file of a run that pages may see.
    func file(_ name: String, of run: String) throws -> Data {
        let record = try record(run)
        let file = record.folder.url.appending(path: name)
        let type = try? FileManager.default.attributesOfItem(atPath: file.path)[.type]
        // A link could lead anywhere.
        guard RunFolder.isPlain(name), name.hasSuffix(".png"),
            type as? FileAttributeType == .typeRegular,
            let data = try? Data(contentsOf: file)
        else { throw APIError.missing("the run has no such picture") }
        return data
    }

    /// Starts a run.
    ///
    /// - Parameters:
    ///   - recipe: A bundled recipe's name.
    ///   - settings: What is different, by key.
    ///   - minutes: When it ends; nothing: when the recipe is done.
    ///   - data: The pictures, where they are not the recipe's own, and what they lie in.
    /// - Returns: The run, once its folder is there.
    /// - Throws: `APIError` with what keeps it from starting.
    func start(
        recipe: String,
        settings: [String: String],
        minutes: Double? = nil,
        data: (file: URL, format: String)? = nil
    ) async throws -> RunView {
        for (key, value) in settings.sorted(by: { $0.key < $1.key }) {
            guard
                key.allSatisfy({ $0.isASCII && ($0.isLetter || $0.isNumber || "-.".contains($0)) }),
                !key.isEmpty, !key.hasPrefix("-")
            else {
                throw APIError.invalid(
                    "'settings' has '\(LogText.short(key, 80))', which is no setting; "
                        + "expected names such as 'training.epochs'",
                    parameter: "settings"
                )
            }
            try FieldRules.check(value, "settings.\(LogText.short(key))", 0...400)
        }
        if let minutes, !(minutes > 0 && minutes <= 1_000_000) {
            throw APIError.invalid(
                "'minutes' is \(minutes), expected a number above 0 and up to 1000000",
                parameter: "minutes"
            )
        }
        guard Recipe.bundled.contains(where: { $0.name == recipe }) else {
            throw APIError.missing(
                "there is no recipe '\(LogText.short(recipe, 80))'; there are "
                    + Recipe.bundled.map(\.name).joined(separator: ", "),
                parameter: "recipe"
            )
        }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return try await launch(
            ["train", recipe, "--out", folder.path]
                + (minutes.map { ["--minutes", "\($0)"] } ?? [])
                + (try data.map {
                    // In the recipe, so that the run's folder says what it learned from.
                    let path = try StudioJSON.text($0.file.path)
                    return ["--set", "data.path=\(path)", "--set", "data.set=\($0.format)"]
                } ?? [])
                + settings.sorted { $0.key < $1.key }.flatMap {
                    ["--set", "\($0.key)=\($0.value)"]
                },
            resuming: nil
        )
    }

    /// Goes on with a run that was stopped.
    func resume(_ name: String) async throws -> RunView {
        let view = RunView(try record(name))
        guard !view.isOurs else {
            throw APIError.invalid("the run trains already", parameter: "id")
        }
        return try await launch(
            ["train", "--resume", "last", "--run", url(name).path],
            resuming: name
        )
    }

    /// Asks a run to keep its state and end.
    func stop(_ name: String) throws -> RunView {
        let record = try record(name)
        guard let status = record.status, status.state == .running, status.isProcessAlive else {
            throw APIError.invalid("the run does not train", parameter: "id")
        }
        kill(status.process, SIGTERM)
        return RunView(record)
    }

    /// Tells of what changes, until the task is cancelled.
    func watch() async throws {
        for view in (try? all()) ?? [] { seen[view.id] = view }
        while !Task.isCancelled {
            try await Task.sleep(for: .seconds(1))
            for name in (try? names().prefix(50)) ?? [] { await look(at: name) }
        }
    }

    private func look(at name: String) async {
        let last = seen[name]
        let file = url(name).appending(path: "status.json")
        let changed = (try? FileManager.default.attributesOfItem(atPath: file.path))?[
            .modificationDate
        ]
        guard
            last == nil || last?.isOurs == true
                || (changed as? Date)?.timeIntervalSince1970 ?? 0 > (last?.updated ?? 0) + 1
        else { return }
        guard let record = try? RunRecord(RunFolder(opening: url(name))) else { return }
        let view = RunView(record)
        let isSame = view == last
        seen[name] = view
        let grids = sheets.updateValue(record.sheets.count, forKey: name)
        if !isSame { await tell(view.isOurs ? "train.tick" : "train.done", view) }
        if let grids, grids < record.sheets.count { await tell("train.samples", view) }
        if view.health?.title == "bad", last?.health?.title != "bad" {
            await tell("train.alert", view)
        }
    }

    private func tell(_ name: String, _ view: RunView) async {
        let event = try? await store.write { try StudioStore.note(name, ["run": view], in: $0) }
        if let event { hub.tell(event) }
    }

    private func names() throws -> [String] {
        guard FileManager.default.fileExists(atPath: folder.path) else { return [] }
        return try FileManager.default.contentsOfDirectory(atPath: folder.path)
            .filter { $0.first?.isNumber == true && RunFolder.isPlain($0) }.sorted(by: >)
    }

    private func url(_ name: String) -> URL {
        folder.appending(path: name, directoryHint: .isDirectory)
    }

    /// Starts the program and waits until its run has a status.
    private func launch(_ arguments: [String], resuming: String?) async throws -> RunView {
        let (program, logger) = (program, logger)
        let (processes, started) = AsyncStream<Int32>.makeStream()
        let (endings, ended) = AsyncStream<String>.makeStream()
        Task.detached {
            var options = PlatformOptions()
            options.createSession = true
            do {
                let result = try await run(
                    .name("nice"),
                    arguments: .init(["-n", "15", program] + arguments),
                    platformOptions: options,
                    input: .none,
                    output: .discarded,
                    error: .sequence
                ) { execution in
                    started.yield(execution.processIdentifier.value)
                    var last: [String] = []
                    for try await line in execution.standardError.strings() {
                        last = last.suffix(20) + [line]
                    }
                    return last
                }
                logger.info("run ended", metadata: ["status": "\(result.terminationStatus)"])
                ended.yield(result.closureResult.joined(separator: "\n"))
            } catch {
                logger.error("run not started", metadata: ["error": "\(error)"])
                ended.yield("\(error)")
            }
            started.finish()
            ended.finish()
        }
        var processNumbers = processes.makeAsyncIterator()
        let process = await processNumbers.next()
        let end = EndingNote()
        let listening = Task {
            for await text in endings { end.set(text) }
        }
        defer { listening.cancel() }
        for _ in 0..<600 {
            for name in try names().prefix(20) {
                if let status = try? RunStatus.read(url(name).appending(path: "status.json")),
                    status.process == process, resuming == nil || resuming == name
                {
                    return RunView(try record(name))
                }
            }
            if let text = end.text {
                throw APIError.invalid(
                    text.isEmpty
                        ? "the run ended at once; its log says why"
                        : text.split(separator: "\n").joined(separator: " "),
                    parameter: "settings",
                    code: "not_started"
                )
            }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw APIError(
            status: .gatewayTimeout,
            message: "the run did not begin within a minute; it may still prepare its data",
            type: "server_error",
            code: "not_started"
        )
    }
}
