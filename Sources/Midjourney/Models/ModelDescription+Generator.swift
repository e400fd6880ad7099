import Adversarial
import Runs
import Settings
import Torch

/// Why a description makes no generator.
public enum ModelProblem: Error, Sendable, Equatable {
    /// A family that this version does not know.
    case unknownFamily(String)
    /// Settings or sizes that this version does not take.
    case unfit(String)

    /// Refuses settings that have problems.
    static func refuse(_ problems: [SettingProblem]) throws(ModelProblem) {
        guard let problem = problems.first else { return }
        throw .unfit(
            "\(problem.path.joined(separator: ".")): expected \(problem.expected), found"
                + " \(problem.found)"
        )
    }
}

extension ModelDescription {
    /// The generator that is described, with random weights.
    ///
    /// - Throws: `ModelProblem` when this version cannot build it.
    public func generator() throws(ModelProblem) -> any Generator {
        guard let spec = ImageSpec(self) else {
            throw .unfit("pictures of size \(size), labels '\(labelKind)'")
        }
        guard let known = ModelFamily.registry[family] else { throw .unknownFamily(family) }
        try ModelProblem.refuse(known.problems(settings, for: spec))
        let source = RandomSource(seed: 0)
        let drafter = known.generator(
            settings,
            for: spec,
            from: distribution,
            using: NetworkStreams(weights: source, chance: source)
        )
        guard let refiner else { return drafter }
        guard let pixels = PixelNetworkFamily.registry[refiner.family] else {
            throw .unknownFamily(refiner.family)
        }
        try ModelProblem.refuse(
            pixels.problems(refiner.settings, rows: spec.height, columns: spec.width)
        )
        return RefinedGenerator(
            drafter,
            refiner,
            for: spec,
            distribution: distribution,
            using: source
        )
    }
}
