import Adversarial
import Foundation
import Hub
import Weights

/// The kinds of published models that are known here.
enum PublishedKind: String {
    /// A transformer that draws codes after a text.
    case janus
    /// BigGAN-deep, which draws after a class.
    case biggan
    /// aMUSEd, which draws all codes at once after a text.
    case amused

    /// What it makes of what.
    var network: String {
        switch self {
        case .janus: "text to picture"
        case .biggan: "class to picture"
        case .amused: "text to picture, in steps"
        }
    }

    /// Licence, data and limits.
    var terms: String {
        switch self {
        case .janus: KnownModel.Terms.janus
        case .biggan: KnownModel.Terms.biggan
        case .amused: KnownModel.Terms.amused
        }
    }

    /// The kind that a folder's `config.json`, or `model_index.json`, tells.
    ///
    /// - Throws: `GenerationError.otherModel` for one that is not known here.
    init(_ folder: PublishedFolder) throws(GenerationError) {
        let object =
            try? JSONSerialization.jsonObject(with: folder.configuration) as? [String: Any]
        let kind = object?["model_type"] as? String
        if let kind, ["janus", "multi_modality"].contains(kind) {
            self = .janus
        } else if kind == nil, BigGAN.Settings.isOne(folder.configuration) {
            self = .biggan
        } else if let pipeline = object?["_class_name"] as? String,
            ["AmusedPipeline", "AmusedImg2ImgPipeline", "AmusedInpaintPipeline"].contains(pipeline)
        {
            self = .amused
        } else {
            let name = kind ?? object?["_class_name"] as? String
            throw .otherModel(path: folder.url.path, kind: name ?? "none")
        }
    }
}
