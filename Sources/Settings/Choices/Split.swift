/// Which part of a data set: the one to train on, or the one held out.
public enum Split: String, Codable, Sendable, CaseIterable {
    /// The pictures to train on.
    case train

    /// The pictures held out for evaluation.
    case test
}
