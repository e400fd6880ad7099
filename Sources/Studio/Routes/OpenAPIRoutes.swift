import Foundation
import Hummingbird

/// The document that says what the interface is.
struct OpenAPIRoutes {
    func add(to router: Router<StudioContext>) {
        router.get("openapi.json") { _, _ in
            guard let file = Bundle.module.url(forResource: "openapi", withExtension: "json"),
                let data = try? Data(contentsOf: file)
            else { throw APIError.missing("the document is missing") }
            return Response.bytes(data, type: "application/json")
        }
    }
}
