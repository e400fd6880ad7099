import Adversarial
import Torch

/// The discriminator that was trained with a model, to be looked at from outside.
public struct CriticView {
    let critic: Critic
    let device: Device
    /// Labels of these classes; nothing for models without.
    let labels: ([Int]) -> Tensor?

    /// How real pictures look, asked for by their classes where the discriminator wants to know; it has a
    /// derivative by the pictures.
    ///
    /// Shape: N×C×H×W → N.
    public func realness(_ pictures: Tensor, classes: [Int]) -> Tensor {
        critic.realness(pictures.moved(to: device), labels: labels(classes))
    }

    /// Logits of the classes, with a derivative by the pictures; nothing where none were learned.
    ///
    /// Shape: N×C×H×W → N×classes.
    public func classLogits(_ pictures: Tensor) -> Tensor? {
        critic.classLogits(pictures.moved(to: device))
    }
}

extension GeneratorModel {
    /// The discriminator that was trained with the model.
    ///
    /// - Throws: `GenerationError.noCritic` where its file is not beside the model's.
    public func criticView() throws -> CriticView {
        CriticView(critic: try critic(), device: device) { [conditions] in conditions.labels($0) }
    }
}
