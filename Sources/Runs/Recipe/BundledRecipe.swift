/// A recipe that comes with the library.
public struct BundledRecipe: Sendable, Equatable {
    /// The name that loads it.
    public let name: String
    /// The text as written.
    public let yaml: String
}
