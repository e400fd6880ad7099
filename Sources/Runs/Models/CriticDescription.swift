/// What a file of a discriminator's weights is.
public struct CriticDescription: FileDescription {
    /// The key under which a file's texts hold the description.
    public static let key = "atelier.critic"

    /// The model whose drawings it judges.
    public var model: ModelDescription
    /// Settings of its head for labels; nothing where it learned none.
    public var classification: SettingValue?
    /// Settings of its head that restores pictures; nothing where it learned none.
    public var restoration: SettingValue?

    /// A description.
    public init(
        of model: ModelDescription,
        classification: SettingValue?,
        restoration: SettingValue? = nil
    ) {
        (self.model, self.classification) = (model, classification)
        self.restoration = restoration
        // What texts are made of is the generator's alone, and large.
        self.model.text = nil
    }
}
