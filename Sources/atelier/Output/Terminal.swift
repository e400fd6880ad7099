import Files
import Foundation

/// The progress line of a terminal.
enum Terminal {
    /// Whether standard error is a terminal that understands a carriage return.
    static var isInteractive: Bool {
        isatty(STDERR_FILENO) == 1 && ProcessInfo.processInfo.environment["TERM"] != "dumb"
    }

    /// Columns of the terminal.
    static var width: Int {
        var size = winsize()
        guard ioctl(STDERR_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Writes the line over the one before.
    static func show(_ line: String) {
        try? StandardStream.error.write(Data("\r\u{1B}[K\(TerminalText.name(line))".utf8))
    }

    /// Clears the line, so that other lines can be printed.
    static func clear() { show("") }
}
