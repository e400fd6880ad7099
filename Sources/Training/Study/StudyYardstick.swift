import Adversarial
import Autoregressive
import Datasets
import Foundation
import ImageMetrics
import Midjourney
import Neural
import Runs
import Torch

/// What a study measures drawings with: a judge that learned the real pictures, and what it sees in
/// those held out.
final class StudyYardstick {
    private let judge: StudyJudge
    private let heldOut: PictureCache
    private let classes: Int
    private let chosen: [Int]
    private let real: Tensor
    /// The share of held-out pictures whose class the judge tells.
    let accuracy: Double

    /// A yardstick for a recipe's pictures, its judge taken from a file or trained and kept there.
    ///
    /// - Parameters:
    ///   - recipe: Whose pictures are judged.
    ///   - data: The pictures.
    ///   - file: Where the judge is kept.
    ///   - samples: Drawings and held-out pictures to compare; fewer where there are fewer.
    /// - Throws: What is wrong with the judge's file.
    init(_ recipe: Recipe, data: TrainingData, file: URL, samples: Int) throws {
        guard let heldOut = data.heldOut else {
            throw TrainingError.nothingHeldOut(set: recipe.data.set)
        }
        self.heldOut = heldOut
        classes = data.training.classNames.count
        // Sets have an order: the first pictures of MNIST are the clearest ones.
        chosen = StudyYardstick.chosen(samples, of: heldOut)
        judge = StudyJudge(
            channels: recipe.data.channels,
            classes: classes,
            using: RandomSource(seed: 1, purpose: "judge")
        )
        if FileManager.default.fileExists(atPath: file.path) {
            let kept = try Safetensors.read(from: file, expecting: judge.outline())
            try judge.load(state: kept.tensors, origin: file.path)
        } else {
            let epochs = max(3, 60_000 / data.training.count)
            try judge.train(on: data.training, epochs: min(epochs, 30), seed: 1)
            try Safetensors.write(judge.state(), metadata: [:], to: file)
        }
        judge.setTraining(false)
        let seen = StudyYardstick.features(judge, of: chosen, heldOut)
        real = seen
        let wanted = Tensor(chosen.map { heldOut.labels[$0] })
        accuracy = withoutGradients { [judge] in
            (judge.named(seen) .== wanted).converted(to: .float32).mean().item()
        }
    }

    /// So many numbers of pictures, by chance.
    private static func chosen(_ count: Int, of pictures: PictureCache) -> [Int] {
        Array(Permutation(count: pictures.count, seed: 0).order(epoch: 0).prefix(count))
    }

    /// Features of real pictures.
    private static func features(
        _ judge: StudyJudge,
        of chosen: [Int],
        _ pictures: PictureCache
    ) -> Tensor {
        features(judge, chosen.count) { range in
            pictures.batch(chosen[range]).tensor().converted(to: .float32)
        }
    }

    /// Features of so many pictures, some at a time.
    private static func features(
        _ judge: StudyJudge,
        _ count: Int,
        _ pictures: (Range<Int>) -> Tensor
    ) -> Tensor {
        withoutGradients {
            Tensor.concatenated(
                stride(from: 0, to: count, by: 100).map { start in
                    judge.features(pictures(start..<min(start + 100, count)))
                }
            )
        }
    }

    /// Figures of real pictures that the judge learned from: what no drawing can be expected to
    /// surpass.
    func figures(ofReal pictures: PictureCache) -> [String: Double] {
        compared(
            StudyYardstick.features(
                judge,
                of: StudyYardstick.chosen(chosen.count, of: pictures),
                pictures
            )
        )
    }

