import Foundation

/// Texts taken apart into words as they are said.
enum SpokenWords {
    /// The most bytes of a word.
    private static let mostBytes = 60

    /// The words of a text, in lower case, in order; apostrophes stay within them.
    static func of(_ text: String) -> [String] {
        text.replacing("’", with: "'").lowercased()
            .split { !$0.isLetter && !$0.isNumber && $0 != "'" }
            .map { $0.trimmingCharacters(in: ["'"]) }
            .filter { !$0.isEmpty && $0.utf8.count <= mostBytes }
    }

    /// Whether a word is written with characters that stand for whole words; a dictionary of sounds that are written with
    /// letters has none of them.
    static func isIdeographic(_ word: String) -> Bool {
        word.unicodeScalars.contains(where: \.properties.isIdeographic)
    }

    /// The words that a number is said with, from 0 to 999; nothing for what is no such number.
    static func said(_ word: String) -> [String]? {
        guard word.utf8.count <= 3, let number = Int(word), number >= 0,
            word.utf8.allSatisfy({ (48...57).contains($0) })
        else { return nil }
        if number >= 100 {
            let rest = number % 100
            return [small[number / 100], "hundred"] + (rest == 0 ? [] : below100(rest))
        }
        return below100(number)
    }

    private static func below100(_ number: Int) -> [String] {
        guard number >= 20 else { return [small[number]] }
        return [tens[number / 10 - 2]] + (number % 10 == 0 ? [] : [small[number % 10]])
    }

    private static let small = [
        "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
        "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
        "nineteen",
    ]

    private static let tens = [
        "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
    ]
}
