import Foundation
import Scans

/// Pixels of DICOM files that are packed as JPEG, JPEG-LS or JPEG 2000: GDCM's program unpacks them.
///
/// The program is a process of its own with bounds of memory and time, so that a file which leads it astray ends
/// that process alone.
enum PackedScan {
    /// Seconds that a file may take.
    private static let patience = 120

    /// Where the program is; nothing where it is not installed.
    static var tool: String? {
        let folders = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        return folders.map { "\($0)/gdcmconv" }
            .first { FileManager.default.isExecutableFile(atPath: $0) }
    }

    /// The file with plain pixels.
    ///
    /// - Throws: `ScanError` where the program is missing or does not read the file.
    static func unpacked(_ file: URL) throws -> Data {
        func failed(_ reason: String) -> ScanError {
            ScanError(.damaged, at: file.path, "gdcmconv does not unpack its pixels: \(reason)")
        }
        guard let tool else {
            throw ScanError(
                .toolMissing,
                at: file.path,
                "its pixels are packed, which needs the program gdcmconv",
                cure: "install it with 'make setup WITH=\"medical\"'"
            )
        }
        let output = FileManager.default.temporaryDirectory
            .appending(path: "atelier-scan-\(UUID().uuidString).dcm")
        defer { try? FileManager.default.removeItem(at: output) }
        let process = Process()
        process.executableURL = URL(filePath: "/bin/sh")
        process.arguments = [
            "-c",
            "ulimit -v 4194304 2>/dev/null; ulimit -t \(patience); exec \"$0\" --raw \"$1\" \"$2\"",
            tool, file.path, output.path,
        ]
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        do {
            try process.run()
        } catch {
            throw failed("it cannot be started")
        }
        process.waitUntilExit()
        guard process.terminationStatus == 0 else {
            throw failed("it ended with status \(process.terminationStatus)")
        }
        guard let facts = FileFacts(output), facts.bytes <= ScanFile.mostBytes,
            let data = try? Data(contentsOf: output)
        else { throw failed("it wrote nothing, or more than is read") }
        return data
    }
}
