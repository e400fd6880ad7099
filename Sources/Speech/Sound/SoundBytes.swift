import Foundation

/// The bytes of a recording's file, read at places that are checked against their number.
struct SoundBytes {
    private let data: Data
    /// What errors call the file.
    let name: String

    init(_ data: Data, name: String) {
        self.data = data.startIndex == 0 ? data : Data(data)
        self.name = name
    }

    /// How many there are.
    var count: Int { data.count }

    /// Whether so many bytes lie at a place.
    func has(_ length: Int, at place: Int) -> Bool {
        place >= 0 && length >= 0 && place <= count && length <= count - place
    }

    /// A whole number at a place, its low byte first.
    ///
    /// - Throws: `SpeechError` where the file ends before it.
    func number<Number: FixedWidthInteger>(
        _ place: Int,
        _ type: Number.Type = Number.self
    ) throws -> Number {
        let size = MemoryLayout<Number>.size
        guard has(size, at: place) else {
            throw damage("is cut short: \(size) bytes are expected at \(place), it has \(count)")
        }
        return data.withUnsafeBytes {
            Number(littleEndian: $0.loadUnaligned(fromByteOffset: place, as: Number.self))
        }
    }

    /// Whether the file has these characters at a place.
    func says(_ text: String, at place: Int) -> Bool {
        let wanted = Array(text.utf8)
        return has(wanted.count, at: place)
            && data[place..<place + wanted.count].elementsEqual(wanted)
    }

    /// The bytes of a range, which is within them.
    func raw<Value>(_ range: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Value) -> Value {
        data.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    /// That the file breaks a rule.
    func damage(_ message: String) -> SpeechError {
        SpeechError(.recording, at: name, message, cure: "record it again, as WAV")
    }

    /// That the file is of a kind that is not read.
    func foreign(_ message: String) -> SpeechError {
        SpeechError(
            .recording,
            at: name,
            message + ", expected WAV",
            cure: "convert it: ffmpeg -i YOURS -ac 1 -ar 16000 question.wav"
        )
    }
}
