import Datasets
import Foundation
import Generation
import ImageMetrics
import Imaging
import Reports
import Torch

extension EvaluationSession {
    /// Lines, shares and sheets for a report.
    ///
    /// - Parameter sweep: Drawings at each point of the line of precision and recall; 0 for no line.
    /// - Returns: The details, and each sheet under the name that they give it.
    /// - Throws: What is wrong with the pictures.
    public func details(
        sweep: Int
    ) throws -> (details: EvaluationDetails, sheets: [(name: String, Picture)]) {
        watch("spectra and sheets")
        var details = EvaluationDetails()
        details.spectra = [
            spectrum("drawings", comparison.drawn), spectrum("real pictures", comparison.training),
        ]
        details.balance = try balance()
        if sweep > 0 { details.boldness = try boldness(sweep) }
        var sheets: [(name: String, Picture)] = []
        for (title, name, picture) in try self.sheets() {
            let file = "evaluation-\(name).png"
            details.sheets.append(EvaluationDetails.Sheet(title, file: file))
            sheets.append((file, picture))
        }
        return (details, sheets)
    }

    private func spectrum(_ name: String, _ sample: PictureSample) -> EvaluationDetails.Line {
        let source = RandomSource(seed: 0, purpose: "spectrum")
        let power = RadialSpectrum(sample.pictures(sample.chosen(512, using: source))).power
        return EvaluationDetails.Line(
            name,
            across: power.indices.map { Double($0 + 1) },
            up: power
        )
    }

    /// How often the local network sees each class; nothing where there are no classes, or very many.
    private func balance() throws -> [EvaluationDetails.Share] {
        guard let local = comparison.features as? LocalFeatures,
            case .classes(let labels, let names) = local.lesson, (2...40).contains(names.count)
        else { return [] }
        let seen = try comparison.seen(comparison.drawn, "drawn")
        let named = withoutGradients {
            local.network.logits(seen)[0].argmax(along: 1).elements(as: Int.self)
        }
        let own = labels.prefix(real.trainingCount)
        return names.enumerated().map { label, name in
            EvaluationDetails.Share(
                name,
                drawings: Double(named.count { $0 == label }) / Double(named.count),
                real: Double(own.count { $0 == label }) / Double(own.count)
            )
        }
    }

    /// Precision and recall from what is drawn without risk to what is drawn with much.
    private func boldness(_ samples: Int) throws -> [EvaluationDetails.Line] {
        guard case .model(let model, _, let seed) = subject else { return [] }
        let training = comparison.training
        let (values, change) = model.boldness
        var (precision, recall): ([Double], [Double]) = ([], [])
        for value in values {
            watch("drawing \(samples) pictures, boldness \(value)")
            let drawn = try DrawnSample.drawn(
                by: model,
                count: samples,
                seed: seed,
                beside: real,
                labels: nil,
                sampling: { change(&$0, value) },
                watch: { _ in }
            )
            let count = min(drawn.count, training.count)
            guard count > 3 else { return [] }
            let features = comparison.features.features(count) { drawn.pictures(Array($0)) }
            let chosen = training.chosen(count, using: RandomSource(seed: 0, purpose: "boldness"))
            let own = try comparison.seen(training, "training").selected(at: Tensor(chosen))
            let scores = ManifoldScores(features, beside: own, k: 3)
            precision.append(scores.precision)
            recall.append(scores.recall)
        }
        return [
            EvaluationDetails.Line("precision", across: values, up: precision),
            EvaluationDetails.Line("recall", across: values, up: recall),
        ]
    }

    /// The drawings that look most and least real, and those nearest to a training picture, each beside it.
    private func sheets() throws -> [(title: String, name: String, Picture)] {
        let (drawn, training) = (comparison.drawn, comparison.training)
        let (a, b) = (
            try comparison.seen(drawn, "drawn"), try comparison.seen(training, "training")
        )
        guard training.count > 3, drawn.count > 1 else { return [] }
        let some = training.chosen(5000, using: RandomSource(seed: 0, purpose: "realism"))
        let scores = Realism(a, beside: b.selected(at: Tensor(some))).scores
        let order = scores.indices.sorted { scores[$0] > scores[$1] }
        let memory = Memorisation(a, training: b)
        let near = memory.distances.indices.sorted { memory.distances[$0] < memory.distances[$1] }
            .prefix(16)
        let pairs = near.flatMap { place in
            [(drawn, place), (training, memory.nearest[place])]
        }
        func sheet(_ pictures: [Picture], columns: Int) -> Picture {
            Picture.grid(
                pictures,
                columns: columns,
                background: pictures[0].hasAlpha ? .clear : .black
            )
        }
        return [
            (
                "The drawings that look most real", "best",
                sheet(order.prefix(32).map { picture(drawn, $0) }, columns: 8)
            ),
            (
                "The drawings that look least real", "worst",
                sheet(order.suffix(32).map { picture(drawn, $0) }, columns: 8)
            ),
            (
                "Drawings that lie nearest to a training picture, each with it to its right",
                "nearest",
                sheet(pairs.map { picture($0.0, $0.1) }, columns: 8)
            ),
        ]
    }

    /// A picture of a sample.
    func picture(_ sample: PictureSample, _ place: Int) -> Picture {
        Picture.batch(of: sample.pictures([place]))[0]
    }
}
