import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Who listens at a port of this machine, and which port nobody has.
enum PortHolder {
    /// The program that listens at a port; nothing where the system does not tell.
    static func name(of port: Int) -> String? {
        let sockets = Set(["tcp", "tcp6"].flatMap { listeners("/proc/net/\($0)", port: port) })
        guard !sockets.isEmpty else { return nil }
        let files = FileManager.default
        for process in (try? files.contentsOfDirectory(atPath: "/proc")) ?? []
        where Int(process) != nil {
            let folder = "/proc/\(process)/fd"
            for file in (try? files.contentsOfDirectory(atPath: folder)) ?? [] {
                guard
                    let target = try? files.destinationOfSymbolicLink(atPath: "\(folder)/\(file)"),
                    sockets.contains(target)
                else { continue }
                let name =
                    (try? String(contentsOfFile: "/proc/\(process)/comm", encoding: .utf8)) ?? ""
                return "'\(LogText.escaped(name.trimmingCharacters(in: .whitespacesAndNewlines)))'"
                    + " (process \(process))"
            }
        }
        return nil
    }

    /// The first port behind another that can be listened at.
    static func free(after port: Int) -> Int? {
        (port + 1..<port + 50).first { $0 <= 65_535 && isFree($0) }
    }

    /// Sockets that listen at a port, as the system's files of processes name them.
    private static func listeners(_ table: String, port: Int) -> [String] {
        guard let text = try? String(contentsOfFile: table, encoding: .utf8) else { return [] }
        return text.split(separator: "\n").compactMap { line in
            let fields = line.split(separator: " ")
            // 0A is the state of listening.
            guard fields.count > 9, fields[3] == "0A",
                let number = fields[1].split(separator: ":").last, Int(number, radix: 16) == port
            else { return nil }
            return "socket:[\(fields[9])]"
        }
    }

    private static func isFree(_ port: Int) -> Bool {
        #if canImport(Glibc)
        let kind = Int32(SOCK_STREAM.rawValue)
        #else
        let kind = SOCK_STREAM
        #endif
        let descriptor = socket(AF_INET, kind, 0)
        guard descriptor >= 0 else { return false }
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = in_port_t(UInt16(port)).bigEndian
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_in>.size)) == 0
            }
        }
    }
}
