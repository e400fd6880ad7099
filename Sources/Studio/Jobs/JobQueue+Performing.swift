import Foundation
import GRDB
import Requests

extension JobQueue {
    /// How a job ended.
    private enum End {
        case done([WorkerReply], JobRequest)
        case failed(message: String, code: String)
        case blocked(message: String, categories: [String])
    }

    /// Does a job and keeps what came of it.
    func perform(_ job: JobRecord) async {
        let staging = store.staging(job.id)
        let end: End
        do {
            try? FileManager.default.removeItem(at: staging)
            try FileManager.default.createDirectory(at: staging, withIntermediateDirectories: true)
            let asked = try job.asked()
            var request = asked.pictures
            let model = try await models.model(request.model)
            // What draws does not repair; the bundled model of the task does.
            let view = ModelView(model)
            let fits =
                request.task.name == .translate
                ? view.translates : !request.task.name.form.repairs || view.repairs
            request.model = fits ? model.file : nil
            request.pictures = request.pictures.map { store.file(of: $0).path }
            request.mask = request.mask.map { store.file(of: $0).path }
            let order = WorkerOrder(request, id: job.id, folder: staging.path)
            end = try await follow(worker.perform(order), of: job, asked)
        } catch let error as APIError {
            end = .failed(message: error.message, code: error.code ?? "invalid_value")
        } catch let error as RequestProblem {
            end = .failed(message: error.description, code: "invalid_value")
        } catch let error as StudioError {
            end = .failed(message: error.description, code: "worker_ended")
        } catch {
            logger.error("job failed", metadata: ["job": "\(job.id)", "error": "\(error)"])
            end = .failed(message: "the studio could not do it: \(error)", code: "server_error")
        }
        do {
            try await conclude(job, end)
        } catch {
            logger.error("job not kept", metadata: ["job": "\(job.id)", "error": "\(error)"])
        }
        running = nil
        moments[job.id] = nil
        await tellOrder()
    }

    private func follow(
        _ replies: AsyncThrowingStream<WorkerReply, any Error>,
        of job: JobRecord,
        _ asked: JobRequest
    ) async throws -> End {
        let began = Date()
        var pictures: [WorkerReply] = []
        var blocked: WorkerReply?
        for try await reply in replies {
            switch reply.event {
            case .progress:
                let share = reply.share ?? 0
                let spent = -began.timeIntervalSinceNow
                moments[job.id]?.share = share
                let eta = share > 0.02 ? spent / share - spent : nil
                moments[job.id]?.eta = eta
                tell("job.progress", JobProgress(id: job.id, share: share, eta: eta), of: job)
            case .preview:
                show(reply, of: job)
            case .picture:
                guard let width = reply.width, let height = reply.height, reply.record != nil,
                    reply.index != nil, width > 0, height > 0
                else {
                    return .failed(
                        message: "the worker sent a picture without saying what it is",
                        code: "server_error"
                    )
                }
                pictures.append(reply)
                show(reply, of: job)
            case .blocked where reply.index != nil:
                blocked = reply
            case .blocked:
                return .blocked(
                    message: reply.message ?? "the rules do not allow it",
                    categories: reply.categories ?? []
                )
            case .failed:
                return .failed(
                    message: reply.message ?? "it could not be done",
                    code: reply.code ?? "server_error"
                )
            case .done, .answer, .ready:
                break
            }
        }
        guard pictures.isEmpty else {
            pace = 0.7 * pace - 0.3 * began.timeIntervalSinceNow / Double(pictures.count)
            return .done(pictures, asked)
        }
        if let blocked {
            return .blocked(
                message: blocked.message ?? "the pictures show what the rules do not allow",
                categories: blocked.categories ?? []
            )
        }
        return .failed(message: "nothing was drawn", code: "server_error")
    }

