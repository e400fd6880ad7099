import Files

/// Why a recording becomes no text.
public typealias SpeechError = FileProblem<SpeechTrouble>

/// The kinds of trouble with speech.
public enum SpeechTrouble: String, FileTrouble, Codable {
    /// The recording cannot be read, or nothing is said in it.
    case recording
    /// The library, its acoustic model or its dictionary is missing or damaged.
    case recogniser
    /// The model that draws knows no words that could be said.
    case wordless

    /// That a recording breaks the rules of its format.
    public static var broken: SpeechTrouble { .recording }

    /// What to do about a recording that ends early.
    public static var cureOfCut: String { "record it again, as WAV" }
}
