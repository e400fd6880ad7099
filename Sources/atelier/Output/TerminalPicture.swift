import Foundation
import Imaging

/// A picture in the terminal, where it can show one.
enum TerminalPicture {
    /// Shows a picture where standard output is such a terminal.
    static func show(_ picture: Picture) {
        guard isatty(STDOUT_FILENO) == 1,
            let way = TerminalGraphics(environment: ProcessInfo.processInfo.environment),
            let text = try? way.text(picture, columns: Terminal.width)
        else { return }
        Console.steer(text)
    }
}
