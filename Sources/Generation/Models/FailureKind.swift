import Adversarial
import Datasets
import Imaging
import Prompts
import Requests
import Torch

/// What kind of failure an error is, for programs that tell it to others.
public enum FailureKind: String, Sendable, CaseIterable {
    /// Something that was asked for has a value that it cannot have.
    case invalidValue = "invalid_value"
    /// There is no such model.
    case modelNotFound = "model_not_found"
    /// A parameter that is not known, or that the model does not follow.
    case unsupportedParameter = "unsupported_parameter"
    /// A picture that cannot be read or used.
    case invalidImage = "invalid_image"
    /// A recording that cannot be read or understood.
    case invalidAudio = "invalid_audio"
    /// A part of the studio that is installed only where it is wanted.
    case notInstalled = "not_installed"
    /// The fault is not that of who asked.
    case serverError = "server_error"

    /// The kind of an error, and which parameter or field is wrong: `prompt`, `model`, `pictures`, `mask`,
    /// `numbers`, or the name of a prompt's parameter.
    ///
    /// - Parameter error: Of reading, drawing or writing.
    /// - Returns: Both.
    public static func of(_ error: any Error) -> (kind: FailureKind, parameter: String?) {
        switch error {
        case let error as RequestProblem: (.invalidValue, error.field)
        case let error as PromptError: of(error)
        case let error as GenerationError: of(error)
        case let error as ImagingError: of(error)
        case TorchError.badWeights, is StateMismatch, is BigGANError, is DecodingError:
            (.invalidValue, "model")
        case TorchError.file: (.modelNotFound, "model")
        default: (.serverError, nil)
        }
    }

    private static func of(_ error: PromptError) -> (FailureKind, String?) {
        switch error.kind {
        case .unsupported, .unknownParameter: (.unsupportedParameter, error.parameter)
        default: (.invalidValue, error.parameter ?? "prompt")
        }
    }

    private static func of(_ error: GenerationError) -> (FailureKind, String?) {
        switch error {
        case .missing, .noSnapshot, .noModel, .notInstalled, .updatesAlone, .partOfModel:
            (.modelNotFound, "model")
        case .otherModel, .unknownFamily, .otherVersion, .noData, .noWords, .noEditing, .noRepair,
            .noTranslation, .noWayBack,
            .badModelName, .modelExists, .littleMemory, .damagedModel, .notPublished,
            .noUpdates, .otherLayers:
            (.invalidValue, "model")
        case .longText, .unknownClass, .noClasses, .oneClass, .noRecord, .edited, .otherWeights,
            .otherUpscaler:
            (.invalidValue, "prompt")
        case .lacks(.drawing, _), .lacks(.styles, _), .lacks(.projection, _),
            .lacks(.exploring, _):
            (.invalidValue, "model")
        case .lacks(.variety, _): (.unsupportedParameter, PromptParameter.chaos.rawValue)
        case .lacks(.wrapping, _): (.unsupportedParameter, PromptParameter.panorama.rawValue)
        case .lacks: (.unsupportedParameter, nil)
        case .noCritic: (.unsupportedParameter, PromptParameter.quality.rawValue)
        case .otherFactor, .wideMargins, .noLayers, .noLayer: (.invalidValue, "numbers")
        case .tooLarge, .longStrip: (.invalidImage, "pictures")
        case .otherMask, .emptyMask, .badMask: (.invalidImage, "mask")
        case .notBundled: (.serverError, nil)
        }
    }

    private static func of(_ error: ImagingError) -> (FailureKind, String?) {
        switch error {
        case .notEncoded, .notWritten, .notDrawn, .unavailable: (.serverError, nil)
        default: (.invalidImage, "pictures")
        }
    }
}
