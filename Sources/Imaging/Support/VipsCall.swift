import CVips
import Foundation

/// Turns the status, message and memory of the C functions into results and errors.
enum VipsCall {
    /// What a C function said when it failed.
    struct Failure: Error {
        let reason: String
    }

    typealias Message = UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>

    /// Takes over a message and frees it.
    static func take(_ message: UnsafeMutablePointer<CChar>?) -> String {
        guard let message else { return "no reason given" }
        defer { cvips_free(message) }
        return String(cString: message)
    }

    /// Runs a function that fails with a message.
    static func run(_ body: (Message) -> Int32) throws(Failure) {
        var message: UnsafeMutablePointer<CChar>?
        guard body(&message) == 0 else { throw Failure(reason: take(message)) }
    }

    /// Runs a function that fills in pixels, and takes them over.
    static func picture(
        _ body: (UnsafeMutablePointer<cvips_pixels>, Message) -> Int32
    ) throws(Failure) -> Picture {
        var pixels = cvips_pixels()
        try run { body(&pixels, $0) }
        defer { cvips_free(pixels.data) }
        let depth: SampleDepth = pixels.bytes_per_sample == 2 ? .sixteen : .eight
        return Picture(
            width: Int(pixels.width),
            height: Int(pixels.height),
            channels: Int(pixels.bands),
            depth: depth,
            samples: Array(UnsafeRawBufferPointer(start: pixels.data, count: pixels.bytes))
        )
    }

    /// Runs a function that makes a block of bytes, and takes it over.
    static func data(
        _ body: (
            UnsafeMutablePointer<UnsafeMutableRawPointer?>, UnsafeMutablePointer<Int>, Message
        ) -> Int32
    ) throws(Failure) -> Data {
        var memory: UnsafeMutableRawPointer?
        var count = 0
        try run { body(&memory, &count, $0) }
        defer { cvips_free(memory) }
        guard let memory else { return Data() }
        return Data(bytes: memory, count: count)
    }
}
