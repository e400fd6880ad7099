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

    /// What it makes of what.
    var network: String {
        switch self {
        case .janus: "text to picture"
        case .biggan: "class to picture"
        }
    }

    /// Licence, data and limits.
    var terms: String {
        switch self {
        case .janus: KnownModel.Terms.janus
        case .biggan: KnownModel.Terms.biggan
        }
    }

    /// The kind that a folder's `config.json` tells.
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
        } else {
            throw .otherModel(path: folder.url.path, kind: kind ?? "none")
        }
    }
}
