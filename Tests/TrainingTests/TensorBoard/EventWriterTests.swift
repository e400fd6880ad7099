import Foundation
import Testing
import Training

@Suite("Event files hold exactly the known bytes")
struct EventWriterTests {
    let folder: TemporaryFolder

    init() throws {
        folder = try TemporaryFolder()
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
        #expect(try hexadecimal(writer.url) == Self.version)
        time += 1
        writer.scalars(["loss": 0.5], step: 1)
        try writer.synchronize()
        #expect(try hexadecimal(writer.url) == Self.version + scalar)
    }

    private func hexadecimal(_ url: URL) throws -> String {
        try Data(contentsOf: url).map { String(format: "%02x", $0) }.joined()
    }
}
