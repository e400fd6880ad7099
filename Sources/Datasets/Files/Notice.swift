import Files

/// Where notices go when nobody else takes them.
public enum Notice {
    /// Writes a line to the standard error.
    public static func print(_ message: String) { StandardStream.error.say("atelier: \(message)") }
}
