import Adversarial
import Foundation
import Generation
import Midjourney
import Runs
import Settings
import TestSupport
import Testing
import Torch

/// Whatever numbers a file of weights gives for its network, it is refused with its name, or draws.
@Suite struct ModelFileExtremesTests {
    enum Kind: CaseIterable {
        case words
        case styles
        case repair
    }

    private let scratch: ScratchFolder

    init() throws {
        scratch = try ScratchFolder()
    }

    private func file(_ kind: Kind) throws -> URL {
        switch kind {
        case .words: try WordsModel.write(in: scratch)
        case .styles: try StylesModel.write(in: scratch.url)
        case .repair: try RepairModel.write(in: scratch, factor: 2)
        }
    }

    @Test(arguments: Kind.allCases)
    func numbers(_ kind: Kind) throws {
        let (tensors, metadata) = try Safetensors.read(from: file(kind))
        let described = try #require(metadata[ModelDescription.key])
        let tree = try JSONDecoder().decode(SettingValue.self, from: Data(described.utf8))
        let isLoud = ProcessInfo.processInfo.environment["ATELIER_EXTREMES"] == "1"
        let changed = scratch.url.appending(path: "changed.safetensors")
        var (refused, drawn) = (0, 0)
        for change in Extremes.changes(of: tree) {
            if isLoud {
                let line = "\(kind) \(change.path.joined(separator: ".")) \(change.value.summary)\n"
                FileHandle.standardError.write(Data(line.utf8))
            }
            var texts = metadata
            texts[ModelDescription.key] = String(
                decoding: try JSONEncoder().encode(change.tree),
                as: UTF8.self
            )
            try Safetensors.write(
                tensors.map { ($0.key, $0.value) },
                metadata: texts,
                to: changed
            )
            do {
                let model = try GeneratorModel(contentsOf: changed)
                if kind != .repair {
                    _ = try model.draw(DrawingRequest(seed: 1, indices: [0]))
                }
                drawn += 1
            } catch {
                #expect("\(error)".count > 20, "\(change.path)")
                refused += 1
            }
        }
        #expect(refused > 50 && drawn > 10)
    }

    /// More classes than a network has, and pieces that it has no vectors for.
    @Test func namesBeyondTheNetwork() throws {
        let file = try WordsModel.write(in: scratch)
        let (tensors, metadata) = try Safetensors.read(from: file)
        let changed = scratch.url.appending(path: "changed.safetensors")
        func model(_ change: (inout ModelDescription) -> Void) throws -> GeneratorModel {
            var description = try #require(try ModelDescription(metadata: metadata))
            change(&description)
            try Safetensors.write(
                tensors.map { ($0.key, $0.value) },
                metadata: try description.metadata(),
                to: changed
            )
            return try GeneratorModel(contentsOf: changed)
        }
        #expect(throws: (any Error).self) { try model { $0.text?.filler = 281 } }
        #expect(throws: (any Error).self) { try model { $0.text?.length = 5 } }
        let classes = try model {
            $0.text = nil
            $0.classNames = (0..<400).map { "class \($0)" }
        }
        #expect(throws: (any Error).self) {
            try classes.draw(DrawingRequest(seed: 1, count: 1, of: "class 399"))
        }
    }
}
