import Foundation

/// Memory of this process.
enum ProcessMemory {
    /// What the process holds now, in GiB; 0 where the system does not tell.
    static var residentGiB: Double {
        guard let text = try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8),
            let pages = text.split(separator: " ").dropFirst().first.flatMap({ Double($0) })
        else { return 0 }
        return pages * Double(sysconf(Int32(_SC_PAGESIZE))) / 1_073_741_824
    }
}
