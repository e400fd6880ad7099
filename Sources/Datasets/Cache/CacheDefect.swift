/// Why a cache file is not used but made again.
struct CacheDefect: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) {
        self.description = description
    }
}
