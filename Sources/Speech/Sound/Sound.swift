import Foundation

/// A recording: one channel of numbers from −1 to 1.
public struct Sound: Sendable, Equatable {
    /// The numbers, first to last.
    public var samples: [Float]
    /// How many of them are a second.
    public var rate: Int

    /// The most bytes of a file: a minute of 48 kHz in two channels of 32 bits, which is 23 MB, fits.
    public static let mostBytes = 25 << 20
    /// The most seconds: a prompt is said in less, and recognition takes memory and time with every one.
    public static let mostSeconds = 60
    /// The fewest seconds in which a word can be said.
    static let fewestSeconds = 0.15
    /// Rates that are read.
    static let rates = 4000...192_000

    /// A recording.
    public init(samples: [Float], rate: Int) { (self.samples, self.rate) = (samples, rate) }

    /// How long it is.
    public var seconds: Double { Double(samples.count) / Double(rate) }

    /// Reads a file.
    ///
    /// - Parameters:
    ///   - file: A WAV file.
    ///   - name: What errors call it; its path by default.
    /// - Throws: `SpeechError` for a file that is not there, too large, of another format or damaged.
    public init(contentsOf file: URL, named name: String? = nil) throws {
        let name = name ?? file.path
        let facts = try? FileManager.default.attributesOfItem(atPath: file.path)
        guard let facts else {
            throw SpeechError(
                .recording,
                at: name,
                "there is no such file",
                cure: "check the path"
            )
        }
        if let bytes = facts[.size] as? Int, bytes > Sound.mostBytes {
            throw Sound.tooLarge(bytes, name: name)
        }
        guard facts[.type] as? FileAttributeType != .typeDirectory,
            let data = try? Data(contentsOf: file)
        else {
            throw SpeechError(
                .recording,
                at: name,
                "cannot be read",
                cure: "name a file that you may read"
            )
        }
        try self.init(wav: data, name: name)
    }

    /// That a file has more bytes than are read.
    static func tooLarge(_ bytes: Int, name: String) -> SpeechError {
        SpeechError(
            .recording,
            at: name,
            "has \(bytes) bytes, \(mostBytes) are read at most",
            cure: "cut out the prompt: ffmpeg -i LONG -t \(mostSeconds) -ac 1 -ar 16000 short.wav"
        )
    }
}
