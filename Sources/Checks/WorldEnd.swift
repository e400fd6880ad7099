import Foundation

/// Ends the process with a sentence in place of a trace: for what the machine refuses in the middle of things,
/// where no error can be handed on.
///
/// The exit status is 1, as for everything in the world that is not as needed.
package func endProcess(_ sentence: String) -> Never {
    let line = Array("Error: \(sentence)\n".utf8)
    _ = line.withUnsafeBytes { write(2, $0.baseAddress, $0.count) }
    _exit(1)
}
