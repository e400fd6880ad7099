import CTorch
import Foundation

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

    /// Bytes that a program may still take without others having to give theirs up; nothing where the system does not
    /// say.
    public static var availableMemory: Int? {
        let own = number(after: "MemAvailable:", in: "/proc/meminfo").map { $0 * 1024 }
        // A container may have less.
        guard let limit = number(after: "", in: "/sys/fs/cgroup/memory.max"),
            let used = number(after: "", in: "/sys/fs/cgroup/memory.current")
        else { return own }
        let cached = number(after: "inactive_file ", in: "/sys/fs/cgroup/memory.stat") ?? 0
        return min(own ?? .max, max(limit - used + cached, 0))
    }

    /// The most memory that the program has had so far, in bytes; nothing where the system does not say.
    public static var peakMemory: Int? {
        number(after: "VmHWM:", in: "/proc/self/status").map { $0 * 1024 }
    }

    private static func number(after key: String, in file: String) -> Int? {
        guard let text = try? String(contentsOfFile: file, encoding: .utf8),
            let line = text.split(separator: "\n").first(where: { $0.hasPrefix(key) })
        else { return nil }
        return line.dropFirst(key.count).split { " \t".contains($0) }.first.flatMap { Int($0) }
    }
}
