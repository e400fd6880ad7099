import Foundation

/// An error in the form of the AUTOMATIC1111 web UI.
struct NeighbourError: Encodable, Sendable {
    var error: String
    var detail: String
    var body = ""
    var errors: String

    /// The same error.
    init(_ error: APIError) {
        self.error = error.code ?? error.type
        let place = error.parameter.map { "body.\($0): " } ?? ""
        (detail, errors) = (place + error.message, error.message)
    }
}

extension APIError {
    /// The same in words of programs: parameters by their fields, not as they are typed.
    var inFields: APIError {
        func field(_ name: some StringProtocol) -> String {
            name == "no" ? "negative_prompt" : String(name)
        }
        var error = self
        error.message = message.replacing(/--([A-Za-z][A-Za-z-]*)/) { "'\(field($0.1))'" }
            .replacing("atelier imagine 'parameters' lists all", with: "/api/state lists all")
        let named = message.firstMatch(of: /--([A-Za-z][A-Za-z-]*)/)?.1
        error.parameter = (parameter ?? named.map(String.init)).map { field($0) }
        return error
    }
}
