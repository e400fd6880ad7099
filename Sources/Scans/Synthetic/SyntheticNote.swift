/// What a file says of drawings, so that nobody takes them for pictures of a patient.
public struct SyntheticNote: Sendable, Equatable {
    /// What drew: the model's name.
    public let model: String
    /// What tells the weights from all others.
    public let digest: String
    /// The key of the random numbers.
    public let seed: UInt64
    /// What was asked for; empty for nothing.
    public let subject: String

    /// Puts a note together.
    public init(model: String, digest: String, seed: UInt64, subject: String) {
        (self.model, self.digest, self.seed, self.subject) = (model, digest, seed, subject)
    }

    /// In few words.
    public static let short = "SYNTHETIC: drawn by a model, shows no patient"

    /// Where a drawing comes from, in one line.
    ///
    /// - Parameter indices: Its places in the seed's row.
    /// - Returns: The line.
    func derivation(_ indices: [Int]) -> String {
        let places = indices.count == 1 ? "index \(indices[0])" : "\(indices.count) drawings"
        return SyntheticNote.short
            + ". Not for diagnosis. Model \(model), weights \(digest), seed \(seed), \(places)"
            + (subject.isEmpty ? "" : ", asked for: \(subject)")
    }
}
