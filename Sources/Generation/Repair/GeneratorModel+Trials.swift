import Midjourney
import Torch

extension GeneratorModel {
    /// Whether the model repairs pictures and draws none.
    public var isRepairing: Bool { sampler.repairer != nil }

    /// What a repairing model is tried with, by name: each damage, or the smaller size.
    ///
    /// - Throws: `GenerationError.noRepair` for other models.
    public func trials() throws -> [(name: String, shares: Damage.Shares?)] {
        guard let repairer = sampler.repairer else {
            throw GenerationError.noRepair("restore", model: description.recipe)
        }
        guard repairer.factor == 1 else { return [("small", nil)] }
        return Damage.Shares.each.map { ($0.name, $0.shares) }
    }

    /// Real pictures damaged and repaired again.
    ///
    /// - Parameters:
    ///   - real: N×C×H×W, −1 … 1, of the model's size.
    ///   - shares: How they are damaged; as in training by default.
    ///   - source: Of the chance in it.
    /// - Returns: The pictures before, enlarged bicubically where they were made smaller, and after.
    /// - Throws: `GenerationError.noRepair` for other models.
    public func trial(
        _ real: Tensor,
        _ shares: Damage.Shares?,
        using source: RandomSource
    ) throws -> (before: Tensor, after: Tensor) {
        guard let repairer = sampler.repairer else {
            throw GenerationError.noRepair("restore", model: description.recipe)
        }
        return inInferenceMode {
            let seen = repairer.damaged(real.moved(to: device), shares, using: source)
            return (
                repairer.enlarged(seen.pictures).clamped(from: -1, to: 1).moved(to: .cpu),
                repairer.repaired(seen.pictures, visible: seen.visible).moved(to: .cpu)
            )
        }
    }
}
