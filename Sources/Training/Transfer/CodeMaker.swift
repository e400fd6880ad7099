import Adversarial
import Foundation
import Midjourney
import Neural
import Runs
import Torch

/// A trained model through whose codes real pictures go, so that another network learns to mend what codes lose.
struct CodeMaker {
    private let model: any StagedGenerator

    /// Reads the model that a recipe names.
    ///
    /// - Parameters:
    ///   - path: A file of weights, a run's folder or a checkpoint.
    ///   - spec: What the pictures are that will be shown.
    ///   - device: Where it computes.
    /// - Throws: `TrainingError.noCodes` for what has no codes of such pictures; what is wrong with the file.
    init(_ path: String, for spec: ImageSpec, on device: Device) throws {
        func refused(_ problem: String) -> TrainingError {
            .noCodes(path: path, problem: problem)
        }
        guard FileManager.default.fileExists(atPath: NSString(string: path).expandingTildeInPath)
        else { throw refused("there is no such file or folder") }
        let source = try TransferSource(contentsOf: path)
        guard let own = source.spec, let family = ModelFamily.registry[source.family] else {
            throw refused("it is of the family '\(source.family)'")
        }
        guard own.channels == spec.channels else {
            throw refused(
                "its pictures have \(own.channels) channels, the recipe's \(spec.channels)"
            )
        }
        guard [own.height, own.width] == [spec.height, spec.width] else {
            throw refused(
                "its pictures are of \(own.width)×\(own.height), those that would be shown of"
                    + " \(spec.width)×\(spec.height)"
            )
        }
        let network = family.generator(
            source.settings,
            for: own,
            using: NetworkStreams(
                weights: RandomSource(seed: 0),
                chance: RandomSource(seed: 0)
            )
        )
        guard let model = network.staged else {
            throw refused("it is of the family '\(source.family)', which has no codes")
        }
        let outline = network.outline()
        let state = source.generator.map { name, tensor in
            (name, outline[name].map { tensor.converted(to: $0.dtype) } ?? tensor)
        }
        try network.load(state: Dictionary(uniqueKeysWithValues: state), origin: path)
        network.move(to: device)
        network.setTraining(false)
        self.model = model
    }

    /// Pictures made from their codes.
    ///
    /// Shape: N×C×H×W → N×C×H×W.
    func callAsFunction(_ pictures: Tensor) -> Tensor {
        withoutGradients { model.remade(pictures).clamped(from: -1, to: 1) }
    }
}

extension AdversarialNetworks {
    /// Gives a network that learns from codes what makes them, where a recipe names it.
    ///
    /// - Throws: `TrainingError.noCodes` for what has no codes of such pictures.
    static func teachCodes(
        _ network: any Generator,
        _ recipe: Recipe,
        _ spec: ImageSpec,
        on device: Device
    ) throws {
        guard let path = recipe.data.remadeBy, let learner = network.codeLearner else { return }
        var seen = spec
        seen.height /= learner.factor
        seen.width /= learner.factor
        learner.learn(fromCodesBy: try CodeMaker(path, for: seen, on: device).callAsFunction)
    }
}
