import Foundation
import Prompts
import TestSupport
import Testing

@Suite struct PresetsTests {
    @Test func aNameStandsForParameters() throws {
        var presets = Presets()
        try presets.set("mine", "--ar 7:4  --s 250")
        let asked = "cat --mine --chaos 3"
        let prompt = try #require(try Prompt.all(of: asked, presets: presets).first)
        #expect(prompt.parameters.text == "--aspect 7:4 --chaos 3 --stylize 250")
        try presets.set("mine", "")
        #expect(presets.values.isEmpty)
    }

    @Test func twentyAreEnough() throws {
        var presets = Presets()
        for number in 0..<Presets.limit { try presets.set("p\(number)x", "--tile") }
        #expect(throws: PromptError.self) { try presets.set("another", "--tile") }
        try presets.set("p3x", "--raw")
        #expect(presets.values["p3x"] == "--raw")
    }

    @Test(
        arguments: [
            ("ar", "--tile"), ("mine", "words"), ("mine", "--unknown"), ("mine", "--chaos 101"),
            ("", "--tile"), ("a b", "--tile"), ("h", "--tile"), ("mine", "a.png --tile"),
        ])
    func whatIsNoPresetIsRefused(_ name: String, _ value: String) {
        var presets = Presets()
        #expect(throws: PromptError.self) { try presets.set(name, value) }
        #expect(presets == Presets())
    }

    @Test func filesAreKept() throws {
        let scratch = try ScratchFolder()
        let file = PresetsFile(scratch.url.appending(path: "settings/presets.json"))
        #expect(try file.read() == Presets())
        var presets = Presets()
        try presets.set("mine", "--tile")
        try file.write(presets)
        #expect(try file.read() == presets)
        try Data("x".utf8).write(to: file.url)
        #expect(throws: PromptError.self) { try file.read() }
    }
}
