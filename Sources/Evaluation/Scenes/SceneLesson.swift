import Datasets
import Foundation
import Imaging
import Torch

/// Scenes for a judge to learn from, those with combinations that are held out among them.
struct SceneLesson {
    /// A batch: pictures and what is in them.
    struct Batch {
        /// As the judge looks at them, N×4×128×128.
        let pictures: Tensor
        let facts: [SceneFacts]
    }

    private let sources: [ScenesSource]
    /// What tells the lesson from all others, in hexadecimal.
    let digest: String
    /// How many things can be in a scene.
    let conceptCount: Int
    /// Raised with every change of what a judge is.
    private static let version = 2

    /// Lessons of sprites.
    ///
    /// - Throws: `DatasetError` where the sprites are not enough.
    init(_ bank: SpriteBank) throws {
        sources = try [ScenePart.seen, .seen, .heldOut].map {
            try ScenesSource(bank, pixels: SceneJudge.pixels, part: $0, seed: 0x6A75_6467)
        }
        conceptCount = sources[0].conceptCount
        let names = sources[0].conceptNames.joined(separator: "\n")
        digest = String(
            XXHash64.hash(
                sources.map(\.origin.identity).joined(separator: "|") + names + "v\(Self.version)"
            ),
            radix: 16
        )
    }

    /// The scenes that follow so many: whole pictures, of which only a name is known, are left out.
    func batch(_ count: Int, after start: Int) throws -> Batch {
        var (samples, facts): ([Picture], [SceneFacts]) = ([], [])
        // A number gives one scene at most, so that a batch is found again from its start alone.
        let wanted = (start * 2..<(start + count) * 2)
        for number in wanted where facts.count < count {
            let source = sources[number % sources.count]
            guard let found = source.facts(at: number) else { continue }
            facts.append(found)
            samples.append(try source.picture(at: number))
        }
        return Batch(pictures: SceneJudge.numbers(samples), facts: facts)
    }
}
