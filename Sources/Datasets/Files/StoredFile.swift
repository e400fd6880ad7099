import Files
import Foundation

/// Files that this library keeps: what cannot be written is told as its own error.
enum StoredFile {
    /// Writes a file whole or not at all, with its folder where that is missing.
    ///
    /// - Throws: `DatasetError/Kind/unwritable`.
    static func write(_ data: Data, to file: URL) throws {
        try writing(file) { draft in try draft.append(data) }
    }

    /// Fills a file that appears when the body is done, with its folder where that is missing.
    ///
    /// - Throws: What the body throws; `DatasetError/Kind/unwritable`.
    static func writing(_ file: URL, _ body: (FileDraft) throws -> Void) throws {
        let folder = file.deletingLastPathComponent()
        do {
            try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        } catch {
            throw DatasetError(
                .unwritable,
                at: folder.path,
                "the folder cannot be made: \(error.localizedDescription)",
                cure: cure
            )
        }
        do {
            let draft = try FileDraft(file)
            try body(draft)
            try draft.commit()
        } catch let error as FileError {
            throw DatasetError(
                .unwritable,
                at: error.path,
                "cannot \(error.action): \(error.reason)",
                cure: cure
            )
        }
    }

    private static let cure = "free some space, or set ATELIER_CACHE to a folder you may write in"
}
