import CTorch

/// What this machine and this libtorch have.
public enum Machine {
    /// The version of libtorch that the program was built with.
    public static var torchVersion: String { String(cString: ctorch_version()) }

    /// How libtorch was built: compilers, libraries, instruction sets.
    public static var torchConfiguration: String { String(cString: ctorch_configuration()) }

    /// Whether the processor multiplies bfloat16 numbers itself.
    public static var hasBFloat16: Bool { ctorch_processor_has_bfloat16() }

    /// Threads that one operation on this thread is spread over: 1 to 1024, what is set beyond becomes the nearest.
    public static var threads: Int {
        get { Int(ctorch_threads()) }
        set { ctorch_set_threads(Int32(min(max(newValue, 1), 1024))) }
    }

    /// Keeps freed memory for reuse from now on: training frees and takes the same every step,
    /// and fresh pages cost a few per cent of it.
    public static func keepMemory() { ctorch_keep_memory() }

    /// Gives memory that is kept for reuse back to the system.
    public static func releaseMemory() { ctorch_release_memory() }
}
