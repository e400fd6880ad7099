import Neural
import TestSupport
import Torch

/// Builds layers from the names and arguments of PyTorch's classes.
enum TorchLayers {
    /// The layer of a case, or nothing where the class is not known.
    static func layer(_ fixture: FixtureCase) -> FixtureLayer? {
        convolution(fixture) ?? norm(fixture) ?? pooling(fixture) ?? other(fixture)
    }

    private static var source: RandomSource { RandomSource(seed: 1) }

    private static func extent(_ fixture: FixtureCase, _ option: String, _ value: Int) -> Extent {
        let sides = fixture.integers(option, count: 2, default: [value, value])
        return Extent(rows: sides[0], columns: sides[1])
    }

    private static func padding(_ fixture: FixtureCase) -> Padding {
        fixture.options["padding"] == .text("same")
            ? .same : .explicit(extent(fixture, "padding", 0))
    }

    private static func convolution(_ fixture: FixtureCase) -> FixtureLayer? {
        switch fixture.operation {
        case "Conv2d":
            let layer = Convolution2D(
                inputs: fixture.integer("in_channels"),
                outputs: fixture.integer("out_channels"),
                kernel: extent(fixture, "kernel_size", 1),
                stride: extent(fixture, "stride", 1),
                padding: padding(fixture),
                border: BorderMode(rawValue: fixture.text("padding_mode", default: "zeros"))
                    ?? .zeros,
                dilation: extent(fixture, "dilation", 1),
                groups: fixture.integer("groups", default: 1),
                bias: fixture.flag("bias", default: true),
                using: source
            )
            return FixtureLayer(layer) { layer($0) }
        case "ConvTranspose2d":
            let layer = TransposeConvolution2D(
                inputs: fixture.integer("in_channels"),
                outputs: fixture.integer("out_channels"),
                kernel: extent(fixture, "kernel_size", 1),
                stride: extent(fixture, "stride", 1),
                padding: padding(fixture),
                outputPadding: extent(fixture, "output_padding", 0),
                dilation: extent(fixture, "dilation", 1),
                groups: fixture.integer("groups", default: 1),
                bias: fixture.flag("bias", default: true),
                using: source
            )
            return FixtureLayer(layer) { layer($0) }
        default: return nil
        }
    }

    private static func norm(_ fixture: FixtureCase) -> FixtureLayer? {
        let isAffine = fixture.flag("affine", default: true)
        let epsilon = fixture.number("eps", default: 1e-5)
        switch fixture.operation {
        case "BatchNorm1d", "BatchNorm2d":
            let averages = fixture.options["momentum"] == FixtureOption.none
            let layer = BatchNorm(
                fixture.integer("num_features"),
                decay: averages ? nil : 1 - fixture.number("momentum", default: 0.1),
                epsilon: epsilon,
                countsUnbiased: true,
                hasScale: isAffine,
                hasShift: isAffine
            )
            layer.setTraining(fixture.flag("training", default: true))
            return FixtureLayer(layer) { layer($0) }
        case "LayerNorm":
            let isAffine = fixture.flag("elementwise_affine", default: true)
            let layer = LayerNorm(
                fixture.integers("normalized_shape"),
                epsilon: epsilon,
                hasScale: isAffine,
                hasShift: isAffine
            )
            return FixtureLayer(layer) { layer($0) }
        case "GroupNorm":
            let layer = GroupNorm(
                fixture.integer("num_channels"),
                groups: fixture.integer("num_groups"),
                epsilon: epsilon
            )
            return FixtureLayer(layer) { layer($0) }
        case "InstanceNorm2d":
            let isAffine = fixture.flag("affine", default: false)
            let layer = InstanceNorm(
                fixture.integer("num_features"),
                epsilon: epsilon,
                hasScale: isAffine,
                hasShift: isAffine
            )
            return FixtureLayer(layer) { layer($0) }
        default: return nil
        }
    }

    private static func pooling(_ fixture: FixtureCase) -> FixtureLayer? {
        switch fixture.operation {
        case "MaxPool2d":
            let window = extent(fixture, "kernel_size", 1)
            let layer = MaxPooling2D(
                window: window,
                stride: fixture.has(option: "stride") ? extent(fixture, "stride", 1) : nil,
                padding: padding(fixture)
            )
            return FixtureLayer { layer($0) }
        case "AvgPool2d":
            let layer = AveragePooling2D(
                window: extent(fixture, "kernel_size", 1),
                stride: fixture.has(option: "stride") ? extent(fixture, "stride", 1) : nil,
                padding: padding(fixture),
                countsBorder: true
            )
            return FixtureLayer { layer($0) }
        case "AdaptiveAvgPool2d":
            let size = fixture.integers("output_size", count: 2)
            return FixtureLayer { $0.adaptiveAveragePooled(size: size) }
        case "Upsample":
            let layer = Upsampling2D(
                factor: extent(fixture, "scale_factor", 1),
                Tensor.Interpolation(rawValue: fixture.text("mode")) ?? .nearest
            )
            return FixtureLayer { layer($0) }
        default: return nil
        }
    }

    private static func other(_ fixture: FixtureCase) -> FixtureLayer? {
        switch fixture.operation {
        case "Linear":
            let layer = Dense(
                inputs: fixture.integer("in_features"),
                outputs: fixture.integer("out_features"),
                bias: fixture.flag("bias"),
                using: source
            )
            return FixtureLayer(layer) { layer($0) }
        case "Embedding":
            let layer = Embedding(
                count: fixture.integer("num_embeddings"),
                width: fixture.integer("embedding_dim"),
                using: source
            )
            return FixtureLayer(layer) { layer($0) }
        case "Dropout":
            let layer = Dropout(fixture.number("p"), using: source)
            layer.setTraining(false)
            return FixtureLayer(layer) { layer($0) }
        case "LeakyReLU":
            let activation = Activation.leakyRelu(slope: fixture.number("negative_slope"))
            return FixtureLayer { activation($0) }
        case "PReLU":
            let layer = PReLU(fixture.integer("num_parameters"))
            return FixtureLayer(layer) { layer($0) }
        default: return nil
        }
    }
}
