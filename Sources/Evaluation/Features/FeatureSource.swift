import Datasets
import Foundation
import Torch

/// A network by whose features pictures are compared.
protocol FeatureSource {
    /// The network's name, which goes with every figure that it measured.
    var name: String { get }
    /// What figures by its features are called: the name of the figure, and what follows it.
    var suffix: String { get }
    /// What tells the network's weights from all others, in hexadecimal.
    var digest: String { get }

    /// What the network sees.
    ///
    /// Shape: N×C×H×W, −1 … 1 → N×d.
    func features(_ pictures: Tensor) -> Tensor

    /// What the network takes pictures for; nothing where it cannot tell.
    ///
    /// Shape: N×d features → N×classes.
    func logits(_ features: Tensor) -> Tensor?
}

extension FeatureSource {
    /// What follows the names of figures that have no word for the network in them.
    var mark: String { suffix.isEmpty ? "_inception" : "" }

    /// What the network sees in pictures, some at a time.
    ///
    /// Shape: so many pictures by their places → N×d.
    func features(_ count: Int, _ pictures: (Range<Int>) throws -> Tensor) rethrows -> Tensor {
        try withoutGradients {
            Tensor.concatenated(
                try stride(from: 0, to: count, by: 100).map { start in
                    features(try pictures(start..<min(start + 100, count)))
                }
            )
        }
    }
}

/// The Inception network, from a file that a user has.
struct InceptionFeatures: FeatureSource {
    let name = "Inception"
    let suffix = ""
    let digest: String
    private let network: InceptionNetwork

    /// Reads the weights.
    ///
    /// - Throws: `FeatureError` for another network, `TorchError` for a damaged file.
    init(contentsOf file: URL) throws {
        network = try InceptionNetwork(Safetensors.read(from: file).tensors, origin: file.path)
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
