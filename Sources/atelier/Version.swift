/// The version of the command.
enum Version {
    /// As printed by `--version`.
    static let text = "0.1.0"
}
