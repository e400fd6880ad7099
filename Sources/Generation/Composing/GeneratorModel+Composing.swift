import Datasets
import Imaging
import Prompts

extension GeneratorModel {
    /// Whether scenes are put together from things that the model draws one by one.
    ///
    /// A small model that is asked in words and draws things with transparency draws one thing better than several.
    var composes: Bool { usualSide != nil && description.channels == 4 }

    /// What a part of a prompt says, as the model meets it: each thing of a scene and what cannot be shown of it, or the
    /// words as they are.
    func thingsAsDrawn(_ part: Prompt.Part) -> [String] {
        guard composes, part.weight > 0, let scene = SceneReading(part.text) else {
            return [part.text]
        }
        return scene.texts + scene.unshown
    }

    /// The scene that a request asks for; nothing where it is drawn as a whole: one thing, other models, and shapes
    /// that go on beyond one picture.
    func scene(of request: DrawingRequest) -> SceneReading? {
        let (parts, sampling) = (request.parts.filter { $0.weight > 0 }, request.sampling)
        guard composes, parts.count == 1, sampling.aspect == nil, sampling.zoom == 1,
            !sampling.isTile, sampling.isPanorama != true, request.depth == .eight
        else { return nil }
        return SceneReading(parts[0].text)
    }

    /// Draws the things of a scene, each alone and in the size that is usual, and puts them together.
    ///
    /// - Parameters:
    ///   - scene: What is asked for.
    ///   - request: The request that it was read from.
    ///   - watch: Told how much of all is drawn, from 0 to 1.
    /// - Returns: A drawing for each index.
    /// - Throws: What the model cannot do.
    func composed(
        _ scene: SceneReading,
        _ request: DrawingRequest,
        watch: ((Double) -> Void)?
    ) throws -> [Drawing] {
        let side = usualSide ?? max(size.width, size.height)
        let avoided = request.parts.filter { $0.weight < 0 }
        var drawn: [[Picture]] = []
        var upscaler: String?
        for (number, text) in scene.texts.enumerated() {
            var one = request
            one.isComposed = false
            one.parts = [Prompt.Part(text: text, weight: 1)] + avoided
            // Each thing has chances of its own; the first those that it has alone.
            one.seed = request.seed &+ UInt64(number) &* 0x9E37_79B9_7F4A_7C15
            let drawings = try draw(one) {
                watch?((Double(number) + $0) / Double(scene.texts.count))
            }
            .map { try sized($0, enlarge: 1, side: side) }
            upscaler = upscaler ?? drawings.first?.record.upscaler
            drawn.append(drawings.map(\.picture))
        }
        return try request.indices.enumerated().map { place, index in
            let picture = try scene.picture(
                of: drawn.map { $0[place] },
                side: side,
                seed: request.seed &+ UInt64(index)
            )
            var record = record(index, request, nil)
            (record.isComposed, record.upscaler) = (true, upscaler)
            return Drawing(picture: picture, record: record)
        }
    }
}
