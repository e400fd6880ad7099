import Files
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
                return
                    "'\(TerminalText.name(name.trimmingCharacters(in: .whitespacesAndNewlines)))'"
                    + " (process \(process))"
            }
        }
        return nil
    }

    /// The first port behind another that can be listened at; nothing where the next ones are taken.
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

    /// Whether nobody listens at a port, by version 4 or 6.
    private static func isFree(_ port: Int) -> Bool {
        let number = in_port_t(UInt16(port)).bigEndian
        var four = sockaddr_in()
        (four.sin_family, four.sin_port) = (sa_family_t(AF_INET), number)
        var six = sockaddr_in6()
        (six.sin6_family, six.sin6_port) = (sa_family_t(AF_INET6), number)
        return canBind(AF_INET, four) && canBind(AF_INET6, six)
    }

    /// Whether a socket can have an address; one of a version that the system lacks takes none away.
    private static func canBind<Address>(_ family: Int32, _ address: Address) -> Bool {
        #if canImport(Glibc)
        let kind = Int32(SOCK_STREAM.rawValue)
        #else
        let kind = SOCK_STREAM
        #endif
        let descriptor = socket(family, kind, 0)
        guard descriptor >= 0 else { return errno == EAFNOSUPPORT }
        defer { close(descriptor) }
        return withUnsafeBytes(of: address) { bytes in
            guard let start = bytes.baseAddress else { return false }
            let name = start.assumingMemoryBound(to: sockaddr.self)
            return bind(descriptor, name, socklen_t(bytes.count)) == 0 || errno == EADDRNOTAVAIL
        }
    }
}
