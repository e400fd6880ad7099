import Foundation

/// A few meanings, written as WordNet's files have them.
public enum SmallWordNet {
    /// A meaning: its topic, its words, the first word of what it is a kind of, and its definition.
    public typealias Row = (topic: Int, words: [String], kinds: [String], definition: String)

    /// Animals, things and persons; two meanings that are a kind of each other.
    public static let rows: [Row] = [
        (3, ["entity"], [], "all there is"),
        (3, ["animal"], ["entity"], "a living thing that moves"),
        (5, ["mammal"], ["animal"], "a warm-blooded vertebrate"),
        (5, ["canine", "canid"], ["mammal"], "any of various mammals with long muzzles"),
        (5, ["dog", "domestic_dog"], ["canine"], "a canine that barks"),
        (5, ["wolf"], ["canine"], "a wild canine"),
        (5, ["jackal"], ["canine"], "an Old World animal that eats carrion"),
        (5, ["retriever"], ["dog"], "one that fetches"),
        (5, ["golden_retriever"], ["retriever"], "one with a golden coat"),
        (5, ["young"], ["animal"], "any immature animal"),
        (5, ["kitten", "kitty"], ["young"], "young domestic cat"),
        (5, ["cat"], ["mammal"], "a feline that purrs"),
        (4, ["jog", "dogtrot"], ["entity"], "a slow run"),
        (18, ["chap", "dog_"], ["entity"], "a man"),
        (5, ["crow"], ["bird"], "a black one with a harsh call"),
        (5, ["bird"], ["animal"], "one with feathers"),
        (4, ["crow"], ["jog"], "the sound of a cock"),
        (18, ["Crow"], ["chap"], "a member of a people"),
        (6, ["crimson_thing", "loop"], ["ring"], "a thing in a circle"),
        (6, ["ring"], ["crimson_thing"], "the same thing"),
        (6, ["car", "automobile"], ["entity"], "a vehicle with four wheels"),
    ]

    /// Writes the files.
    ///
    /// - Parameters:
    ///   - folder: Where.
    ///   - rows: The meanings; of words with several the first is the commonest.
    /// - Throws: What is wrong with the folder.
    public static func write(to folder: URL, rows: [Row] = rows) throws {
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        // Numbers have eight digits, so that lines are as long before they are known.
        var places: [Int] = rows.map { _ in 0 }
        func line(_ number: Int) -> String {
            let row = rows[number]
            func place(_ place: Int) -> String {
                String(repeating: "0", count: 8 - "\(place)".count) + "\(place)"
            }
            func first(_ word: String) -> Int? { rows.firstIndex { $0.words[0] == word } }
            let up = row.kinds.compactMap(first).map { "@ \(place(places[$0])) n 0000" }
            let down = rows.indices.filter { rows[$0].kinds.contains(row.words[0]) }
                .map { "~ \(place(places[$0])) n 0000" }
            let count = String(row.words.count, radix: 16)
            let words = row.words.map { "\($0) 0" }.joined(separator: " ")
            return "\(place(places[number])) 0\(row.topic) n 0\(count) \(words) "
                + "00\(up.count + down.count) " + (up + down).map { $0 + " " }.joined()
                + "| \(row.definition)  \n"
        }
        let head = "  1 made for tests  \n"
        var place = head.utf8.count
        for number in rows.indices {
            places[number] = place
            place += line(number).utf8.count
        }
        let data = head + rows.indices.map(line).joined()
        var index: [String: [Int]] = [:]
        for (number, row) in rows.enumerated() {
            for word in row.words { index[word.lowercased(), default: []].append(places[number]) }
        }
        let lines = index.map { word, places in
            "\(word) n \(places.count) 1 @ \(places.count) 0 "
                + places.map { String(repeating: "0", count: 8 - "\($0)".count) + "\($0)" }
                .joined(separator: " ") + "  \n"
        }
        let sorted = lines.sorted { Array($0.utf8).lexicographicallyPrecedes(Array($1.utf8)) }
        try Data(data.utf8).write(to: folder.appending(path: "data.noun"))
        try Data((head + sorted.joined()).utf8).write(to: folder.appending(path: "index.noun"))
        try Data("wolves wolf\n".utf8).write(to: folder.appending(path: "noun.exc"))
    }
}
