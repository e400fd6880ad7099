import Datasets
import Foundation
import Torch

/// A published network that looks at coloured pictures.
protocol PictureNetwork {
    /// The network's name.
    var name: String { get }
    /// What follows the names of figures by it.
    var suffix: String { get }

    /// What the network sees.
    ///
    /// Shape: N×3×H×W, −1 … 1 → N×d.
    func features(_ pictures: Tensor) -> Tensor

    /// What is said of features.
    ///
    /// Shape: N×d → N×classes.
    func logits(_ features: Tensor) -> Tensor
}

extension InceptionNetwork: PictureNetwork {
    var name: String { "Inception" }
    var suffix: String { "" }
}

extension VGGNetwork: PictureNetwork {
    var name: String { "VGG" }
    var suffix: String { "_vgg" }
}

/// A published network, from a file that a user has.
struct FileFeatures: FeatureSource {
    let digest: String
    private let network: any PictureNetwork

    var name: String { network.name }
    var suffix: String { network.suffix }

    /// Reads the weights, of VGG or of Inception.
    ///
    /// - Throws: `FeatureError` for another network, `TorchError` for a damaged file.
    init(contentsOf file: URL) throws {
        let tensors = try Safetensors.read(from: file).tensors
        network =
            tensors["features.0.weight"] == nil
            ? try InceptionNetwork(tensors, origin: file.path)
            : try VGGNetwork(tensors, origin: file.path)
        digest = try XXHash64.digits(of: file)
    }

    func features(_ pictures: Tensor) -> Tensor {
        let channels = pictures.size(1)
        // Colours of transparent pictures are premultiplied: what is clear is black.
        let colours =
            channels.isMultiple(of: 2) ? pictures.sliced(0..<channels - 1, along: 1) : pictures
        let three =
            colours.size(1) == 1
            ? Tensor.concatenated([colours, colours, colours], along: 1) : colours
        // Some at a time: maps are large.
        return Tensor.concatenated(
            stride(from: 0, to: three.size(0), by: 10).map { start in
                network.features(three.sliced(start..<min(start + 10, three.size(0)), along: 0))
            }
        )
    }

    func logits(_ features: Tensor) -> Tensor? { network.logits(features) }
}
