import Runs

extension RunFolder {
    /// Where the pictures lay that the run learned from; nothing where that was not told, or no checkpoint says.
    public var dataPath: String? {
        (try? CheckpointFile.readState(lastCheckpoint))?.dataPath
    }
}