    /// Figures of the generator in a file of weights.
    ///
    /// - Throws: What is wrong with the file.
    func figures(of file: URL) throws -> [String: Double] {
        let (tensors, metadata) = try Safetensors.read(from: file)
        guard let description = try ModelDescription(metadata: metadata) else {
            throw TrainingError.notACheckpoint(path: file.path)
        }
        let generator = try description.generator()
        try generator.load(state: tensors, origin: file.path)
        generator.setTraining(false)
        return withoutGradients {
            var figures = marks(of: generator)
            if let tokens = generator as? TokenGenerator {
                figures.merge(restorations(tokens)) { $1 }
            } else {
                let isUniform = description.distribution == "uniform"
                figures.merge(drawings(generator, isUniform ? .uniform : .normal)) { $1 }
            }
            return figures
        }
    }

    /// What the generator says of held-out pictures itself.
    private func marks(of generator: any Generator) -> [String: Double] {
        let exam = Exam(count: chosen.count, batch: 100, device: .cpu) {
            [heldOut, chosen] range in
            let batch = heldOut.batch(chosen[range])
            return (batch.tensor(), generator.labelCount > 0 ? Tensor(batch.labels) : nil)
        }
        let names = [
            Recipe.Figure.bits.rawValue: "bits", "Evaluation/psnr": "psnr",
            "Evaluation/nats_per_code": "nats",
        ]
        return Dictionary(
            exam.marks(of: generator).map { (names[$0.key] ?? $0.key, $0.value) }
        ) { first, _ in first }
    }

    /// Drawings, and drafts where they are drawn again.
    private func drawings(
        _ generator: any Generator,
        _ distribution: LatentSource.Distribution
    ) -> [String: Double] {
        let latents = LatentSource(
            size: generator.latentSize,
            distribution: distribution,
            using: RandomSource(seed: 0, purpose: "study")
        )
        let count = chosen.count
        let noise = latents.latents(count, device: .cpu)
        let asked = (0..<count).map { $0 % max(classes, 1) }
        func drawn(_ draw: (Tensor, Tensor?) -> Tensor) -> Tensor {
            StudyYardstick.features(judge, count) { range in
                let labels = generator.labelCount > 0 ? Tensor(Array(asked[range])) : nil
                return draw(noise.sliced(range, along: 0), labels)
            }
        }
        let features = drawn { generator($0, labels: $1) }
        var figures = compared(features)
        let named = judge.named(features)
        if generator.labelCount > 0 {
            figures["asked"] =
                (named .== Tensor(asked)).converted(to: .float32).mean().item()
        }
        let balance = ClassBalance(named.elements(as: Int.self), classes: classes)
        figures["class_distance"] = balance.distanceFromEven
        // Fewer than half of the classes' entropy, or next to nothing of the real pictures near.
        let isCollapsed = balance.evenness < 0.5 || (figures["coverage"] ?? 0) < 0.02
        figures["collapsed"] = isCollapsed ? 1 : 0
        if generator is RefinedGenerator {
            let drafts = drawn { generator.sketch($0, labels: $1) ?? $0 }
            figures["draft_fid"] = frechetDistance(drafts, real)
        }
        return figures
    }

    /// Held-out pictures made from their codes.
    private func restorations(_ generator: TokenGenerator) -> [String: Double] {
        let features = StudyYardstick.features(judge, chosen.count) { [heldOut, chosen] range in
            generator.pictures(generator.tokenizer.codes(of: heldOut.batch(chosen[range]).tensor()))
        }
        var figures = compared(features)
        figures["codes_in_use"] = generator.tokenizer.codebook.shareInUse
        figures["perplexity"] = generator.tokenizer.codebook.perplexity
        return figures
    }

    private func compared(_ features: Tensor) -> [String: Double] {
        let scores = ManifoldScores(features, beside: real, k: 5)
        let kernel = KernelDistance(
            features,
            real,
            using: RandomSource(seed: 0, purpose: "kernel distance")
        )
        return [
            "fid": frechetDistance(features, real), "kid": kernel.mean * 1000,
            "precision": scores.precision, "recall": scores.recall, "coverage": scores.coverage,
        ]
    }
}
