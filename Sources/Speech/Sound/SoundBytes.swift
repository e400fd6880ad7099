import Files

/// The bytes of a recording's file.
typealias SoundBytes = FileBytes<SpeechTrouble>

extension SoundBytes {
    /// The bytes of a range, which is within them.
    func raw<Value>(_ range: Range<Int>, _ body: (UnsafeRawBufferPointer) -> Value) -> Value {
        data.withUnsafeBytes { body(UnsafeRawBufferPointer(rebasing: $0[range])) }
    }

    /// That the file breaks a rule.
    func damage(_ message: String) -> SpeechError {
        SpeechError(.recording, at: name, message, cure: SpeechTrouble.cureOfCut)
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
