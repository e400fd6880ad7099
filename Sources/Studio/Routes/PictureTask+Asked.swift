import Requests

extension PictureTask {
    /// A task as a page or a program asks for it; problems name the field of what was sent.
    ///
    /// - Throws: `RequestProblem`.
    init(asked name: Name, _ numbers: TaskNumbers?) throws(RequestProblem) {
        do {
            try self.init(name, numbers ?? TaskNumbers())
        } catch {
            guard error.field != "numbers" else { throw error }
            throw RequestProblem("numbers.\(error.field)", "numbers: \(error.description)")
        }
    }
}
