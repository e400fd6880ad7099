import Foundation

#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Where a process speaks: its standard output and its standard error.
///
/// Either may be a full disk, a pipe that nobody reads any more, a terminal that was closed, or not there at
/// all; none of it stops the process.
public enum StandardStream: Int32, Sendable {
    /// Standard output, for results.
    case output = 1
    /// What is said beside them.
    case error = 2

    /// Readies the streams of this process; call it before any file is opened.
    ///
    /// Writing into what nobody reads, and beyond the size that files may have, becomes an error instead of
    /// the end. Streams that were closed are occupied, so that no file takes their number and receives what
    /// was meant for a person.
    public static func prepare() {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGXFSZ, SIG_IGN)
        for number: Int32 in 0...2 where fcntl(number, F_GETFD) == -1 {
            // What is open for reading refuses what is written into it, as a closed stream does.
            _ = open("/dev/null", number == 2 ? O_WRONLY : O_RDONLY)
        }
    }

    /// Writes all of it, and waits where the reader is slow.
    ///
    /// - Throws: `FileError` of the system; `FileError/isClosedPipe` where nobody reads any more.
    public func write(_ data: Data) throws(FileError) {
        var rest = data[...]
        while !rest.isEmpty {
            let count = rest.withUnsafeBytes { bytes in
                #if canImport(Glibc)
                Glibc.write(rawValue, bytes.baseAddress, bytes.count)
                #else
                Darwin.write(rawValue, bytes.baseAddress, bytes.count)
                #endif
            }
            if count >= 0 {
                rest = rest.dropFirst(count)
            } else if errno == EAGAIN {
                var waiting = pollfd(fd: rawValue, events: Int16(POLLOUT), revents: 0)
                poll(&waiting, 1, 1000)
            } else if errno != EINTR {
                throw FileError("write", path: "standard \(self)")
            }
        }
    }

    /// Writes a line for people, or nothing where that is not possible; characters that steer terminals are
    /// written out.
    public func say(_ text: String) { try? write(Data((TerminalText.shown(text) + "\n").utf8)) }
}

extension FileError {
    /// Whether somebody stopped listening, which is no fault of anybody.
    public var isClosedPipe: Bool { code == EPIPE }
}
