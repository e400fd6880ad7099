import Foundation

/// The labels of a `dataset.json`, as StyleGAN's tools write it, and captions.
///
/// `{"labels": [["00000/img00000000.png", 3], …]}`, a list of numbers in place of the 3 for several
/// properties or measurements at once, or `{"labels": null}` for none. Beside them or in their place
/// `"captions": [["00000/img00000000.png", "a cat"], …]`, a list of texts for several captions.
struct LabelFile: Sendable {
    /// The usual name of such a file.
    static let name = "dataset.json"

    /// What a file says of one picture.
    enum Label: Sendable, Equatable {
        /// Its class.
        case number(Int)
        /// Its properties or measurements.
        case values([Double])
    }

    /// The label of each picture by its path; nil when the file says that there are none.
    let labels: [String: Label]?

    /// The captions of each picture by its path.
    let captions: [String: [Caption]]

    /// Reads a label file.
    ///
    /// - Throws: `DatasetError` that names the file and the entry.
    init(_ data: Data, name: String) throws {
        func wrong(_ what: String) -> DatasetError {
            DatasetError(
                .label,
                at: name,
                what,
                cure:
                    "it must be {\"labels\": [[\"picture.png\", 3], …]}, one class number each, or"
                    + " equally many numbers in brackets; captions are"
                    + " {\"captions\": [[\"picture.png\", \"a cat\"], …]}"
            )
        }
        guard let root = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            throw wrong("is not a JSON object")
        }
        var said: [String: [Caption]] = [:]
        if let value = root["captions"], !(value is NSNull) {
            guard let rows = value as? [Any] else { throw wrong("\"captions\" is not a list") }
            for (index, row) in rows.enumerated() {
                guard let pair = row as? [Any], pair.count == 2, let path = pair[0] as? String,
                    let lines = CaptionFiles.lines(pair[1])
                else { throw wrong("captions[\(index)] is not a pair of a path and a text") }
                guard said.updateValue(CaptionFiles.captions(lines), forKey: path) == nil else {
                    throw wrong("\(path) has captions twice")
                }
            }
        }
        captions = said
        guard let value = root["labels"] ?? (said.isEmpty ? nil : NSNull()) else {
            throw wrong("has no \"labels\"")
        }
        if value is NSNull {
            labels = nil
            return
        }
        guard let rows = value as? [Any] else { throw wrong("\"labels\" is not a list") }
        var found: [String: Label] = [:]
        var width: Int?
        for (index, row) in rows.enumerated() {
            guard let pair = row as? [Any], pair.count == 2, let path = pair[0] as? String else {
                throw wrong("labels[\(index)] is not a pair of a path and a number")
            }
            guard let label = Self.label(pair[1]) else {
                throw wrong("the label of \(path) is neither a whole number nor a list of numbers")
            }
            let own = if case .values(let values) = label { values.count } else { 0 }
            guard width == nil || width == own else {
                throw wrong("the label of \(path) has \(own) numbers, others have \(width ?? 0)")
            }
            width = own
            if case .number(let number) = label, number >= PictureListing.mostClasses {
                throw DatasetError(
                    .label,
                    at: name,
                    "the label of \(path) is \(number), but there can be at most"
                        + " \(PictureListing.mostClasses) classes: labels are 0 to"
                        + " \(PictureListing.mostClasses - 1)",
                    cure: "number the classes from 0 without gaps"
                )
            }
            if case .values(let values) = label, !values.allSatisfy({ Float($0).isFinite }) {
                throw wrong("the label of \(path) has a number that is too large")
            }
            guard found.updateValue(label, forKey: path) == nil else {
                throw wrong("\(path) is labelled twice")
            }
        }
        labels = found
    }

    private static func label(_ value: Any) -> Label? {
        if let number = value as? Int { return .number(number) }
        guard let items = value as? [Any], !items.isEmpty else { return nil }
        let values = items.compactMap { ($0 as? NSNumber)?.doubleValue }
        return values.count == items.count ? .values(values) : nil
    }
}
