import Foundation
import Hummingbird

/// The document that says what the interface is.
struct OpenAPIRoutes {
    /// Where the studio is seen.
    let base: BasePath

    func add(to router: Router<StudioContext>) {
        router.get("openapi.json") { _, _ in
            guard let file = Bundle.module.url(forResource: "openapi", withExtension: "json"),
                let data = try? Data(contentsOf: file)
            else { throw APIError.missing("the document is missing") }
            guard base != .none else { return Response.bytes(data, type: "application/json") }
            let text = String(decoding: data, as: UTF8.self)
                .replacing("\"url\": \"/\"", with: "\"url\": \"\(base.text)\"")
            return Response.bytes(Data(text.utf8), type: "application/json")
        }
    }
}
