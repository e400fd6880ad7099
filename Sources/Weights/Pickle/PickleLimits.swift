/// The most that a pickle may ask for: a few bytes must not take the machine's memory.
struct PickleLimits: Sendable {
    /// Values on the stack, and values that are kept for later.
    var values = 1 << 20
    /// Lists, dictionaries and objects.
    var containers = 1 << 20
    /// How deep one thing may be within another where it is looked through.
    var depth = 100
    /// Values that are looked through.
    var visits = 1 << 22
    /// Pickles within pickles.
    var nesting = 2

    static let standard = PickleLimits()
}
