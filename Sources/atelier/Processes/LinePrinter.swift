import Foundation

/// Prints what another process writes, line by line with its number before, on standard error.
final class LinePrinter: Sendable {
    /// What the other process writes into.
    let pipe = Pipe()
    private let done = DispatchSemaphore(value: 0)

    /// A printer that begins at once.
    init(prefix: String) {
        let reader = pipe.fileHandleForReading
        let done = done
        Thread.detachNewThread {
            var rest = Data()
            while case let data = reader.availableData, !data.isEmpty {
                rest.append(data)
                while let end = rest.firstIndex(of: 10) {
                    let line = rest[..<end]
                    if !line.isEmpty {
                        Console.warn(prefix + String(decoding: line, as: UTF8.self))
                    }
                    rest = Data(rest[rest.index(after: end)...])
                }
            }
            if !rest.isEmpty { Console.warn(prefix + String(decoding: rest, as: UTF8.self)) }
            done.signal()
        }
    }

    /// Waits, a second at most, until all is printed.
    func finish() { _ = done.wait(timeout: .now() + 1) }
}
