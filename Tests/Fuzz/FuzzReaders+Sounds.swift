import Foundation
import Speech

extension FuzzReaders {
    /// Recordings, and dictionaries of how words sound.
    static func sounds() -> [FuzzReader] {
        let forms: [(code: UInt16, bits: UInt16, channels: UInt16, rate: UInt32)] = [
            (1, 8, 1, 8000), (1, 16, 2, 44_100), (1, 24, 1, 48_000), (1, 32, 1, 16_000),
            (3, 32, 2, 22_050), (3, 64, 1, 96_000),
        ]
        let files = forms.flatMap { form in [false, true].map { wav(form, isWide: $0) } }
        return [
            FuzzReader(
                "wav",
                files,
                words: ["RIFF", "RF64", "WAVE", "fmt ", "data", "LIST", "ID3", "ftyp", "OggS"]
            ) {
                let sound = try Sound(wav: Data($0), name: "fuzz")
                _ = sound.resampled(to: 16_000)
                _ = try sound.audible("fuzz")
            },
            FuzzReader(
                "pronunciations",
                [
                    bytes("a AH\na(2) EY\nred R EH D\napple AE P AH L\nthree TH R IY\n"),
                    bytes(";;; a note\r\nred  R EH D\r\n<s> SIL\n"),
                ],
                words: ["(2)", "(", " ", "\t", "\n", "red", "apple", "three", "é", "\u{0}"]
            ) { input in
                let vocabulary = try SpokenVocabulary(
                    texts: ["a red apple", text(Array(input.prefix(100)))],
                    words: ["3", "twenty"],
                    helpers: ["a"]
                ) { PronunciationDictionary(Data(input), of: $0) }
                _ = vocabulary.languageModel.utf8.count
            },
        ]
    }

    /// A recording of a few numbers.
    private static func wav(
        _ form: (code: UInt16, bits: UInt16, channels: UInt16, rate: UInt32),
        isWide: Bool
    ) -> [UInt8] {
        let step = form.channels * form.bits / 8
        var head = little(isWide ? 0xFFFE : form.code) + little(form.channels) + little(form.rate)
        head += little(form.rate * UInt32(step)) + little(step) + little(form.bits)
        if isWide { head += little(UInt16(22)) + little(UInt32(0)) + [0, 0] + little(form.code) }
        if isWide { head += [UInt8](repeating: 0, count: 14) }
        let count = Int(form.rate) / 4 * Int(step)
        let sound = (0..<min(count, 4000)).map { UInt8(truncatingIfNeeded: $0 &* 37) }
        return bytes("RIFF") + little(UInt32(sound.count + 60)) + bytes("WAVEfmt ")
            + little(UInt32(head.count)) + head + bytes("data") + little(UInt32(sound.count))
            + sound
    }
}
