import Foundation
import TestSupport
import Testing
import Training

@Suite("Event files hold exactly the known bytes")
struct EventWriterTests {
    let folder: ScratchFolder

    init() throws {
        folder = try ScratchFolder()
    }

    /// Known bytes: the version record, a scalar as a tensor, the same as a single number.
    static let version =
        "2300000000000000b09f77430900000040fc54d9411a0d627261696e2e4576656e743a3252090a076174656c69"
        + "6572ca637625"
    static let tensor =
        "300000000000000095f5d05f0900004040fc54d94110012a230a210a046c6f73734a0d0a090a077363616c6172"
        + "732001420a080112002a040000003fb745c2e8"
    static let simple =
        "1a00000000000000129bd82d0900004040fc54d94110012a0d0a0b0a046c6f7373150000003f97d67404"

    @Test(
        "a version and one scalar, in both forms",
        arguments: [
            (EventWriter.ScalarForm.tensor, tensor), (.simple, simple),
        ]
    )
    func goldenBytes(_ form: EventWriter.ScalarForm, _ scalar: String) throws {
        var time = 1_700_000_000.0
        let writer = try EventWriter(folder: folder.url, scalarForm: form, clock: { time })
        let start = try hexadecimal(writer.url)
        #expect(start.hasPrefix(Self.version))
        time += 1
        writer.scalars(["loss": 0.5], step: 1)
        try writer.synchronize()
        #expect(try hexadecimal(writer.url) == start + scalar)
    }

    @Test("every record has its length and both checksums")
    func framing() throws {
        let writer = try EventWriter(folder: folder.url, resumeStep: 7)
        for step in 8..<20 {
            writer.scalars(["a": 1, "b": .nan, "c": .infinity], step: step)
            writer.text("t", String(repeating: "x", count: step * 50), step: step)
        }
        try writer.flush()
        let payloads = try payloads(of: writer.url)
        #expect(payloads.count == 2 + 24)
        // Field 2 is the step, field 7 the session log with status 1.
        #expect(Array(payloads[1].dropFirst(9)) == [0x10, 8, 0x3A, 2, 0x08, 1])
    }

    @Test("a tag's metadata is written with its first value only")
    func metadata() throws {
        let writer = try EventWriter(folder: folder.url)
        writer.scalars(["loss": 1], step: 1)
        writer.scalars(["loss": 2], step: 2)
        try writer.flush()
        let counts = try payloads(of: writer.url).map { payload in
            payload.ranges(of: Data("scalars".utf8)).count
        }
        #expect(counts == [0, 0, 1, 0])
    }

    @Test("nothing is in the file before it is flushed, nothing is written for nothing")
    func flushing() throws {
        let writer = try EventWriter(folder: folder.url)
        let start = try Data(contentsOf: writer.url)
        writer.scalars([:], step: 1)
        writer.images("none", [], width: 1, height: 1, step: 1)
        writer.histogram("none", [.nan], step: 1)
        writer.text("none", rows: [])
        try writer.flush()
        #expect(try Data(contentsOf: writer.url) == start)
        writer.scalars(["loss": 1], step: 1)
        #expect(try Data(contentsOf: writer.url) == start)
        try writer.synchronize()
        #expect(try Data(contentsOf: writer.url).count > start.count)
    }

    @Test("files have the known name, and no two the same")
    func names() throws {
        let writers = try (0..<3).map { _ in
            try EventWriter(folder: folder.url, host: "my/host 1", clock: { 1_700_000_000 })
        }
        let process = ProcessInfo.processInfo.processIdentifier
        #expect(
            writers.map(\.url.lastPathComponent)
                == (0..<3).map { "events.out.tfevents.1700000000.myhost1.\(process).\($0)" }
        )
    }

    @Test("a folder that is not there is an error that names it")
    func absent() {
        let absent = folder.url.appending(path: "absent")
        #expect {
            try EventWriter(folder: absent)
        } throws: {
            "\($0)".contains(absent.path)
        }
    }

    private func hexadecimal(_ url: URL) throws -> String {
        try Data(contentsOf: url).map { String(format: "%02x", $0) }.joined()
    }

    /// The records of a file, both checksums of each checked.
    private func payloads(of url: URL) throws -> [Data] {
        var rest = try Data(contentsOf: url)
        var payloads: [Data] = []
        func number(_ bytes: Data) -> Int {
            bytes.reversed().reduce(0) { $0 << 8 | Int($1) }
        }
        while !rest.isEmpty {
            try #require(rest.count >= 16)
            let length = number(rest.prefix(8))
            try #require(rest.count >= 16 + length)
            #expect(number(rest.dropFirst(8).prefix(4)) == Int(CRC32C.masked(rest.prefix(8))))
            let payload = rest.dropFirst(12).prefix(length)
            #expect(
                number(rest.dropFirst(12 + length).prefix(4)) == Int(CRC32C.masked(payload))
            )
            payloads.append(Data(payload))
            rest = rest.dropFirst(16 + length)
        }
        return payloads
    }
}
