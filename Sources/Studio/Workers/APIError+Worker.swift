import Requests

extension APIError {
    /// What a worker's reply refuses; nothing for a reply that refuses nothing.
    init?(refusal reply: WorkerReply) {
        switch reply.event {
        case .failed:
            self = .invalid(
                reply.message ?? "it could not be done",
                parameter: reply.parameter,
                code: reply.code ?? "invalid_value"
            )
            // Not the fault of who asked, and nothing that passes.
            if code == "not_installed" { status = .notImplemented }
        case .blocked:
            self = .blocked(
                reply.message ?? "the rules do not allow it",
                categories: reply.categories ?? [],
                stage: reply.index == nil ? "input" : "output"
            )
        case .ready, .progress, .preview, .picture, .answer, .done: return nil
        }
    }
}
