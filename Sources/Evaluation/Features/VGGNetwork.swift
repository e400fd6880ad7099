import Torch

/// The VGG network of sixteen layers, by which precision and recall were published, with weights that a user has.
///
/// Source: Simonyan and Zisserman, "Very deep convolutional networks", 2015, configuration D; as Kynkäänniemi et al.,
/// "Improved precision and recall metric", 2019, use it: features are what the second dense layer gives.
public struct VGGNetwork {
    private static let side = 224
    /// Layers between two poolings, by their places in the original list.
    private static let stages = [[0, 2], [5, 7], [10, 12, 14], [17, 19, 21], [24, 26, 28]]
    private static let mean = [0.485, 0.456, 0.406]
    private static let deviation = [0.229, 0.224, 0.225]

    private struct Layer {
        let weight: Tensor
        let bias: Tensor
    }

    private let stages: [[Layer]]
    private let dense: [Layer]

    /// The network with these weights, under the names of torchvision; its widths are theirs.
    ///
    /// - Parameters:
    ///   - tensors: All weights; others are left aside.
    ///   - origin: Where they came from, for errors.
    /// - Throws: `FeatureError` for what is missing or does not fit what comes before.
    public init(_ tensors: [String: Tensor], origin: String) throws {
        var inputs = 3
        func layer(_ name: String, kernel: [Int]) throws -> Layer {
            guard let weight = tensors["\(name).weight"] else {
                throw FeatureError.missing("\(name).weight", origin: origin)
            }
            let outputs = weight.shape.first ?? 0
            let shape = [outputs, inputs] + kernel
            guard weight.shape == shape else {
                throw FeatureError.otherShape(
                    "\(name).weight",
                    expected: shape,
                    found: weight.shape,
                    origin: origin
                )
            }
            guard let bias = tensors["\(name).bias"], bias.shape == [outputs] else {
                throw FeatureError.missing("\(name).bias", origin: origin)
            }
            inputs = outputs
            return Layer(
                weight: weight.converted(to: .float32),
                bias: bias.converted(to: .float32)
            )
        }
        stages = try VGGNetwork.stages.map { stage in
            try stage.map { try layer("features.\($0)", kernel: [3, 3]) }
        }
        // Five poolings leave a thirty-second of the side.
        inputs *= (VGGNetwork.side / 32) * (VGGNetwork.side / 32)
        dense = try [0, 3, 6].map { try layer("classifier.\($0)", kernel: []) }
    }

    /// What the network sees in pictures of any size.
    ///
    /// Shape: N×3×H×W, −1 … 1 → N×d.
    public func features(_ pictures: Tensor) -> Tensor {
        func row(_ numbers: [Double]) -> Tensor {
            Tensor(numbers.map(Float.init)).reshaped([1, 3, 1, 1])
        }
        let colours = (pictures + 1) * 0.5
        let side = [VGGNetwork.side, VGGNetwork.side]
        var x =
            (colours.resampled(size: side, .bilinear, antialiased: true) - row(VGGNetwork.mean))
            * row(VGGNetwork.deviation.map { 1 / $0 })
        for stage in stages {
            for layer in stage {
                x = x.convolved(
                    with: layer.weight,
                    bias: layer.bias,
                    stride: [1, 1],
                    padding: [1, 1]
                ).relu()
            }
            x = x.maxPooled(window: [2, 2], stride: [2, 2])
        }
        return dense.dropLast().reduce(x.reshaped([x.size(0), -1])) {
            $0.linear(weight: $1.weight, bias: $1.bias).relu()
        }
    }

    /// What is said of features.
    ///
    /// Shape: N×d → N×classes.
    public func logits(_ features: Tensor) -> Tensor {
        features.linear(weight: dense[2].weight, bias: dense[2].bias)
    }
}
