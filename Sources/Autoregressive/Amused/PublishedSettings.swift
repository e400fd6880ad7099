import Foundation

/// The object of a published `config.json`, whose entries are checked as they are read.
struct PublishedSettings {
    private let values: [String: Any]
    private let place: String

    /// Reads JSON.
    ///
    /// - Throws: `OtherWeightsError` for what is no object.
    init(_ data: Data, place: String) throws(OtherWeightsError) {
        guard let values = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            throw OtherWeightsError("\(place) is no object of JSON")
        }
        (self.values, self.place) = (values, place)
    }

    /// A whole number.
    ///
    /// - Parameters:
    ///   - key: Its key.
    ///   - usual: What is meant where nothing is said.
    ///   - limits: Where it must lie.
    /// - Returns: The number.
    /// - Throws: `OtherWeightsError` that says what is expected and found.
    func whole(
        _ key: String,
        usual: Int? = nil,
        in limits: ClosedRange<Int> = 1...65_536
    ) throws(OtherWeightsError) -> Int {
        let found = isSaid(key) ? values[key] as? Int : usual
        guard let found, limits.contains(found) else {
            throw wrong(key, "a whole number from \(limits.lowerBound) to \(limits.upperBound)")
        }
        return found
    }

    /// Whole numbers.
    ///
    /// - Throws: `OtherWeightsError` where one is none, or lies beyond the limits.
    func wholes(
        _ key: String,
        in limits: ClosedRange<Int> = 1...65_536
    ) throws(OtherWeightsError) -> [Int] {
        guard let found = values[key] as? [Int], !found.isEmpty, found.allSatisfy(limits.contains)
        else {
            throw wrong(
                key,
                "whole numbers from \(limits.lowerBound) to \(limits.upperBound)"
            )
        }
        return found
    }

    /// A number beyond 0.
    ///
    /// - Throws: `OtherWeightsError` for another.
    func positive(_ key: String, usual: Double) throws(OtherWeightsError) -> Double {
        let found = isSaid(key) ? values[key] as? Double : usual
        guard let found, found.isFinite, found > 0 else { throw wrong(key, "a number beyond 0") }
        return found
    }

    /// One of several words.
    ///
    /// - Throws: `OtherWeightsError` for another.
    func word(
        _ key: String,
        usual: String,
        of known: [String]
    ) throws(OtherWeightsError) -> String {
        let found = isSaid(key) ? values[key] as? String : usual
        guard let found, known.contains(found) else {
            throw wrong(key, known.joined(separator: " or "))
        }
        return found
    }

    /// Yes or no.
    ///
    /// - Throws: `OtherWeightsError` for neither.
    func truth(_ key: String, usual: Bool) throws(OtherWeightsError) -> Bool {
        let found = isSaid(key) ? values[key] as? Bool : usual
        guard let found else { throw wrong(key, "true or false") }
        return found
    }

    /// Refuses what differs from the only value that is known here.
    ///
    /// - Throws: `OtherWeightsError` that says what is expected and found.
    func expect(_ key: String, _ only: Bool, usual: Bool) throws(OtherWeightsError) {
        guard try truth(key, usual: usual) == only else { throw wrong(key, "\(only)") }
    }

    private func isSaid(_ key: String) -> Bool {
        values[key].map { !($0 is NSNull) } ?? false
    }

    /// What an entry should have been.
    func wrong(_ key: String, _ expected: String) -> OtherWeightsError {
        let found = values[key].map { "\($0)" } ?? "nothing"
        return OtherWeightsError("\(place) has \(found.prefix(80)) as \(key): expected \(expected)")
    }
}
