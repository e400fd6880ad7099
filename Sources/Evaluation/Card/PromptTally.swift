import Torch

/// Counts how often pictures show what they should, as a judge sees it.
struct PromptTally {
    private let set: JudgedSet
    private var found = PromptFigures()
    private var tones = 0
    private let shares: Tensor

    init(_ set: JudgedSet) { (self.set, shares) = (set, set.labels.shares) }

    /// Looks at pictures.
    ///
    /// - Parameters:
    ///   - features: What the judge sees in them, N×256.
    ///   - places: The real pictures that they should be like, N.
    mutating func add(_ features: Tensor, _ places: [Int]) {
        let logits = set.judge.logits(features)
        let first = logits.map { $0.argmax(along: 1).elements(as: Int.self) }
        let groups = logits[0].softmax(along: 1).multiplied(by: shares).argmax(along: 1)
            .elements(as: Int.self)
        let kept = min(5, logits[0].size(1))
        let five = logits[0].largest(kept, along: 1).places.elements(as: Int.self)
        for (row, place) in places.enumerated() {
            let wanted = set.labels.numbers[place]
            let role = JudgeLabels.role(of: set.labels.concepts[wanted[0]])
            found.drawings += 1
            found.group += groups[row] == set.labels.group[place] ? 1 : 0
            found.concept += first[0][row] == wanted[0] ? 1 : 0
            found.conceptInFive +=
                five[row * kept..<(row + 1) * kept].contains(wanted[0]) ? 1 : 0
            let named = JudgeLabels.role(of: set.labels.concepts[first[0][row]])
            found.role += named == role ? 1 : 0
            if wanted[1] > 0 {
                tones += 1
                found.tone += first[1][row] == wanted[1] ? 1 : 0
            }
        }
    }

    /// The shares.
    var figures: PromptFigures {
        var shares = found
        let count = Double(max(found.drawings, 1))
        shares.group /= count
        shares.concept /= count
        shares.conceptInFive /= count
        shares.role /= count
        shares.tone /= Double(max(tones, 1))
        return shares
    }
}
