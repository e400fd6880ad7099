import Foundation

/// Which characters a font file has, as fontconfig tells.
enum FontCharacters {
    /// The ranges of characters of a font file.
    ///
    /// - Throws: `DatasetError` where fontconfig's tool is missing or does not know the file.
    static func ranges(of file: URL) throws -> [ClosedRange<UInt32>] {
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/env")
        process.arguments = ["fc-query", "--format=%{charset}", file.path]
        let output = Pipe()
        process.standardOutput = output
        process.standardError = FileHandle.nullDevice
        let text: String
        do {
            try process.run()
            text = String(
                decoding: output.fileHandleForReading.readDataToEndOfFile(),
                as: UTF8.self
            )
            process.waitUntilExit()
        } catch {
            throw missing(file, error.localizedDescription)
        }
        let ranges = text.split(separator: " ").compactMap { part -> ClosedRange<UInt32>? in
            let ends = part.split(separator: "-").map { UInt32($0, radix: 16) }
            guard let first = ends.first, let low = first, let last = ends.last, let high = last,
                low <= high
            else { return nil }
            return low...high
        }
        guard process.terminationStatus == 0, !ranges.isEmpty else {
            throw missing(file, "it tells of no characters")
        }
        return ranges
    }

    private static func missing(_ file: URL, _ reason: String) -> DatasetError {
        DatasetError(
            .missing,
            at: file.path,
            "fc-query cannot be asked which characters the font has: \(reason)",
            cure: "install the package: apt-get install fontconfig"
        )
    }
}
