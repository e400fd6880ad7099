import Settings

/// The numbers a key accepts.
enum NumberRange {
    case closed(Double, Double)
    case fraction
    case fractionBelowOne
    case fractionAboveZero
    case positive
    case nonNegative
    case finite

    func contains(_ number: Double) -> Bool {
        guard abs(number) <= SettingValue.largest else { return false }
        return switch self {
        case .closed(let low, let high): (low...high).contains(number)
        case .fraction: (0...1).contains(number)
        case .fractionBelowOne: (0..<1).contains(number)
        case .fractionAboveZero: number > 0 && number <= 1
        case .positive: number > 0
        case .nonNegative: number >= 0
        case .finite: true
        }
    }

    /// What belongs there in place of a number, for a person.
    func summary(insteadOf number: Double?) -> String {
        let isHuge = number.map { abs($0) > SettingValue.largest } ?? false
        return isHuge ? "a number of \(SettingValue.largest.plain) at most" : summary
    }

    /// What belongs there, for a person.
    var summary: String {
        switch self {
        case .closed(let low, let high): "a number from \(low.plain) to \(high.plain)"
        case .fraction: "a number from 0 to 1"
        case .fractionBelowOne: "a number from 0 to less than 1"
        case .fractionAboveZero: "a number greater than 0, at most 1"
        case .positive: "a number greater than 0"
        case .nonNegative: "a number of 0 or more"
        case .finite: "a number"
        }
    }
}
