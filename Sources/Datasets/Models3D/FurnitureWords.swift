/// Better names for models of the catalogue, and Chinese ones where its list has none.
enum FurnitureWords {
    /// A name in both languages.
    struct Entry: Sendable {
        /// The English name; nil where the list's own is right.
        let english: String?

        /// The Chinese name; nil where the list's own is right.
        let chinese: String?
    }

    /// Names of makers: things called so are left out.
    static let brands: Set<String> = [
        "Apple iBook", "Apple iMac 1998", "Apple iMac 2004", "Apple iPhone", "Chevrolet",
        "Ford Focus", "Peugeot 308 CC", "PlayStation", "Renault Scenic", "Seat Leon", "Smart car",
        "VW new beetle", "Yamaha YZR R6",
    ]

    /// The entry of a name, an identifier or a category.
    static func entry(of key: String) -> Entry? { entries[key] }

    private static let entries: [String: Entry] = [
        "Characters": Entry(english: nil, chinese: "人物")
    ]
}
