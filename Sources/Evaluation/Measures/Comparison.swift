import Checks
import Foundation
import ImageMetrics
import Torch

/// Drawings beside real pictures: every measure of them.
final class Comparison {
    let features: any FeatureSource
    let drawn: PictureSample
    let training: PictureSample
    let heldOut: PictureSample?
    /// Where features of real pictures are kept.
    private let folder: URL?
    private var seen: [String: Tensor] = [:]
    private var scores: [Int: ManifoldScores] = [:]
    /// The drawings that lie nearest to a training picture, once that was measured.
    var nearest: [NearestPair] = []

    /// A comparison by the features of a network.
    init(
        _ drawn: PictureSample,
        training: PictureSample,
        heldOut: PictureSample?,
        by features: any FeatureSource,
        keptIn folder: URL?
    ) {
        (self.drawn, self.training, self.heldOut) = (drawn, training, heldOut)
        (self.features, self.folder) = (features, folder)
    }

    /// What came of a measure.
    enum Outcome {
        /// Its figures.
        case measured([Measurement])
        /// Why there are none.
        case omitted(String)
    }

    /// Takes a measure.
    ///
    /// - Throws: What is wrong with the pictures or with kept features.
    func take(_ measure: Measure) throws -> Outcome {
        guard drawn.count >= 2, training.count >= 2 else {
            return .omitted(
                "two pictures of either at least, found \(drawn.count) drawings and"
                    + " \(training.count) real pictures"
            )
        }
        switch measure {
        case .fid: return .measured(try frechet())
        case .fidLimit: return try limit()
        case .kid: return .measured(try kernel())
        case .inception: return try inception()
        case .precisionRecall: return try manifold(3, ["precision", "recall"])
        case .densityCoverage: return try manifold(5, ["density", "coverage"])
        case .classFID: return try classDistances()
        case .classification: return classification()
        case .slicedDistance: return patches()
        case .similarity: return likeness()
        case .memory: return .measured(try memory())
        case .remaking: return .omitted("a model that draws codes, found pictures")
        case .path: return .omitted("a model that draws from latents, found pictures")
        case .bits: return .omitted("a model of pixels, found pictures")
        }
    }

    /// Random numbers of a measure: the same each time.
    func source(_ measure: Measure) -> RandomSource {
        RandomSource(seed: 0, purpose: measure.rawValue)
    }

    /// Features of a sample, looked at once.
    ///
    /// Shape: N×d.
    func seen(_ sample: PictureSample, _ name: String) throws -> Tensor {
        if let known = seen[name] { return known }
        let file = sample.key.flatMap { key in
            folder?.appending(path: "features-\(features.digest)-\(key).safetensors")
        }
        let found: Tensor
        if let file, FileManager.default.fileExists(atPath: file.path),
            let kept = try Safetensors.read(from: file).tensors["features"],
            kept.size(0) == sample.count
        {
            found = kept
        } else {
            found = features.features(sample.count) { sample.pictures(Array($0)) }
            if let file {
                try FileManager.default.createDirectory(
                    at: file.deletingLastPathComponent(),
                    withIntermediateDirectories: true
                )
                try Safetensors.write([("features", found)], metadata: [:], to: file)
            }
        }
        seen[name] = found
        return found
    }

    private func frechet() throws -> [Measurement] {
        let (a, b) = inOwnSpan(try seen(drawn, "drawn"), try seen(training, "training"))
        let source = source(.fid)
        let middle = b.mean(over: [0])
        let rows = (a - middle, b - middle)
        func again(_ rows: Tensor) -> FeatureMoments {
            var counts = [Double](repeating: 0, count: rows.size(0))
            let chosen = Tensor.integers([rows.size(0)], below: rows.size(0), using: source)
            for place in chosen.elements(as: Int.self) { counts[place] += 1 }
            return FeatureMoments(rows, counts: counts)
        }
        let real = FeatureMoments(b)
        let still = b.size(0) > 10_000 || b.size(1) > 1000 ? FeatureMoments(rows.1) : nil
        // How much the distance changes from sample to sample; each of these has more of a bias. Very many
        // real pictures would change nothing, and those of many features would take hours.
        let others = (0..<20).map { _ in
            let drawn = again(rows.0)
            return (still ?? again(rows.1)).distance(to: drawn)
        }
        return [
            Measurement(
                "fid" + features.suffix,
                real.distance(to: FeatureMoments(a)),
                half: 1.96 * deviation(others),
                drawings: a.size(0),
                real: b.size(0),
                moreIsBetter: false
            )
        ]
    }

