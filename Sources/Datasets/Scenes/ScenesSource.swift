import Foundation
import Imaging

/// Scenes put together from sprites, with captions in English and Chinese, without end.
///
/// Scene *i* of a seed is a pure function of both: nothing is stored. As a source it has a first part
/// of them; `ExampleStream` goes on.
public struct ScenesSource: PictureSource, ExampleStream {
    /// `scenes-seen`, or `scenes-held-out`.
    public let name: String

    /// What kind of thing comes first.
    public let classNames = ConceptKind.allCases.map(\.rawValue)

    /// The pictures, the seed and the version of the rules.
    public private(set) var origin: Origin

    /// How many scenes the source lists.
    public let count: Int

    /// Pixels a side.
    public let pixels: Int

    /// How many scenes make an epoch.
    public let epochLength: Int

    /// Which scenes.
    public let part: ScenePart

    /// The place that all scenes are in; nothing for each in its own.
    var place: ScenePlace?

    let maker: SceneMaker
    /// What makes the scenes of the stream from a number on: things alone; nothing where scenes go on.
    private var later: (maker: SceneMaker, from: Int)?
    private let renderer: SceneRenderer
    private let isWhole: Bool

    /// Raised with every change of what a number gives.
    private static let version = 4

    /// Scenes of a seed.
    ///
    /// - Parameters:
    ///   - bank: The sprites.
    ///   - pixels: Pixels a side, 8 to 4096.
    ///   - part: With or without combinations that are held out.
    ///   - production: The one way in which they are put together; nothing for all.
    ///   - setting: What is around what they are about.
    ///   - saysAll: Whether captions leave nothing out.
    ///   - seed: Of all scenes.
    ///   - count: How many the source lists.
    ///   - epochLength: How many make an epoch.
    /// - Throws: `DatasetError` for numbers that are out of range.
    public init(
        _ bank: SpriteBank,
        pixels: Int = 128,
        part: ScenePart = .seen,
        production: SceneProduction? = nil,
        setting: SceneSetting = .any,
        saysAll: Bool = false,
        seed: UInt64 = 0,
        count: Int = 2_000,
        epochLength: Int = 20_000
    ) throws {
        guard (8...4096).contains(pixels), count > 0, epochLength > 0 else {
            throw DatasetError(
                .request,
                at: "scenes",
                "\(count) scenes of \(pixels) pixels are out of range",
                cure: "choose from 8 to 4096 pixels and at least one scene"
            )
        }
        (self.pixels, self.part, self.count, self.epochLength) = (pixels, part, count, epochLength)
        name = "scenes-\(part.rawValue)"
        isWhole = saysAll
        maker = SceneMaker(
            bank: bank,
            seed: seed,
            part: part,
            production: production,
            setting: setting
        )
        renderer = SceneRenderer(bank: bank, side: pixels)
        let ways = production?.rawValue ?? "all"
        origin = Origin(
            identity:
                "scenes \(part.rawValue) \(ways) \(setting.rawValue)\(saysAll ? " whole" : "")"
                + " \(pixels) \(seed) \(count) v\(Self.version)|\(bank.pictures.origin.identity)",
            state: bank.pictures.origin.state
        )
    }

    /// The same scenes, whose stream shows things alone from a number on.
    ///
    /// - Parameter number: Of the first such picture, counted from the beginning of training.
    /// - Returns: A source with the same list.
    public func alone(from number: Int) -> ScenesSource {
        var source = self
        source.later = (
            SceneMaker(bank: maker.bank, seed: maker.seed, part: part, setting: .alone), number
        )
        source.origin = Origin(
            identity: "\(origin.identity) alone from \(number)",
            state: origin.state
        )
        return source
    }

    /// Production, kind, captions.
    public func record(at index: Int) -> ExampleRecord { record(of: index, by: maker) }

    private func record(of index: Int, by maker: SceneMaker) -> ExampleRecord {
        let scene = maker.scene(at: index)
        var chance = Chance(seed: maker.seed &+ 1, number: index, purpose: 0)
        let caption = SceneCaption(bank: maker.bank, scene: scene, isWhole: isWhole)
        let captions = caption.captions(&chance)
        return ExampleRecord(
            identifier: "\(part.rawValue)-\(index)",
            label: kind(of: scene).flatMap(ConceptKind.allCases.firstIndex),
            captions: captions,
            tags: [scene.production.rawValue]
        )
    }

    /// Draws a scene.
    public func picture(at index: Int) throws -> Picture {
        Picture(
            width: pixels,
            height: pixels,
            channels: 4,
            samples: renderer.bytes(of: scene(at: index))
        )
    }

    /// Picture and record of a scene; counted on from epoch to epoch.
    public func example(number: Int) -> StreamedExample {
        if let later, number >= later.from {
            return StreamedExample(
                pixels: renderer.bytes(of: later.maker.scene(at: number)),
                record: record(of: number, by: later.maker)
            )
        }
        return StreamedExample(
            pixels: renderer.bytes(of: scene(at: number)),
            record: record(at: number)
        )
    }

    /// The scene of a number, in the place that is asked for.
    private func scene(at number: Int) -> Scene {
        var scene = maker.scene(at: number)
        scene.place = place ?? scene.place
        return scene
    }

    /// Names of everything that can be in a scene, as captions have them.
    public var vocabulary: [String] {
        let concepts = maker.bank.concepts.flatMap { concept in
            ([concept.noun] + concept.otherNouns).flatMap { [$0.text, $0.plural] }
                + [concept.chinese].compactMap { $0 } + concept.otherChinese
        }
        let plain = maker.bank.plain.seen.values.joined().sorted().flatMap { index in
            maker.bank.pictures.record(at: index).captions.map(\.text)
        }
        let sample = (0..<20_000).flatMap { record(at: $0).captions.map(\.text) }
        return concepts + plain + sample
    }

    /// Whether a scene shows a combination that is held out.
    public func hasHeldOutCombination(at number: Int) -> Bool {
        maker.combinations(of: maker.scene(at: number))
            .contains(where: HeldOutCombination.isHeldOut)
    }

    /// How many things scenes are made of.
    public var conceptCount: Int { maker.bank.concepts.count }

    private func kind(of scene: Scene) -> ConceptKind? {
        if let first = scene.things.first { return maker.bank.concepts[first.concept].kind }
        guard let picture = scene.picture else { return nil }
        let tags = maker.bank.pictures.bareRecord(at: picture).tags
        if tags.count > 1, let kind = ConceptKind(group: tags[0], subgroup: tags[1]) {
            return kind
        }
        return .thing
    }
}
