import Datasets
import Foundation
import Generation
import ImageMetrics
import Prompts
import Torch

/// Asks a model for scenes, in words, and has a judge look at what it draws.
///
/// No drawing is chosen but by the model itself; what the judge makes of real scenes is measured beside: no drawing can be told
/// better than those.
///
/// Source: Ghosh, Hajishirzi and Schmidt, "GenEval", NeurIPS 2023, for the rows.
public final class SceneExam {
    /// How much is asked.
    public struct Effort: Sendable, Equatable {
        /// Drawings of each row, part and language.
        public var drawings = 400
        /// Drawings of each prompt.
        public var each = 4
        /// Scenes that the judge learns from.
        public var lessons = 120_000
        /// Whether scenes are drawn as a whole, and not put together from things that are drawn one by one.
        public var drawsWhole = false
        /// How it is drawn; as is usual for the model where nothing is said.
        public var sampling: SamplingOptions?

        /// As in the published card.
        public init() {}
    }

    private let bank: SpriteBank
    private let judge: SceneJudge
    private let effort: Effort
    /// The key of the exam's scenes; no model has trained on them.
    private static let seed: UInt64 = 0x6578_616D
    private static let batch = 50

    /// Prepares an exam: trains the judge, or takes it from its file; nothing where that was stopped.
    ///
    /// - Parameters:
    ///   - bank: What scenes are made of.
    ///   - effort: How much is asked.
    ///   - folder: Where judges are kept.
    ///   - notice: Told what happens.
    ///   - isStopping: Whether to leave.
    /// - Throws: What is wrong with the data.
    public init?(
        _ bank: SpriteBank,
        effort: Effort = Effort(),
        keptIn folder: URL,
        notice: (String) -> Void,
        isStopping: () -> Bool = { false }
    ) throws {
        let judge = try SceneJudge.trained(
            on: bank,
            pictures: effort.lessons,
            keptIn: folder,
            notice: notice,
            isStopping: isStopping
        )
        guard let judge else { return nil }
        (self.bank, self.judge, self.effort) = (bank, judge, effort)
    }

    /// The scenes of a row.
    private func scenes(_ row: SceneExamRow, _ part: ScenePart) throws -> ScenesSource {
        try ScenesSource(
            bank,
            pixels: SceneJudge.pixels,
            part: part,
            production: row.production,
            setting: row.setting,
            saysAll: true,
            seed: Self.seed ^ UInt64(SceneExamRow.allCases.firstIndex(of: row) ?? 0)
        )
    }

    /// What the judge makes of real scenes, and of those made from a model's codes.
    ///
    /// - Parameters:
    ///   - row: What is asked for.
    ///   - part: Seen or held-out combinations.
    ///   - remake: Makes pictures from their codes, N×4×128×128; nothing for real ones.
    /// - Returns: The share that it tells rightly.
    /// - Throws: What the model cannot do.
    public func ceiling(
        _ row: SceneExamRow,
        _ part: ScenePart,
        remake: ((Tensor) throws -> Tensor)? = nil
    ) throws -> Double {
        let source = try scenes(row, part)
        var right = 0
        for start in stride(from: 0, to: effort.drawings, by: Self.batch) {
            let numbers = Array(start..<min(start + Self.batch, effort.drawings))
            let facts = numbers.compactMap(source.facts)
            var pictures = try SceneJudge.numbers(numbers.map(source.picture))
            if let remake { pictures = try remake(pictures) }
            let verdict = SceneVerdict(pictures, facts, by: judge)
            right += facts.indices.count { verdict.isRight($0, in: row, facts[$0]) }
        }
        return Double(right) / Double(effort.drawings)
    }

    /// What a model draws for one row, part and language.
    struct Drawn {
        var right = 0
        var drawings = 0
        var seconds = 0.0
        var features: [Tensor] = []
    }

    /// Asks a model.
    ///
    /// - Parameters:
    ///   - model: What draws.
    ///   - row: What is asked for.
    ///   - part: Seen or held-out combinations.
    ///   - language: In which it is asked.
    ///   - watch: Told of each prompt, its drawings, and which of them are right.
    /// - Returns: How often it was right.
    /// - Throws: What the model cannot draw.
    func drawn(
        by model: GeneratorModel,
        _ row: SceneExamRow,
        _ part: ScenePart,
        _ language: String,
        watch: (SceneExamAnswer) throws -> Void
    ) throws -> Drawn {
        let source = try scenes(row, part)
        var found = Drawn()
        var number = 0
        while found.drawings < effort.drawings {
            defer { number += 1 }
            let captions = source.record(at: number).captions
            guard let text = captions.first(where: { $0.language == language })?.text,
                let facts = source.facts(at: number)
            else { continue }
            let count = min(effort.each, effort.drawings - found.drawings)
            var request = model.request(seed: UInt64(number), indices: Array(0..<count))
            request.parts = [Prompt.Part(text: text, weight: 1)]
            request.sampling = effort.sampling ?? request.sampling
            request.isComposed = !effort.drawsWhole
            let start = ContinuousClock.now
            let drawings = try model.draw(request).map { drawing in
                let (width, height) = model.size
                return drawing.picture.width == width
                    ? drawing.picture : drawing.picture.resized(width: width, height: height)
            }
            found.seconds += (ContinuousClock.now - start) / .seconds(1)
            let asked = [SceneFacts](repeating: facts, count: count)
            let verdict = SceneVerdict(SceneJudge.numbers(drawings), asked, by: judge)
            let right = (0..<count).map { verdict.isRight($0, in: row, facts) }
            found.right += right.count { $0 }
            found.drawings += count
            found.features.append(verdict.features)
            try watch(
                SceneExamAnswer(
                    row: row,
                    part: part,
                    language: language,
                    text: text,
                    right: right,
                    drawings: drawings
                )
            )
        }
        return found
    }

    /// Features of real scenes, chosen as the exam chooses what it asks for.
    ///
    /// Shape: N×256.
    func realFeatures(_ row: SceneExamRow, _ part: ScenePart, count: Int) throws -> Tensor {
        let source = try scenes(row, part)
        let numbers = (0..<count).map { 100_000 + $0 }
        return try Tensor.concatenated(
            stride(from: 0, to: count, by: Self.batch).map { start in
                let some = Array(numbers[start..<min(start + Self.batch, count)])
                return try SceneVerdict(
                    SceneJudge.numbers(some.map(source.picture)),
                    some.compactMap(source.facts),
                    by: judge
                ).features
            }
        )
    }

    /// Held-out scenes of all kinds, as a model's numbers.
    ///
    /// Shape: N×4×128×128.
    func heldOutPictures(_ count: Int) throws -> Tensor {
        let source = try ScenesSource(
            bank,
            pixels: SceneJudge.pixels,
            part: .heldOut,
            seed: Self.seed
        )
        return try SceneJudge.numbers((0..<count).map(source.picture))
    }

    /// Drawings of each row, part and language.
    var drawings: Int { effort.drawings }
}
