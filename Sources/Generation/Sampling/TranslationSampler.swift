import Adversarial
import Prompts
import Torch

/// Makes pictures into pictures of another kind; it draws none of its own.
struct TranslationSampler: ImageSampler {
    private let network: TranslationGenerator
    private let conditions: ModelConditions

    /// - Parameters:
    ///   - network: In use, on its device.
    ///   - conditions: What its weights' file says.
    init(_ network: TranslationGenerator, _ conditions: ModelConditions) {
        (self.network, self.conditions) = (network, conditions)
    }

    let batch = 8
    var translator: TranslationGenerator? { network }

    var missing: [ModelCapability: String] {
        let translates = "it translates pictures and draws none of its own"
        var missing = OneStepSampler.missing(conditions)
        for capability in [ModelCapability.drawing, .projection, .exploring] {
            missing[capability] = translates
        }
        return missing
    }

    func artist(for batch: SampledBatch) throws -> BatchSampler {
        throw GenerationError.lacks(.drawing, model: conditions.description.recipe)
    }
}
