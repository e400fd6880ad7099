import Prompts

extension APIError {
    /// The same error for programs: parameters are named by their fields, not as they are typed.
    var inFields: APIError {
        func field(_ name: some StringProtocol) -> String {
            PromptParameter(named: String(name)) == .no ? "negative_prompt" : String(name)
        }
        var error = self
        error.message =
            message
            .replacing("atelier imagine --parameters lists all", with: "/api/state lists all")
            .replacing(/--([A-Za-z][A-Za-z-]*)/) { "'\(field($0.1))'" }
        let named = message.firstMatch(of: /--([A-Za-z][A-Za-z-]*)/)?.1
        let typed = named.flatMap { PromptParameter(named: String($0))?.rawValue }
        error.parameter = (parameter ?? typed).map { field($0) }
        return error
    }
}
