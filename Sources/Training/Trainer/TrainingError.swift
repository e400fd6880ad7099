/// Why a run cannot be made or go on, with what to do about it.
public enum TrainingError: Error, Sendable, Equatable, CustomStringConvertible {
    /// A file of tensors without the state of a run.
    case notACheckpoint(path: String)
    /// A state that does not fit this version.
    case unreadableState(path: String, problem: String)
    /// Nothing to go on from.
    case noCheckpoint(folder: String)
    /// The data changed since the run was started.
    case otherData(expected: Int, found: Int, set: String)
    /// No trained network where a recipe begins with one.
    case nothingToStartFrom(path: String)
    /// A run that is to keep classes where there are none.
    case noClassesToKeep(path: String)
    /// A trained network of another family.
    case otherFamily(expected: String, found: String, path: String)
    /// A recipe that asks for classes of data that has none.
    case noClasses(set: String)
    /// A recipe that asks for pictures with texts, of data that has none.
    case noCaptions(set: String)
    /// Pieces of texts that the recipe has no place for.
    case otherPieces(path: String, expected: Int, found: Int)
    /// Pictures are to be compared with some that were not trained on, and there are none.
    case nothingHeldOut(set: String)
    /// A recipe that asks for classes of pictures that have none.
    case unlabelled(Int, set: String)
    /// A file that a recipe names as a trained discriminator, and that is none which could do it.
    case noCritic(path: String, key: String, problem: String)
    /// What a recipe names to make pictures from their codes, and that cannot.
    case noCodes(path: String, problem: String)
    /// A recipe that so many processes cannot share.
    case notShared(Int, problem: String, cure: String)

    /// What happened, where, expected, found, what to do.
    public var description: String {
        switch self {
        case .notACheckpoint(let path):
            "\(path) holds weights but no state of a run. Resume from a file in a run's"
                + " 'checkpoints' folder."
        case .unreadableState(let path, let problem):
            "\(path) was written by another version: \(problem). Resume with the version that"
                + " wrote it, or start a new run."
        case .noCheckpoint(let folder):
            "\(folder) has no checkpoint to resume from. Start a new run, or name another folder."
        case .otherData(let expected, let found, let set):
            "the run was started on \(expected) pictures of '\(set)', now there are \(found)."
                + " Bring back the data it was started on, or start a new run."
        case .nothingToStartFrom(let path):
            "\(path): there is no such file or folder. Name a checkpoint, a network-snapshot file,"
                + " official weights or a run's folder as start.from."
        case .noClassesToKeep(let path):
            "start.keeps-classes needs classes in \(path) and in the data, and model.conditional=true:"
                + " one of them has none. Begin with a conditional network, or leave it out."
        case .otherFamily(let expected, let found, let path):
            "\(path) is of the family '\(found)', but the recipe's networks are of '\(expected)'."
                + " Begin with networks of the same family."
        case .noClasses(let set):
            "the recipe's model is conditional, but '\(set)' has no classes. Set"
                + " model.conditional=false, or name data with classes."
        case .noCaptions(let set):
            "the recipe asks for pictures with texts, but those of '\(set)' have none. Set"
                + " model.text.pieces=0, or name data with captions."
        case .otherPieces(let path, let expected, let found):
            "\(path) has \(found) pieces of texts, expected \(expected) at most (model.text.pieces). Put"
                + " the file of this run back, or begin a new run."
        case .nothingHeldOut(let set):
            "no pictures of '\(set)' are held out, and drawings are compared with those. Set"
                + " evaluation.every-epochs to 1 or more."
        case .noCritic(let path, let key, let problem):
            "\(path) is of no use as \(key): \(problem). Name the '…-discriminator.safetensors' of a run on"
                + " such pictures whose recipe has objective.tasks.classification."
        case .noCodes(let path, let problem):
            "\(path) is of no use as data.remade-by: \(problem). Name a model of the family 'tokens'"
                + " for pictures of the size and channels that the network sees, such as a run on the same data."
        case .notShared(let count, let problem, let cure):
            "\(count) processes cannot train this recipe together: \(problem). \(cure), or choose another number"
                + " of processes."
        case .unlabelled(let count, let set):
            "the recipe's model is conditional, but \(count) pictures of '\(set)' have no class or"
                + " one that is not there. 'atelier data check' names them."
        }
    }
}
