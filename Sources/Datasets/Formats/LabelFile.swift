import Foundation

/// The labels of a `dataset.json`, as StyleGAN's tools write it.
///
/// `{"labels": [["00000/img00000000.png", 3], …]}`, or `{"labels": null}` for none.
struct LabelFile: Sendable {
    /// The usual name of such a file.
    static let name = "dataset.json"

    /// The label of each picture by its path; nil when the file says that there are none.
    let labels: [String: Int]?

    /// Reads a label file.
    ///
    /// Throws: `DatasetError` that names the file and the entry.
    init(_ data: Data, name: String) throws {
        func wrong(_ what: String) -> DatasetError {
            DatasetError(
                .label,
                at: name,
                what,
                cure: "it must be {\"labels\": [[\"picture.png\", 3], …]}, one class number each"
            )
        }
        guard let root = try? JSONSerialization.jsonObject(with: data) as? [String: Any] else {
            throw wrong("is not a JSON object")
        }
        guard let value = root["labels"] else { throw wrong("has no \"labels\"") }
        if value is NSNull {
            labels = nil
            return
        }
        guard let rows = value as? [Any] else { throw wrong("\"labels\" is not a list") }
        var found: [String: Int] = [:]
        for (index, row) in rows.enumerated() {
            guard let pair = row as? [Any], pair.count == 2, let path = pair[0] as? String else {
                throw wrong("labels[\(index)] is not a pair of a path and a number")
            }
            guard let label = pair[1] as? Int else {
                throw wrong("the label of \(path) is not one whole number")
            }
            guard found.updateValue(label, forKey: path) == nil else {
                throw wrong("\(path) is labelled twice")
            }
        }
        labels = found
    }
}
