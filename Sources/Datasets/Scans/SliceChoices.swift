import Foundation
import Scans

/// How scans become pictures, as a file `scans.json` beside them says: window, classes, planes, what is left out.
public struct SliceChoices: Sendable, Equatable {
    /// What the classes of slices are.
    public enum Classes: String, Sendable, CaseIterable {
        /// Folders where there are some, otherwise planes.
        case auto
        /// The folders that files lie in.
        case folders
        /// How slices lie in the body.
        case planes
        /// Folder and plane.
        case both
        /// No class at all.
        case none
    }

    /// Which values are shown.
    public var window = SliceWindow.file
    /// What the classes are.
    public var classes = Classes.auto
    /// The planes that volumes are cut in; all three where planes are classes, else axial ones.
    public var planes: [ScanPlane]?
    /// The share of slices left out at each end of a volume, where little of the body is.
    public var margin = 0.1
    /// Of so many slices that follow one another one is taken.
    public var every = 1
    /// Whether all volumes that follow one another in a file are taken, not the first alone.
    public var takesAllVolumes = false

    /// The name of the file.
    public static let name = "scans.json"

    /// The usual choices.
    public init() {}

    /// Reads a file of choices.
    ///
    /// - Parameters:
    ///   - data: The file.
    ///   - name: What errors call it.
    /// - Throws: `DatasetError` that names the key.
    public init(_ data: Data, name: String) throws {
        func wrong(_ message: String) -> DatasetError {
            DatasetError(
                .request,
                at: name,
                message,
                cure:
                    "as in {\"window\": \"lung\", \"classes\": \"planes\", \"planes\": [\"axial\"], "
                    + "\"margin\": 0.1, \"every\": 2, \"volumes\": \"first\"}"
            )
        }
        guard data.count < 1 << 20,
            let root = try? JSONSerialization.jsonObject(with: data) as? [String: Any]
        else { throw wrong("is no JSON object") }
        for (key, value) in root.sorted(by: { $0.key < $1.key }) {
            switch key {
            case "window":
                guard let text = value as? String, let window = SliceWindow(text) else {
                    throw wrong("\"window\" expects \(SliceWindow.words)")
                }
                self.window = window
            case "classes":
                guard let text = value as? String, let classes = Classes(rawValue: text) else {
                    let known = Classes.allCases.map(\.rawValue).joined(separator: ", ")
                    throw wrong("\"classes\" expects one of \(known)")
                }
                self.classes = classes
            case "planes":
                let found = (value as? [String])?.map(ScanPlane.init(rawValue:))
                guard let found, !found.isEmpty, !found.contains(nil) else {
                    throw wrong("\"planes\" expects a list of axial, coronal, sagittal")
                }
                let named = Set(found.compactMap { $0 })
                planes = ScanPlane.allCases.filter(named.contains)
            case "margin":
                guard let share = value as? Double, (0..<0.5).contains(share) else {
                    throw wrong("\"margin\" expects a share from 0 to below 0.5")
                }
                margin = share
            case "every":
                guard let number = value as? Int, (1...1000).contains(number) else {
                    throw wrong("\"every\" expects 1 to 1000")
                }
                every = number
            case "volumes":
                guard let text = value as? String, ["first", "all"].contains(text) else {
                    throw wrong("\"volumes\" expects \"first\" or \"all\"")
                }
                takesAllVolumes = text == "all"
            default:
                throw wrong(
                    "\"\(key)\" is no key; known are window, classes, planes, margin, every, volumes"
                )
            }
        }
    }

    /// What tells these choices from others.
    var key: String {
        let planes = planes.map { $0.map(\.rawValue).joined(separator: "+") } ?? "usual"
        return "window \(window.key), classes \(classes.rawValue), planes \(planes), "
            + "margin \(margin), every \(every), \(takesAllVolumes ? "all volumes" : "first volumes")"
    }
}
