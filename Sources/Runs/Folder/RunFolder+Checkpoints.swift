import Foundation

extension RunFolder {
    /// What a run goes on from unless told otherwise.
    public var lastCheckpoint: URL { checkpoints.appending(path: "last.safetensors") }
    /// The checkpoint with the best monitored figure.
    public var bestCheckpoint: URL { checkpoints.appending(path: "best.safetensors") }
    /// The last checkpoint at which nothing looked wrong.
    public var goodCheckpoint: URL { checkpoints.appending(path: "good.safetensors") }

    /// A checkpoint that is kept for good.
    public func checkpoint(epoch: Int, step: Int) -> URL {
        checkpoints.appending(path: "epoch=\(epoch)-step=\(step).safetensors")
    }

    /// The file that `last`, `best`, `good` or a path means.
    public func checkpoint(named name: String) -> URL {
        switch name {
        case "last": lastCheckpoint
        case "best": bestCheckpoint
        case "good": goodCheckpoint
        default: URL(filePath: name)
        }
    }
}
