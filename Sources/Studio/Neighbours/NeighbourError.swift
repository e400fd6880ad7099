/// An error in the form of the AUTOMATIC1111 web UI.
///
/// Source: its `modules/api/api.py`, which answers so to whatever is thrown.
struct NeighbourError: Encodable, Sendable {
    var error: String
    var detail: String
    /// What the server that was asked in turn had answered: there is none here.
    let body = ""
    var errors: String

    /// The same error.
    init(_ error: APIError) {
        let error = error.inOneLine
        self.error = error.code ?? error.type
        let place = error.parameter.map { "body.\($0): " } ?? ""
        (detail, errors) = (place + error.message, error.message)
    }
}
