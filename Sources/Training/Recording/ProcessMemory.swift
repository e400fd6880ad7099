import Foundation

/// Memory of this process.
public enum ProcessMemory {
    /// What the process holds now, in GiB; 0 where the system does not tell.
    public static var residentGiB: Double {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
            let pages = text.split(separator: " ").dropFirst().first.flatMap({ Double($0) })
        else { return 0 }
        return pages * Double(sysconf(Int32(_SC_PAGESIZE))) / 1_073_741_824
    }

    /// The most that the process ever held, in MiB.
    public static var peakMiB: Int {
        var usage = rusage()
        #if os(Linux)
        getrusage(__rusage_who_t(RUSAGE_SELF.rawValue), &usage)
        return usage.ru_maxrss / 1024
        #else
        getrusage(RUSAGE_SELF, &usage)
        return usage.ru_maxrss / 1_048_576
        #endif
    }

    /// Has the system refuse, from now on, what would never fit into its memory and its swap.
    ///
    /// Systems promise more than they have and end the process without a word once it is used; what is refused
    /// when it is asked for ends with a sentence. A limit that is lower already stays.
    static func limit() {
        #if os(Linux)
        guard let machine = machineBytes else { return }
        var limit = rlimit()
        guard getrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &limit) == 0,
            limit.rlim_cur > machine
        else { return }
        limit.rlim_cur = rlim_t(machine)
        setrlimit(__rlimit_resource_t(RLIMIT_DATA.rawValue), &limit)
        #endif
    }

    /// Memory and swap of the machine, or of the group of processes that this one may not leave.
    private static var machineBytes: UInt64? {
        func bytes(_ file: String) -> UInt64? {
            (try? String(contentsOfFile: file, encoding: .utf8))
                .flatMap { UInt64($0.trimmingCharacters(in: .whitespacesAndNewlines)) }
        }
        guard let text = try? String(contentsOfFile: "/proc/meminfo", encoding: .utf8) else {
            return nil
        }
        var kibibytes: [Substring: UInt64] = [:]
        for line in text.split(separator: "\n") {
            let words = line.split { $0 == " " || $0 == ":" }
            if words.count > 1 { kibibytes[words[0]] = UInt64(words[1]) }
        }
        guard let memory = kibibytes["MemTotal"], memory < 1 << 50 else { return nil }
        let groups = [
            bytes("/sys/fs/cgroup/memory.max"),
            bytes("/sys/fs/cgroup/memory/memory.limit_in_bytes"),
        ]
        let own = ([memory << 10] + groups.compactMap(\.self)).min() ?? memory << 10
        return own + (min(kibibytes["SwapTotal"] ?? 0, 1 << 50) << 10)
    }
}
