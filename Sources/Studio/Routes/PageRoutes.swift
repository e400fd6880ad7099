import Foundation
import Hummingbird

/// The page and its files.
struct PageRoutes {
    let parts: StudioParts
    private let files: [String: (data: Data, type: String)]

    /// Reads the page's files once: nothing else can ever be asked for.
    init(parts: StudioParts) throws {
        self.parts = parts
        guard let root = Bundle.module.url(forResource: "Page", withExtension: nil) else {
            throw StudioError.store(path: Bundle.module.bundlePath, reason: "the page is missing")
        }
        var files: [String: (Data, String)] = [:]
        let types = [
            "html": "text/html; charset=utf-8", "js": "text/javascript; charset=utf-8",
            "css": "text/css; charset=utf-8", "json": "application/json", "png": "image/png",
        ]
        let base = root.standardizedFileURL.path
        for case let file as URL in FileManager.default.enumerator(
            at: root,
            includingPropertiesForKeys: nil
        )
            ?? .init()
        {
            guard let type = types[file.pathExtension] else { continue }
            let path = String(file.standardizedFileURL.path.dropFirst(base.count + 1))
            files[path] = (try Data(contentsOf: file), type)
        }
        self.files = files
    }

    func add(to router: Router<StudioContext>) {
        for path in [
            "", "create", "library", "explore", "grid", "train", "models", "edit",
            "edit/:id", "compare",
            "compare/:left/:right",
            "picture/:id",
        ] {
            router.get(RouterPath(path)) { request, context in try await document(request, context)
            }
        }
        router.get("page/**") { _, context in
            guard let (data, type) = files[context.parameters.getCatchAll().joined(separator: "/")]
            else {
                throw APIError.missing("there is nothing at this address")
            }
            return Response.bytes(data, type: type, cache: "no-cache")
        }
        router.get("enter") { request, _ in
            guard let secret = request.query("token"), let cookie = parts.keys.enter(secret) else {
                throw APIError(
                    status: .unauthorized,
                    message: "this start address was used before, or is wrong; take a new one from "
                        + "'atelier serve', or wait a minute",
                    code: "invalid_api_key"
                )
            }
            let base = parts.configuration.basePath
            var response = Response(status: .seeOther, headers: [.location: "./"])
            response.setCookie(
                Cookie(
                    name: KeyRing.cookie,
                    value: cookie,
                    maxAge: 30 * 86_400,
                    path: base == .none ? "/" : base.text,
                    secure: false,
                    httpOnly: true,
                    sameSite: .strict
                )
            )
            return response
        }
    }

    /// The document, with all it shows at first within.
    private func document(_ request: Request, _ context: StudioContext) async throws -> Response {
        guard let (data, type) = files["index.html"] else {
            throw APIError.missing("the page is missing")
        }
        let snapshot = try await StateRoutes(parts: parts).snapshot(request, context)
        // No text of a person can end the block.
        let state = try StudioJSON.text(snapshot).replacingOccurrences(of: "<", with: "\\u003c")
        // Where no base is told, addresses are relative, so that they are right below any path.
        let base = parts.configuration.basePath
        let depth = max(request.uri.path.count { $0 == "/" } - 1, 0)
        let root =
            base == .none ? "./" + String(repeating: "../", count: depth) : base.address("/")
        let page = String(decoding: data, as: UTF8.self)
            .replacingOccurrences(of: "=\"./", with: "=\"\(root)")
            .replacingOccurrences(
                of: "<!--STATE-->",
                with: "<script type=\"application/json\" id=\"state\">\(state)</script>"
            )
        return Response.bytes(Data(page.utf8), type: type)
    }
}
