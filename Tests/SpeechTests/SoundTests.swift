import Foundation
import Speech
import Testing

/// Recordings, read within their bounds.
@Suite struct SoundTests {
    private let half: [Float] = [0, 0.5, -0.5, -1]

    private func read(_ file: Data) throws -> Sound { try Sound(wav: file, name: "x.wav") }

    private func message(_ file: Data) -> String {
        do {
            _ = try read(file)
            return "nothing is wrong"
        } catch {
            return "\(error)"
        }
    }

    @Test func everyKindOfNumberIsRead() throws {
        let bytes: [(UInt16, UInt16, Data)] = [
            (1, 8, Data([128, 192, 64, 0])),
            (1, 16, half.reduce(into: Data()) { $0 += MadeSound.little(Int16($1 * 32_768)) }),
            (1, 24, Data([0, 0, 0, 0, 0, 0x40, 0, 0, 0xC0, 0, 0, 0x80])),
            (
                1, 32,
                half.reduce(into: Data()) {
                    $0 += MadeSound.little(Int32(Double($1) * 2_147_483_648))
                }
            ),
            (3, 32, half.reduce(into: Data()) { $0 += MadeSound.little($1.bitPattern) }),
            (3, 64, half.reduce(into: Data()) { $0 += MadeSound.little(Double($1).bitPattern) }),
        ]
        for (code, bits, data) in bytes {
            for isWide in [false, true] {
                let file = MadeSound.wav(data, code: code, bits: bits, isWide: isWide)
                #expect(try read(file) == Sound(samples: half, rate: 16_000), "\(bits) bits")
            }
        }
    }

    @Test func channelsBecomeOne() throws {
        let data = MadeSound.whole([0.5, -0.5, 1, 0])
        let sound = try read(MadeSound.wav(data, channels: 2, rate: 44_100))
        #expect(sound.rate == 44_100 && sound.samples.count == 2)
        #expect(sound.samples[0] == 0 && abs(sound.samples[1] - 0.5) < 0.001)
    }

    @Test func lengthsOfTheFileAreNotTrusted() throws {
        let data = MadeSound.whole(half)
        for length in [UInt32.max, 0x7FFF_F000, 9] {
            let sound = try read(MadeSound.wav(data, length: length))
            #expect(sound.samples.count == 4)
        }
        #expect(try read(MadeSound.wav(data, length: 4)).samples.count == 2)
        #expect(try read(MadeSound.wav(data, length: 0)).samples.isEmpty)
        let whole = MadeSound.wav(data)
        for count in 0..<whole.count { _ = message(whole.prefix(count)) }
    }

    @Test func whatIsNoWAVIsNamedWithTheCure() {
        let known: [(String, [UInt8])] = [
            ("MP3", Array("ID3\u{4}".utf8)), ("MP3", [0xFF, 0xFB, 0x90, 0]),
            ("MP3", [0xFF, 0xE3, 0x90, 0]), ("AAC", [0xFF, 0xF1, 0x50, 0x80]),
            ("Ogg", Array("OggS".utf8)), ("FLAC", Array("fLaC".utf8)),
            ("MP4", [0, 0, 0, 32] + Array("ftypM4A ".utf8)), ("WebM", [0x1A, 0x45, 0xDF, 0xA3]),
            ("AIFF", Array("FORM....AIFF".utf8)), ("AMR", Array("#!AMR\n".utf8)),
            ("no sound that is known", Array("What is this?".utf8)),
        ]
        for (name, bytes) in known {
            let said = message(Data(bytes) + Data(repeating: 0, count: 64))
            #expect(said.contains(name) && said.contains("ffmpeg -i"), "\(said)")
        }
        #expect(message(Data()).contains("is empty"))
    }

    @Test func otherKindsOfWAVAreRefused() {
        func file(_ code: UInt16, _ bits: UInt16, _ channels: UInt16, _ rate: UInt32) -> Data {
            MadeSound.wav(
                Data(repeating: 1, count: 64),
                code: code,
                bits: bits,
                channels: channels,
                rate: rate
            )
        }
        #expect(message(file(85, 16, 1, 16_000)).contains("MP3"))
        #expect(message(file(7, 8, 1, 8000)).contains("µ-law"))
        #expect(message(file(1, 12, 1, 16_000)).contains("12 bits"))
        #expect(message(file(1, 16, 0, 16_000)).contains("0 channels"))
        #expect(message(file(1, 16, 9, 16_000)).contains("9 channels"))
        #expect(message(file(1, 16, 1, 0)).contains("0 numbers a second"))
        #expect(message(file(1, 16, 1, .max)).contains("numbers a second"))
        let nan = MadeSound.little(Float.nan.bitPattern)
        #expect(message(MadeSound.wav(nan, code: 3, bits: 32)).contains("no sound"))
        let infinite = MadeSound.little(Float.infinity.bitPattern)
        #expect(message(MadeSound.wav(infinite, code: 3, bits: 32)).contains("no sound"))
    }

    @Test func longRecordingsAreRefusedAtOnce() throws {
        let minute = Data(repeating: 0, count: 2 * 16_000 * 60)
        #expect(try read(MadeSound.wav(minute)).seconds == 60)
        let longer = MadeSound.wav(minute + Data(repeating: 0, count: 2 * 16_000))
        #expect(message(longer).contains("is 61 s long, a prompt has 60 s at most"))
        #expect(message(Data(repeating: 0, count: Sound.mostBytes + 1)).contains("at most"))
    }

    /// A tone keeps its height at another rate, and what that rate cannot carry is gone.
    @Test(arguments: [8000, 11_025, 22_050, 44_100, 48_000, 96_000, 16_001])
    func soundsAreResampled(rate: Int) {
        func loudness(_ pitch: Double) -> Float {
            let made = Sound(samples: MadeSound.tone(pitch, rate: rate, seconds: 0.5), rate: rate)
            let sound = made.resampled(to: 16_000)
            #expect(abs(sound.samples.count - 8000) <= 1 && sound.rate == 16_000)
            // The edges, where there is nothing on one side, do not count.
            let middle = sound.samples[1000..<7000]
            return (middle.reduce(0) { $0 + $1 * $1 } / Float(middle.count)).squareRoot()
        }
        for pitch in [100.0, 1000, 3000] {
            #expect(abs(loudness(pitch) - 0.5 / Float(2).squareRoot()) < 0.005, "\(pitch) Hz")
        }
        guard rate > 22_000 else { return }
        #expect(loudness(9500) < 0.002)
    }

    @Test func resampledNumbersAreThoseOfTheTone() {
        let made = Sound(samples: MadeSound.tone(440, rate: 44_100, seconds: 0.2), rate: 44_100)
        let sound = made.resampled(to: 16_000)
        let wanted = MadeSound.tone(440, rate: 16_000, seconds: 0.2)
        let worst = zip(sound.samples, wanted).dropFirst(200).dropLast(200)
            .map { abs($0 - $1) }.max()
        #expect(worst ?? 1 < 0.003)
    }

    @Test func soundsOfNothingStayThat() {
        #expect(Sound(samples: [], rate: 8000).resampled(to: 16_000).samples.isEmpty)
        #expect(Sound(samples: [0.5], rate: 192_000).resampled(to: 16_000).samples.count == 1)
        let same = Sound(samples: half, rate: 16_000)
        #expect(same.resampled(to: 16_000) == same)
    }
}
