import Foundation

/// A length of time in words that sort and read easily: `12s`, `3m 05s`, `2h 00m 09s`, `1d 04h 00m`.
public enum PlainDuration {
    /// Seconds in words; what is no length of time is `?`.
    public static func text(_ seconds: Double) -> String {
        guard seconds >= 0, seconds < 1e12 else { return "?" }
        let whole = Int(seconds.rounded())
        if whole < 60 { return "\(whole)s" }
        if whole < 3600 { return "\(whole / 60)m \(padded(whole % 60))s" }
        if whole < 86_400 {
            return "\(whole / 3600)h \(padded(whole / 60 % 60))m \(padded(whole % 60))s"
        }
        return "\(whole / 86_400)d \(padded(whole / 3600 % 24))h \(padded(whole / 60 % 60))m"
    }

    private static func padded(_ number: Int) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }
}
