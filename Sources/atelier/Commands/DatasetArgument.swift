import Datasets
import Foundation

/// What a command's argument names: a set that is known by name, or a folder or zip file.
enum DatasetArgument {
    /// Whether a text names a set.
    ///
    /// A folder or file of that name goes before a set that is made from packages: such a set lies in
    /// no folder of its own, and drawings do lie in a folder `pictures`.
    ///
    /// - Parameter text: What was given.
    /// - Returns: False for a path.
    static func isName(_ text: String) -> Bool {
        guard let name = DatasetName(rawValue: text) else { return false }
        let isOwn = name.packages.isEmpty || KnownDataset(name) != nil
        return isOwn || !FileManager.default.fileExists(atPath: text)
    }
}
