import Foundation
import Hummingbird
import Requests

/// The document that says what the interface is, with the tasks that there are.
struct OpenAPIRoutes {
    /// Where the studio is seen.
    let base: BasePath

    func add(to router: Router<StudioContext>) {
        router.get("openapi.json") { _, _ in
            guard let file = Bundle.module.url(forResource: "openapi", withExtension: "json"),
                let data = try? Data(contentsOf: file)
            else { throw APIError.missing("the document is missing") }
            let tasks = PictureTask.Name.allCases
            var text = String(decoding: data, as: UTF8.self)
                .replacing(
                    "\"the tasks\"",
                    with: tasks.map { "\"\($0.rawValue)\"" }.joined(separator: ", ")
                )
                .replacing(
                    "what tasks are told",
                    with: tasks.compactMap(\.line).joined(separator: ". ") + "."
                )
            if base != .none { text.replace("\"url\": \"/\"", with: "\"url\": \"\(base.text)\"") }
            return Response.bytes(Data(text.utf8), type: "application/json")
        }
    }
}