    private func limit() throws -> Outcome {
        guard drawn.count >= 200 else { return .omitted("200 drawings, found \(drawn.count)") }
        let (a, b) = inOwnSpan(try seen(drawn, "drawn"), try seen(training, "training"))
        let found = FrechetLimit(a, b, using: source(.fidLimit))
        return .measured([
            Measurement(
                "fid_limit" + features.suffix,
                found.distance,
                drawings: a.size(0),
                real: b.size(0),
                moreIsBetter: false
            )
        ])
    }

    private func kernel() throws -> [Measurement] {
        let (a, b) = (try seen(drawn, "drawn"), try seen(training, "training"))
        let found = KernelDistance(a, b, using: source(.kid))
        let counts = (drawings: a.size(0), real: b.size(0))
        let mean = Measurement(
            "kid" + features.suffix,
            found.mean,
            drawings: counts.drawings,
            real: counts.real,
            moreIsBetter: false
        )
        // Where a subset takes all drawings, subsets say nothing of how far it may be off.
        guard min(counts.drawings, counts.real) > 1000 else { return [mean] }
        return [
            mean,
            Measurement(
                "kid" + features.suffix + "_std",
                found.deviation,
                drawings: counts.drawings,
                real: counts.real
            ),
        ]
    }

    private func inception() throws -> Outcome {
        let a = try seen(drawn, "drawn")
        let splits = a.size(0) >= 1000 ? 10 : 1
        let order = Tensor.uniform([a.size(0)], dtype: .float64, using: source(.inception))
        let mixed = a.selected(at: order.sorted(along: 0).places)
        guard let logits = withoutGradients({ features.logits(mixed) }) else {
            return .omitted(
                "a network that tells classes or captions apart, found \(features.name)"
            )
        }
        let score = InceptionScore(logits: logits, splits: splits)
        var found = [
            Measurement("is" + features.suffix, score.mean, drawings: a.size(0), moreIsBetter: true)
        ]
        if splits > 1 {
            found.append(
                Measurement("is" + features.suffix + "_std", score.deviation, drawings: a.size(0))
            )
        }
        return .measured(found)
    }

    private func manifold(_ k: Int, _ names: [String]) throws -> Outcome {
        let count = min(drawn.count, training.count)
        guard count > k else {
            return .omitted("more than \(k) pictures of either, found \(count)")
        }
        let scores = try manifold(k, count: count)
        let values =
            k == 3 ? [scores.precision, scores.recall] : [scores.density, scores.coverage]
        return .measured(
            zip(names, values).map { name, value in
                // The density is no share.
                name == "density"
                    ? Measurement(
                        name + features.mark,
                        value,
                        drawings: count,
                        real: count,
                        moreIsBetter: true
                    )
                    : .share(
                        name + features.mark,
                        value,
                        of: count,
                        drawings: count,
                        real: count
                    )
            }
        )
    }

    /// The scores of as many drawings as pictures; those for both numbers of neighbours come together.
    private func manifold(_ k: Int, count: Int) throws -> ManifoldScores {
        if let known = scores[k] { return known }
        let source = source(.precisionRecall)
        func some(_ sample: PictureSample, _ name: String) throws -> Tensor {
            let chosen = sample.chosen(count, using: source)
            return try seen(sample, name).selected(at: Tensor(chosen))
        }
        let all = [3, 5].filter { $0 < count }
        let found = ManifoldScores.each(
            of: all,
            try some(drawn, "drawn"),
            beside: try some(training, "training")
        )
        for (k, one) in zip(all, found) { scores[k] = one }
        guard let asked = scores[k] else {
            preconditionFailure("\(k) neighbours were not looked at")
        }
        return asked
    }
}
