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
    var mark: String {
        switch suffix {
        case "": "_inception"
        case "_local": ""
        default: suffix
        }
    }

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
