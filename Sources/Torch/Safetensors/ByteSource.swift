import Foundation

/// Bytes that can be read at any place.
protocol ByteSource {
    /// What errors call it.
    var name: String { get }
    /// How many bytes there are.
    var count: Int { get }
    /// Fills the buffer with the bytes from that place on.
    func read(into buffer: UnsafeMutableRawBufferPointer, at place: Int) throws(TorchError)
}

/// Bytes in memory.
struct MemorySource: ByteSource {
    let name: String
    let data: Data

    var count: Int { data.count }

    func read(into buffer: UnsafeMutableRawBufferPointer, at place: Int) throws(TorchError) {
        let start = data.startIndex + place
        data.copyBytes(to: buffer, from: start..<start + buffer.count)
    }
}

/// A file, read by place rather than mapped: one that shrinks meanwhile is an error, not a crash.
final class FileSource: ByteSource {
    let name: String
    let count: Int
    private let descriptor: Int32

    init(_ url: URL) throws(TorchError) {
        name = url.path
        descriptor = open(url.path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else { throw .file(path: name, problem: "cannot open: \(failure())") }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else {
            close(descriptor)
            throw .file(path: name, problem: "cannot read: \(failure())")
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw .file(path: name, problem: "is not a file")
        }
        count = Int(status.st_size)
    }

    deinit { close(descriptor) }

    func read(into buffer: UnsafeMutableRawBufferPointer, at place: Int) throws(TorchError) {
        var done = 0
        while done < buffer.count {
            let rest = UnsafeMutableRawBufferPointer(rebasing: buffer[done...])
            let got = pread(
                descriptor,
                rest.baseAddress,
                min(rest.count, 1 << 30),
                off_t(place + done)
            )
            if got < 0, errno == EINTR { continue }
            guard got > 0 else {
                let problem = got == 0 ? "became shorter while it was read" : failure()
                throw .file(path: name, problem: problem)
            }
            done += got
        }
    }
}

/// The system's reason for the last failure.
func failure() -> String { String(cString: strerror(errno)) }
