/// Formats of recordings that are known by their first bytes, and not read.
enum SoundFormat: String, CaseIterable {
    /// MPEG audio.
    case mp3 = "MP3"
    /// Xiph's container, as of Vorbis and Opus.
    case ogg = "Ogg"
    /// Sound without loss, packed.
    case flac = "FLAC"
    /// Apple's and MPEG's container, as of AAC.
    case mp4 = "MP4 or M4A"
    /// The container of browsers' own recordings.
    case webm = "WebM or Matroska"
    /// Apple's plain sound.
    case aiff = "AIFF"
    /// Sun's plain sound.
    case au = "AU"
    /// Speech of telephones.
    case amr = "AMR"
    /// Raw AAC.
    case aac = "AAC"
    /// Microsoft's container.
    case asf = "WMA"

    /// The format of a file, where it is one of these.
    static func of(_ bytes: SoundBytes) -> SoundFormat? {
        if bytes.says("ID3", at: 0) { return .mp3 }
        if bytes.says("OggS", at: 0) { return .ogg }
        if bytes.says("fLaC", at: 0) { return .flac }
        if bytes.says("ftyp", at: 4) { return .mp4 }
        if bytes.says("FORM", at: 0), bytes.says("AIF", at: 8) { return .aiff }
        if bytes.says(".snd", at: 0) { return .au }
        if bytes.says("#!AMR", at: 0) { return .amr }
        guard let first = try? bytes.number(0, UInt32.self) else { return nil }
        if first == 0xA3DF_451A { return .webm }
        if first == 0x75B2_2630 { return .asf }
        // Twelve bits that are set begin a frame of MPEG; of AAC where no layer is named.
        guard first & 0xF0FF == 0xF0FF else {
            return first & 0xE0FF == 0xE0FF && first & 0x0600 != 0 ? .mp3 : nil
        }
        return first & 0x0600 == 0 ? .aac : .mp3
    }
}
