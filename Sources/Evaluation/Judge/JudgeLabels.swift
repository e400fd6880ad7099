import Datasets
import Torch

/// What there is to tell about the pictures of a set with captions: the group, what is shown, the skin
/// tone.
struct JudgeLabels: Equatable {
    /// The narrowest groups.
    let groups: [String]
    /// What is shown: captions up to a colon.
    let concepts: [String]
    /// The numbers of each picture's concept and tone, the latter 0 for none.
    let numbers: [[Int]]
    /// The number of each picture's group.
    let group: [Int]

    /// Tones, none among them.
    static let tones = ["none"] + EmojiCombination.tones

    /// The labels of pictures.
    init(_ records: [ExampleRecord]) {
        var (groups, concepts): ([String: Int], [String: Int]) = ([:], [:])
        func number(_ name: String, _ names: inout [String: Int]) -> Int {
            let number = names[name] ?? names.count
            names[name] = number
            return number
        }
        numbers = records.map { record in
            let name = record.captions.first?.text ?? record.identifier
            return [number(JudgeLabels.concept(of: name), &concepts), JudgeLabels.tone(of: name)]
        }
        group = records.map { number($0.tags.last ?? "", &groups) }
        func names(_ numbers: [String: Int]) -> [String] {
            numbers.sorted { $0.value < $1.value }.map(\.key)
        }
        (self.groups, self.concepts) = (names(groups), names(concepts))
    }

    /// Which share of a concept's pictures is in each group: what is seen of concepts says so of groups.
    ///
    /// Shape: concepts×groups.
    var shares: Tensor {
        var counts = [[Float]](
            repeating: [Float](repeating: 0, count: groups.count),
            count: concepts.count
        )
        for (numbers, group) in zip(numbers, group) { counts[numbers[0]][group] += 1 }
        let rows = Tensor(counts.joined().map(\.self), shape: [concepts.count, groups.count])
        return rows / rows.sum(over: [1], keepingDimensions: true)
    }

    /// What a caption says before its colon.
    static func concept(of name: String) -> String { String(name.prefix { $0 != ":" }) }

    /// The number of the tone that a caption names.
    static func tone(of name: String) -> Int {
        let words = name.drop { $0 != ":" }
        // `medium-dark` before `dark`, which is its end.
        let found = tones.indices.dropFirst().filter { words.contains(" \(tones[$0]) skin tone") }
        return found.first ?? 0
    }

    /// What a person does, whoever it is: `firefighter` of `woman firefighter`.
    static func role(of concept: String) -> String {
        for gender in ["man ", "woman ", "person "] where concept.hasPrefix(gender) {
            return String(concept.dropFirst(gender.count))
        }
        return concept
    }
}
