/// Why nothing can be drawn, with what to do about it.
public enum GenerationError: Error, Sendable, Equatable, CustomStringConvertible {
    /// No such file or folder.
    case missing(path: String)
    /// A run's folder before its first snapshot.
    case noSnapshot(folder: String)
    /// A file of tensors that describes no model.
    case noModel(path: String)
    /// A family that this version does not know.
    case unknownFamily(String, path: String)
    /// A description that this version cannot read.
    case otherVersion(path: String, problem: String)
    /// A class that the model does not have.
    case unknownClass(String, known: [String])
    /// A temperature asked of a model that does not draw pixel by pixel.
    case noTemperature(model: String)
    /// A choice among drawings where no discriminator lies beside the network.
    case noCritic(path: String)
    /// A truncation asked of a model without latent numbers to shrink.
    case noTruncation(model: String)
    /// Words asked of a model that is not asked with texts.
    case noTexts(model: String)
    /// A class asked of a model that is asked with texts.
    case onlyTexts(model: String)
    /// A class asked of a model that knows none.
    case noClasses(model: String)

    /// What happened, where, expected, found, what to do.
    public var description: String {
        switch self {
        case .missing(let path):
            "\(path): there is no such file or folder. Name a run's folder or a"
                + " network-snapshot file."
        case .noSnapshot(let folder):
            "\(folder) has no network-snapshot yet. Train for longer, or name another run."
        case .noModel(let path):
            "\(path) holds tensors but does not say of which network. Name a network-snapshot"
                + " file of a run."
        case .unknownFamily(let family, let path):
            "\(path) is of the family '\(family)', which is not known here. Draw with the version that"
                + " wrote it."
        case .otherVersion(let path, let problem):
            "\(path) was written by another version: \(problem). Draw with the version that wrote"
                + " it."
        case .unknownClass(let name, let known):
            "the model has no class '\(name)'; it has \(known.joined(separator: ", "))."
        case .noTemperature(let model):
            "the model '\(model)' does not draw pixel by pixel, so it has no temperature. Leave it"
                + " out, or use the truncation."
        case .noCritic(let path):
            "\(path): the discriminator, which chooses among drawings, is not beside the network."
                + " Leave the quality at 1, or copy that file of the run to there."
        case .noTruncation(let model):
            "the model '\(model)' draws every pixel by chance and has no mean picture. Leave the"
                + " truncation out, or use the temperature."
        case .noTexts(let model):
            "the model '\(model)' understands no words. Ask for a class, or train a recipe with"
                + " model.text.pieces above 0."
        case .onlyTexts(let model):
            "the model '\(model)' is asked with words, not with classes. Say what to draw with --text."
        case .noClasses(let model):
            "the model '\(model)' knows no classes, so none can be asked for. Leave the class out,"
                + " or train a conditional recipe such as class-dcgan."
        }
    }
}
