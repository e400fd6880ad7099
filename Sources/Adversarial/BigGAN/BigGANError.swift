/// Why weights of a BigGAN cannot be used, with what to do about it.
public struct BigGANError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What happened, what was expected and found.
    public let description: String

    init(_ problem: String) {
        description =
            "\(problem). Take config.json and pytorch_model.bin of one BigGAN-deep, as they were published."
    }
}
