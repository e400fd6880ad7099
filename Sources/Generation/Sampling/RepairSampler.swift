import Adversarial
import Midjourney
import Prompts
import Torch

/// Repairs pictures; it draws none of its own.
struct RepairSampler: ImageSampler {
    private let network: RepairGenerator
    private let conditions: ModelConditions

    /// - Parameters:
    ///   - network: In use, on its device.
    ///   - conditions: What its weights' file says.
    init(_ network: RepairGenerator, _ conditions: ModelConditions) {
        (self.network, self.conditions) = (network, conditions)
    }

    let batch = 64
    var repairer: RepairGenerator? { network }

    var missing: [ModelCapability: String] {
        let repairs = "it repairs pictures and draws none of its own"
        var missing = OneStepSampler.missing(conditions)
        for capability in [ModelCapability.drawing, .projection, .exploring] {
            missing[capability] = repairs
        }
        return missing
    }

    func artist(for batch: SampledBatch) throws -> BatchSampler {
        throw GenerationError.lacks(.drawing, model: conditions.description.recipe)
    }
}
