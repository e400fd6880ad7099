/// Which parameters a model can follow, and why not the others.
public struct ParameterSupport: Codable, Sendable, Equatable {
    /// The model's name.
    public var model: String
    /// Why it cannot follow a parameter; it can follow all that have no reason here.
    public var reasons: [PromptParameter: String]

    /// What a model can follow.
    public init(model: String, reasons: [PromptParameter: String]) {
        (self.model, self.reasons) = (model, reasons)
    }

    /// Refuses parameters that the model cannot follow: none is ignored in silence.
    ///
    /// - Throws: `PromptError` that names parameter, model and reason.
    public func check(_ parameters: PromptParameters) throws(PromptError) {
        for parameter in parameters.names {
            if parameter == .style, parameters.isRaw, reasons[.raw] == nil { continue }
            guard let reason = reasons[parameter] else { continue }
            throw PromptError(
                .unsupported,
                "the model '\(model)' cannot follow --\(parameter.rawValue): \(reason)",
                parameter: parameter.rawValue
            )
        }
    }
}
