import Torch

/// A process whose work is training.
public enum TrainingProcess {
    /// Has the process keep the memory that each step takes and frees; call it before other threads run.
    ///
    /// A thread that has taken memory before keeps a part of its own, which is given back and fetched
    /// anew in each step: a tenth of the time of steps that need half a gigabyte.
    public static func prepare() { Machine.keepMemory() }
}
