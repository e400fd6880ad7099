import Files
import Foundation

extension ProcessPlace {
    /// A port of this machine that nobody listens at now.
    ///
    /// - Throws: `FileError`, where the system gives none.
    public static func freePort() throws(FileError) -> Int {
        #if os(Linux)
        let kind = Int32(SOCK_STREAM.rawValue)
        #else
        let kind = SOCK_STREAM
        #endif
        let socket = socket(AF_INET, kind, 0)
        guard socket >= 0 else { throw FileError("find a free port", path: "127.0.0.1") }
        defer { close(socket) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let status = withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { raw in
                bind(socket, raw, length) == 0 ? getsockname(socket, raw, &length) : -1
            }
        }
        guard status == 0 else { throw FileError("find a free port", path: "127.0.0.1") }
        return Int(UInt16(bigEndian: address.sin_port))
    }
}
