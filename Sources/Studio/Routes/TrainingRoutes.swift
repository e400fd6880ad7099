import Foundation
import Hummingbird
import Reports
import Runs

/// Routes of training runs.
struct TrainingRoutes {
    let parts: StudioParts

    func add(to router: RouterGroup<StudioContext>) {
        router.get("training") { _, _ in try Response.json(["runs": try await parts.training.all()])
        }
        router.post("training") { request, context in
            struct Body: Decodable {
                var recipe: String?, settings: [String: String]?, resume: String?, set: String?
                var minutes: Double?
            }
            try parts.requireAdmin(context)
            let body = try await request.json(Body.self)
            if let run = body.resume {
                return try Response.json(try await parts.training.resume(run))
            }
            guard let recipe = body.recipe else {
                throw APIError.invalid(
                    "'recipe' is missing",
                    parameter: "recipe",
                    code: "missing_required_parameter"
                )
            }
            try parts.checkDisk()
            return try Response.json(
                try await parts.training.start(
                    recipe: recipe,
                    settings: body.settings ?? [:],
                    minutes: body.minutes,
                    data: try await place(body.set)
                ),
                status: .created
            )
        }
        router.get("training/:run") { _, context in
            let record = try await parts.training.record(context.parameters.get("run") ?? "")
            return try Response.json(
                RunDetails(record, below: parts.configuration.basePath)
            )
        }
        router.post("training/:run/stop") { _, context in
            try parts.requireAdmin(context)
            return try Response.json(
                try await parts.training.stop(context.parameters.get("run") ?? "")
            )
        }
        router.post("training/:run/resume") { _, context in
            try parts.requireAdmin(context)
            return try Response.json(
                try await parts.training.resume(context.parameters.get("run") ?? "")
            )
        }
        router.get("training/:run/file/:name") { _, context in
            let data = try await parts.training.file(
                context.parameters.get("name") ?? "",
                of: context.parameters.get("run") ?? ""
            )
            return Response.bytes(data, type: "image/png", cache: "private, max-age=3600")
        }
        router.get("training/:run/report") { _, context in
            let record = try await parts.training.record(context.parameters.get("run") ?? "")
            let page = try ReportPage([record]).html()
            var response = Response.bytes(Data(page.utf8), type: "text/html; charset=utf-8")
            // The report has its style within and no script at all.
            response.headers[.contentSecurityPolicy] =
                "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'"
            return response
        }
    }

    /// Where a set lies that a run is to learn from; nothing where none is named.
    private func place(_ set: String?) async throws -> (file: URL, format: String)? {
        guard let set else { return nil }
        guard Identifier.isValid(set) else {
            throw APIError.missing("there is no such set", parameter: "set", code: "set_not_found")
        }
        return try await parts.sets.place(set)
    }
}
