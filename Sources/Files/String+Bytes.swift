extension String {
    /// The beginning that has so many bytes at most, whole characters.
    public func limited(toBytes count: Int) -> String {
        guard utf8.count > count else { return self }
        var limited = ""
        var bytes = 0
        for character in self {
            bytes += character.utf8.count
            guard bytes <= count else { break }
            limited.append(character)
        }
        return limited
    }
}
