#if os(Linux)
import Foundation
import Testing
import Torch

/// In processes of their own, whose memory nothing else grows.
@Suite struct SafetensorsMemoryTests {
    @Test func claimsOfTerabytesAllocateNothing() async {
        await #expect(processExitsWith: .success) {
            let shape = #""shape":[1000000,262144],"data_offsets":[0,1048576000000]"#
            let claims = [
                SafetensorsCase.file(Array("{\"t\":{\"dtype\":\"F32\",\(shape)}}".utf8)),
                SafetensorsCase.file(Array("{}".utf8), [UInt8](repeating: 0, count: 250), 1 << 40),
                SafetensorsCase.file(Array("{}".utf8), [], 16 << 20),
            ]
            let file = FileManager.default.temporaryDirectory
                .appending(path: "atelier-claim-\(ProcessInfo.processInfo.processIdentifier)")
            defer { try? FileManager.default.removeItem(at: file) }
            func refuse(_ data: Data) throws {
                try data.write(to: file)
                #expect(throws: TorchError.self) { try Safetensors.read(from: file) }
            }
            // Loads what reading and refusing need.
            try refuse(SafetensorsCase.file(Array("[]".utf8)))
            for (place, data) in claims.enumerated() {
                let before = try memory()
                try refuse(data)
                precondition(data.count <= 300, "\(data.count) bytes")
                for (name, amount) in try memory() {
                    let grown = amount - (before[name] ?? 0)
                    precondition(
                        grown < limits[name] ?? 0,
                        "claim \(place): \(name) grew by \(grown) KiB"
                    )
                }
            }
            // The figures do see what is allocated.
            let before = try memory()
            let block = [UInt8](repeating: 1, count: 320 << 20)
            let after = try memory()
            precondition(block.last == 1)
            precondition(before.allSatisfy { $1 + (limits[$0] ?? 0) < after[$0] ?? 0 })
        }
    }
}

/// KiB by which the amounts may grow meanwhile: the runtime may start a thread, whose stack and arena are address space; the
/// smallest claim is 16 MiB, which would be written to.
private let limits = ["VmPeak": 256 << 10, "VmHWM": 8 << 10]

/// The largest amounts of this process so far, in KiB: address space and resident memory.
private func memory() throws -> [String: Int] {
    let status = try String(contentsOfFile: "/proc/self/status", encoding: .utf8)
    var amounts: [String: Int] = [:]
    for line in status.split(separator: "\n") {
        let parts = line.split { $0 == ":" || $0.isWhitespace }
        guard parts.count >= 2, parts[0] == "VmPeak" || parts[0] == "VmHWM" else { continue }
        amounts[String(parts[0])] = Int(parts[1])
    }
    precondition(amounts.count == 2, "no memory figures in /proc/self/status")
    return amounts
}
#endif
