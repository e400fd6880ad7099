import Foundation
import GRDB
import Hummingbird
import Prompts
import Requests
import Runs

/// What a page needs to begin, and what watchers of servers ask.
struct StateRoutes {
    let parts: StudioParts

    /// A parameter of prompts, and whether it is followed.
    struct Parameter: Encodable, Sendable {
        var name: String
        var aliases: [String]
        var summary: String
        /// Why the usual model does not follow it; nothing where it does.
        var reason: String?
    }

    /// Everything that a page begins with.
    struct Snapshot: Encodable, Sendable {
        var version: String
        var jobs: [JobView]
        var models: [ModelView]
        var updates: [UpdatesOnDisk]
        var folders: [FolderRoutes.View]
        var paused: Bool
        var event: Int64
        var parameters: [Parameter]
        var recipes: [RecipeView]
        var tasks: [TaskView]
        var language: String
        var user: String
    }

    func add(to router: RouterGroup<StudioContext>) {
        router.get("state") { request, context in
            try Response.json(try await snapshot(request, context))
        }
    }

    /// Routes outside of `/api`.
    func addOpen(to router: Router<StudioContext>) {
        router.get("healthz") { _, _ in try Response.json(["status": "ok"]) }
        router.get("readyz") { _, _ in
            _ = try await parts.store.read { try Int.fetchOne($0, sql: "SELECT 1") }
            return try Response.json(["status": "ready"])
        }
        router.get("robots.txt") { _, _ in
            Response.bytes(Data("User-agent: *\nDisallow: /\n".utf8), type: "text/plain")
        }
        router.get("metrics") { _, _ in
            let waiting = try await parts.queue.order().order.count
            let text = parts.counters.text(listeners: parts.hub.count, waiting: waiting)
            return Response.bytes(Data(text.utf8), type: "text/plain; version=0.0.4")
        }
    }

    /// What there is at this moment.
    func snapshot(_ request: Request, _ context: StudioContext) async throws -> Snapshot {
        let owner = parts.scope(context)
        let event = try await parts.store.lastEvent()
        let jobs = try await parts.store.read { db in
            try JobRecord.fetchAll(
                db,
                sql: """
                    SELECT * FROM job WHERE (?1 IS NULL OR owner = ?1) AND (
                        state IN ('queued', 'running')
                        OR id IN (SELECT id FROM job WHERE ?1 IS NULL OR owner = ?1 ORDER BY id DESC LIMIT 60)
                    ) ORDER BY id DESC
                    """,
                arguments: [owner]
            )
        }
        let models = try await parts.models.all().map(ModelView.init)
        let refused = models.first { $0.isDefault }?.refused ?? [:]
        let language = request.headers[.acceptLanguage] ?? ""
        return Snapshot(
            version: parts.configuration.version,
            jobs: try await parts.queue.views(jobs),
            models: models,
            updates: parts.models.updates(),
            folders: try await FolderRoutes(parts: parts).all(of: owner),
            paused: try await parts.store.read { try Setting.isPaused($0) },
            event: event,
            parameters: PromptParameter.allCases.map {
                Parameter(
                    name: $0.rawValue,
                    aliases: $0.aliases,
                    summary: $0.summary,
                    reason: refused[$0.rawValue]
                )
            },
            recipes: RecipeView.all,
            tasks: PictureTask.Name.allCases.map(TaskView.init),
            language: language.lowercased().hasPrefix("zh") ? "zh" : "en",
            user: context.owner
        )
    }
}
