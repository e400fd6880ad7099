import ArgumentParser
import Datasets
import Foundation

/// Names that come from outside as bytes, and have to be text before anything is done with them.
///
/// Bytes that are not UTF-8 become other characters where text is made of them: a file that is there would not be
/// found, and another name would be written.
enum GivenNames {
    /// Refuses arguments that are not UTF-8.
    ///
    /// - Throws: `ValidationError`, with the bytes written out.
    static func checkArguments() throws {
        for place in 1..<max(Int(CommandLine.argc), 1) {
            guard let argument = CommandLine.unsafeArgv[place] else { continue }
            if let shown = escaped(argument) {
                throw ValidationError(
                    "'\(shown)' is not UTF-8: rename such a file or folder, as with convmv, or set the terminal to UTF-8"
                )
            }
        }
    }

    /// Refuses to work in a folder whose path is not UTF-8.
    ///
    /// - Throws: `ValidationError`, with the bytes written out.
    static func checkFolder() throws {
        guard let folder = getcwd(nil, 0) else { return }
        defer { free(folder) }
        if let shown = escaped(folder) {
            throw ValidationError(
                "the folder you are in, '\(shown)', has a name that is not UTF-8: rename it, as with convmv"
            )
        }
    }

    /// The text with what is not UTF-8 written out; nothing where all of it is.
    private static func escaped(_ text: UnsafePointer<CChar>) -> String? {
        let bytes = UnsafeRawBufferPointer(start: text, count: strlen(text))
        guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
        return EscapedName.text(Array(bytes))
    }
}