    private func show(_ reply: WorkerReply, of job: JobRecord) {
        guard let file = reply.file, let index = reply.index else { return }
        let url = URL(filePath: file)
        let version = url.deletingPathExtension().lastPathComponent
        let address = base.address("/api/jobs/\(job.id)/preview/\(index)?of=\(version)")
        moments[job.id]?.previews[String(index)] = .init(file: url, address: address)
        tell("job.preview", JobPreview(id: job.id, index: index, url: address), of: job)
    }

    private func tell(_ name: String, _ data: some Encodable, of job: JobRecord) {
        guard let text = try? StudioJSON.text(data) else { return }
        hub.tell(StudioEvent(name: name, data: text, job: job.id, owner: job.owner))
    }

    /// Keeps how a job ended, with all its pictures or with none, in one step.
    private func conclude(_ job: JobRecord, _ end: End) async throws {
        let now = Date().timeIntervalSince1970
        let seconds = now - (job.started ?? now)
        let model: String? =
            if case .done(_, let asked) = end {
                try? await models.name(of: asked.pictures.model)
            } else { nil }
        let (events, pictures) = try await store.write { db -> ([StudioEvent], [PictureRecord]) in
            guard var job = try JobRecord.fetchOne(db, key: job.id), job.state == .running else {
                return ([], [])
            }
            job.finished = now
            var pictures: [PictureRecord] = []
            switch end {
            case .done(let replies, let asked):
                job.state = .done
                pictures = replies.map {
                    PictureRecord(
                        $0,
                        of: job,
                        asked,
                        model: model ?? "",
                        seconds: seconds / Double(replies.count)
                    )
                }
            case .failed(let message, let code):
                (job.state, job.message, job.code) = (.failed, message, code)
            case .blocked(let message, let categories):
                (job.state, job.message, job.code) = (.blocked, message, "moderation_blocked")
                job.categories = categories.joined(separator: ",")
            }
            try job.update(db)
            for picture in pictures { try picture.insert(db) }
            if case .done(_, let asked) = end { try note(pictures, from: asked, in: db) }
            let ids = pictures.map(\.id)
            var events = try PictureView.all(pictures, below: base, in: db).map {
                try StudioStore.note("job.image", of: job, pictures: ids, picture: $0, in: db)
            }
            events.append(
                try StudioStore.note("job.\(job.state)", of: job, pictures: ids, in: db)
            )
            return (events, pictures)
        }
        try settle(pictures, of: job.id)
        for event in events { hub.tell(event) }
        guard let state = events.last?.name.split(separator: ".").last else { return }
        counters.count(job: String(state), pictures: pictures.count)
    }
}

/// Notes what pictures were made from: of what repairs, each from its own.
private func note(_ pictures: [PictureRecord], from asked: JobRequest, in db: Database) throws {
    let sources = asked.pictures.pictures
    let form = asked.pictures.task.name.form
    for picture in pictures {
        let own = (picture.number - asked.pictures.first) / form.results
        let parents =
            form.repairs && sources.indices.contains(own)
            ? [sources[own]] : sources
        for parent in parents {
            try DescentRecord(child: picture.id, parent: parent).insert(db, onConflict: .ignore)
        }
    }
}

extension PictureRecord {
    /// A finished picture of a job.
    fileprivate init(
        _ reply: WorkerReply,
        of job: JobRecord,
        _ asked: JobRequest,
        model: String,
        seconds: Double
    ) {
        id = Identifier.make()
        self.job = job.id
        kind = job.kind
        number = reply.index ?? 0
        width = reply.width ?? 0
        height = reply.height ?? 0
        prompt = asked.pictures.prompt?.typed ?? ""
        seed = String(asked.pictures.seed)
        self.model = model
        digest =
            (try? JSONDecoder().decode(Digest.self, from: Data((reply.record ?? "").utf8)))?.digest
            ?? ""
        created = Date().timeIntervalSince1970
        liked = false
        rating = 0
        folder = asked.folder
        self.seconds = seconds
        record = reply.record ?? "{}"
        owner = job.owner
    }

    private struct Digest: Decodable { var digest: String? }
}
