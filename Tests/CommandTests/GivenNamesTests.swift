import Foundation
import TestSupport
import Testing

/// Names of any bytes on the command line.
@Suite struct GivenNamesTests {
    private let scratch: ScratchFolder

    init() throws { scratch = try ScratchFolder() }

    /// A file with a name that is not UTF-8, or a folder in such a folder, is neither missing nor written beside.
    @Test(arguments: [
        "upscale \"$N\"", "info \"$N\"", "describe \"$N\"", "nearest \"$N\"",
        "inpaint \"$N\" --mask \"$N\"",
        "inpaint a.png \"--mask=$N\"", "imagine \"a $N\"", "imagine fox --out \"$N\"",
        "data check \"$N\"",
        "train dcgan --data \"$N\"", "evaluate \"$N\" --against \"$N\"", "\"$N\"",
        "rerun \"x/$N/y\"",
    ])
    func arguments(_ words: String) throws {
        let ending = try RunningCommand.run(
            [],
            in: scratch.url,
            shell: "N=$(printf 'caf\\351.png'); printf x > \"$N\"; exec \"$0\" \(words)"
        )
        #expect(ending.status == 2, "\(ending.errors)")
        #expect(ending.errors.contains("caf\\xe9.png"), "\(ending.errors)")
        #expect(ending.errors.contains("not UTF-8"))
        let files = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path)
        #expect(files.count <= 1, "\(files)")
    }

    /// Nothing is written into another folder than the one that the person is in.
    @Test(arguments: [["data", "check", "."], ["imagine", "fox"], ["train", "dcgan"]])
    func folders(_ arguments: [String]) throws {
        let ending = try RunningCommand.run(
            arguments,
            in: scratch.url,
            shell: "N=$(printf 'caf\\351'); mkdir \"$N\" && cd \"$N\" && exec \"$0\" \"$@\""
        )
        #expect(ending.status == 2, "\(ending.errors)")
        #expect(ending.errors.contains("caf\\xe9'") && ending.errors.contains("not UTF-8"))
        let files = try FileManager.default.contentsOfDirectory(atPath: scratch.url.path)
        #expect(files.count <= 1, "\(files)")
    }

    /// What is UTF-8 goes through, whatever it says.
    @Test(arguments: ["caf\u{e9}.png", "红.png", "\u{1F98A}.png", "e\u{301}.png"])
    func text(_ name: String) throws {
        let ending = try RunningCommand.run(["info", name], in: scratch.url)
        #expect(!ending.errors.contains("not UTF-8"), "\(ending.errors)")
    }
}
