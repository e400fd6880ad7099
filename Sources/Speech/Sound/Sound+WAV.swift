import Foundation

extension Sound {
    /// How a WAV file keeps its numbers.
    private struct Form {
        /// 1 for whole numbers, 3 for those with a fraction.
        var code: Int
        var channels: Int
        var rate: Int
        /// Bits of a number.
        var bits: Int
        /// Bytes of one number of all channels.
        var step: Int
    }

    /// Reads the bytes of a WAV file: whole numbers of 8, 16, 24 or 32 bits, or numbers with a fraction of 32 or 64, in up
    /// to eight channels, which become one.
    ///
    /// No length that the file names makes room for anything: what is there counts, so that recordings that were cut
    /// short, or whose length was not known when they began, are read as far as they go.
    ///
    /// Source: Multimedia Programming Interface and Data Specifications 1.0, IBM and Microsoft, 1991.
    ///
    /// - Parameters:
    ///   - data: The file.
    ///   - name: What errors call it.
    /// - Throws: `SpeechError`.
    public init(wav data: Data, name: String) throws {
        guard data.count <= Sound.mostBytes else { throw Sound.tooLarge(data.count, name: name) }
        let bytes = SoundBytes(data, name: name)
        guard bytes.count > 0 else { throw bytes.damage("is empty") }
        guard bytes.says("RIFF", at: 0) || bytes.says("RF64", at: 0), bytes.says("WAVE", at: 8)
        else {
            if let format = SoundFormat.of(bytes) {
                throw bytes.foreign("is \(format.rawValue)")
            }
            throw bytes.foreign("is no sound that is known")
        }
        var form: Form?
        var place = 12
        // Each turn goes on by eight bytes at least.
        while bytes.has(8, at: place) {
            let length = Int(try bytes.number(place + 4, UInt32.self))
            let start = place + 8
            if bytes.says("fmt ", at: place) { form = try Sound.form(bytes, start, length) }
            if bytes.says("data", at: place) {
                guard let form else { throw bytes.damage("has sound before it says of which form") }
                self = try Sound.read(bytes, start..<start + min(length, bytes.count - start), form)
                return
            }
            place = start + length + length % 2
        }
        throw bytes.damage("holds no sound: there is no part 'data' in it")
    }

    private static func form(_ bytes: SoundBytes, _ place: Int, _ length: Int) throws -> Form {
        guard length >= 16 else { throw bytes.damage("has a part 'fmt ' of \(length) bytes") }
        var code = Int(try bytes.number(place, UInt16.self))
        // The kind is named behind the rest where the file has more to say.
        if code == 0xFFFE, length >= 40 { code = Int(try bytes.number(place + 24, UInt16.self)) }
        let form = Form(
            code: code,
            channels: Int(try bytes.number(place + 2, UInt16.self)),
            rate: Int(try bytes.number(place + 4, UInt32.self)),
            bits: Int(try bytes.number(place + 14, UInt16.self)),
            step: Int(try bytes.number(place + 12, UInt16.self))
        )
        let packed = [2: "ADPCM", 6: "A-law", 7: "µ-law", 17: "ADPCM", 85: "MP3", 255: "AAC"]
        let bits = [1: [8, 16, 24, 32], 3: [32, 64]]
        guard let known = bits[code] else {
            throw bytes.foreign(
                "is a WAV file of \(packed[code] ?? "the kind \(code)") and not of plain numbers"
            )
        }
        guard known.contains(form.bits) else {
            throw bytes.foreign("has numbers of \(form.bits) bits, \(known) are read")
        }
        guard (1...8).contains(form.channels) else {
            throw bytes.foreign("has \(form.channels) channels, 1 to 8 are read")
        }
        guard rates.contains(form.rate) else {
            throw bytes.foreign("has \(form.rate) numbers a second, \(rates) are read")
        }
        guard form.step == form.channels * form.bits / 8 else {
            throw bytes.damage(
                "says that \(form.step) bytes are a step of \(form.channels) channels"
            )
        }
        return form
    }

    private static func read(_ bytes: SoundBytes, _ range: Range<Int>, _ form: Form) throws -> Sound
    {
        let count = range.count / form.step
        let seconds = Double(count) / Double(form.rate)
        guard seconds <= Double(mostSeconds) else {
            throw SpeechError(
                .recording,
                at: bytes.name,
                "is \(Int(seconds)) s long, a prompt has \(mostSeconds) s at most",
                cure: "cut it out: ffmpeg -i LONG -t \(mostSeconds) -ac 1 -ar 16000 short.wav"
            )
        }
        let width = form.bits / 8
        let share = 1 / Float(form.channels)
        var samples = [Float](repeating: 0, count: count)
        bytes.raw(range) { raw in
            for place in 0..<count {
                var sum: Float = 0
                for channel in 0..<form.channels {
                    sum += value(raw, place * form.step + channel * width, form)
                }
                samples[place] = sum * share
            }
        }
        guard samples.allSatisfy({ abs($0) < 1e6 }) else {
            throw bytes.damage("has numbers that are no sound")
        }
        return Sound(samples: samples, rate: form.rate)
    }

    /// A number at a place, as −1 to 1.
    @inline(__always)
    private static func value(_ raw: UnsafeRawBufferPointer, _ place: Int, _ form: Form) -> Float {
        func whole<Number: FixedWidthInteger>(_ type: Number.Type) -> Number {
            Number(littleEndian: raw.loadUnaligned(fromByteOffset: place, as: type))
        }
        switch (form.code, form.bits) {
        case (1, 8): return (Float(raw[place]) - 128) / 128
        case (1, 16): return Float(whole(Int16.self)) / 32_768
        case (1, 24):
            let low = Int32(raw[place]) << 8 | Int32(raw[place + 1]) << 16
            return Float(low | Int32(Int8(bitPattern: raw[place + 2])) << 24) / 2_147_483_648
        case (1, _): return Float(whole(Int32.self)) / 2_147_483_648
        case (_, 32): return Float(bitPattern: whole(UInt32.self))
        default: return Float(Double(bitPattern: whole(UInt64.self)))
        }
    }
}
