#if canImport(Glibc)
import Glibc
#elseif canImport(Darwin)
import Darwin
#endif

/// Lets the C library convert names to UTF-8 whatever locale the process was started in.
enum TextLocale {
    // Unchecked is right: a locale object is never changed once it is made.
    private struct Handle: @unchecked Sendable {
        let locale: locale_t?
    }

    private static let unicode: Handle = {
        for name in ["C.UTF-8", "en_US.UTF-8", "UTF-8"] {
            if let locale = newlocale(LC_CTYPE_MASK, name, nil) { return Handle(locale: locale) }
        }
        return Handle(locale: nil)
    }()

    /// Runs with a UTF-8 locale on this thread only.
    static func withUnicode<Result>(_ body: () throws -> Result) rethrows -> Result {
        guard let locale = unicode.locale else { return try body() }
        let previous = uselocale(locale)
        defer { uselocale(previous) }
        return try body()
    }
}
