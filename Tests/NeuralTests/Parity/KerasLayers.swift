import Neural
import TestSupport
import Torch

/// Builds layers from the names and arguments of Keras' classes.
enum KerasLayers {
    /// The layer of a case, or nothing where the class is not known.
    static func layer(_ fixture: FixtureCase) -> FixtureLayer? {
        convolution(fixture) ?? pooling(fixture) ?? other(fixture)
    }

    private static var source: RandomSource { RandomSource(seed: 1) }

    private static func padding(_ fixture: FixtureCase) -> Padding {
        fixture.text("padding", default: "valid") == "same" ? .same : .valid
    }

    private static func convolution(_ fixture: FixtureCase) -> FixtureLayer? {
        guard ["Conv2D", "Conv2DTranspose"].contains(fixture.operation) else { return nil }
        let inputs = fixture.tensor("input").size(1)
        let outputs = fixture.integer("filters")
        let kernel = Extent(fixture.integer("kernel_size"))
        let stride = Extent(fixture.integer("strides", default: 1))
        let dilation = Extent(fixture.integer("dilation_rate", default: 1))
        let bias = fixture.flag("use_bias", default: true)
        if fixture.operation == "Conv2D" {
            let layer = Convolution2D(
                inputs: inputs,
                outputs: outputs,
                kernel: kernel,
                stride: stride,
                padding: padding(fixture),
                dilation: dilation,
                bias: bias,
                using: source
            )
            return FixtureLayer(layer) { layer($0) }
        }
        let layer = TransposeConvolution2D(
            inputs: inputs,
            outputs: outputs,
            kernel: kernel,
            stride: stride,
            padding: padding(fixture),
            dilation: dilation,
            bias: bias,
            using: source
        )
        return FixtureLayer(layer) { layer($0) }
    }

    private static func pooling(_ fixture: FixtureCase) -> FixtureLayer? {
        switch fixture.operation {
        case "MaxPooling2D":
            let layer = MaxPooling2D(
                window: Extent(fixture.integer("pool_size")),
                stride: fixture.has(option: "strides") ? Extent(fixture.integer("strides")) : nil,
                padding: padding(fixture)
            )
            return FixtureLayer { layer($0) }
        case "AveragePooling2D":
            let layer = AveragePooling2D(
                window: Extent(fixture.integer("pool_size")),
                stride: fixture.has(option: "strides") ? Extent(fixture.integer("strides")) : nil,
                padding: padding(fixture)
            )
            return FixtureLayer { layer($0) }
        case "GlobalAveragePooling2D":
            return FixtureLayer { $0.mean(over: [2, 3]) }
        case "UpSampling2D":
            let name = fixture.text("interpolation", default: "nearest")
            let layer = Upsampling2D(
                factor: Extent(fixture.integer("size")),
                Tensor.Interpolation(rawValue: name) ?? .nearest
            )
            return FixtureLayer { layer($0) }
        default: return nil
        }
    }

    private static func other(_ fixture: FixtureCase) -> FixtureLayer? {
        switch fixture.operation {
        case "Dense":
            let layer = Dense(
                inputs: fixture.tensor("input").size(-1),
                outputs: fixture.integer("units"),
                bias: fixture.flag("use_bias", default: true),
                using: source
            )
            return FixtureLayer(layer) { layer($0) }
        case "BatchNormalization":
            let layer = BatchNorm(
                fixture.tensor("input").size(1),
                decay: fixture.number("momentum", default: 0.99),
                epsilon: fixture.number("epsilon", default: 1e-3),
                hasScale: fixture.flag("scale", default: true),
                hasShift: fixture.flag("center", default: true)
            )
            return FixtureLayer(layer) { layer($0) }
        case "LayerNormalization":
            let layer = LayerNorm(
                [fixture.tensor("input").size(-1)],
                epsilon: fixture.number("epsilon", default: 1e-3)
            )
            return FixtureLayer(layer) { layer($0) }
        case "LeakyReLU":
            let slope = fixture.number("negative_slope", default: 0.3)
            let activation = Activation.leakyRelu(slope: slope)
            return FixtureLayer { activation($0) }
        case "Dropout":
            let layer = Dropout(fixture.number("rate"), using: source)
            return FixtureLayer(layer) { layer($0) }
        case "Embedding":
            let layer = Embedding(
                count: fixture.integer("input_dim"),
                width: fixture.integer("output_dim"),
                using: source
            )
            return FixtureLayer(layer) { layer($0) }
        default: return nil
        }
    }
}
