import Settings

/// What a file of a discriminator's weights is.
public struct CriticDescription: FileDescription {
    /// The key under which a file's texts hold the description.
    public static let key = "atelier.critic"

    /// The model whose drawings it judges.
    public var model: ModelDescription
    /// Settings of its heads by the names of their tasks.
    public var tasks: [String: SettingValue]

    /// A description.
    public init(of model: ModelDescription, tasks: [String: SettingValue]) {
        (self.model, self.tasks) = (model, tasks)
        // What texts are made of is the generator's alone, and large.
        self.model.text = nil
    }

    private enum CodingKeys: String, CodingKey {
        case model, tasks
        /// Earlier files name two tasks beside the model.
        case classification, restoration
    }

    /// Reads this form and the earlier one.
    public init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        model = try values.decode(ModelDescription.self, forKey: .model)
        tasks = try values.decodeIfPresent([String: SettingValue].self, forKey: .tasks) ?? [:]
        for key in [CodingKeys.classification, .restoration] {
            guard let task = try values.decodeIfPresent(SettingValue.self, forKey: key) else {
                continue
            }
            tasks[key.rawValue] = task
        }
    }

    /// Writes this form.
    public func encode(to encoder: any Encoder) throws {
        var values = encoder.container(keyedBy: CodingKeys.self)
        try values.encode(model, forKey: .model)
        try values.encode(tasks, forKey: .tasks)
    }
}
