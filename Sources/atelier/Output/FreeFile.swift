import Foundation

/// Names of files that are written beside others.
enum FreeFile {
    /// Finds a file in a folder that is not there yet, and makes the folder.
    ///
    /// Nothing that is there is written over: it may be another result, or the next picture.
    ///
    /// - Parameters:
    ///   - name: The wanted name; where it is taken, a number from 2 on comes behind.
    ///   - folder: Where.
    /// - Returns: The file, a PNG.
    /// - Throws: Foundation's error where the folder cannot be made.
    static func named(_ name: String, in folder: URL) throws -> URL {
        var file = folder.appending(path: "\(name).png")
        var number = 1
        while FileManager.default.fileExists(atPath: file.path) {
            number += 1
            file = folder.appending(path: "\(name)-\(number).png")
        }
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        return file
    }
}
