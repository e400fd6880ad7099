import Torch

extension OperationTable {
    /// Operations on batches of pictures.
    static let pictures: [String: Use] = [
        "conv1d": { $0.convolved(dimensions: 1) },
        "conv2d": { $0.convolved(dimensions: 2) },
        "conv_transpose2d": {
            $0.input.transposeConvolved(
                with: $0["weight"],
                bias: $0.optional("bias"),
                stride: $0.options.integers("stride", count: 2, default: [1, 1]),
                padding: $0.options.integers("padding", count: 2, default: [0, 0]),
                outputPadding: $0.options.optionalIntegers("output_padding"),
                dilation: $0.options.optionalIntegers("dilation"),
                groups: $0.options.integer("groups", default: 1)
            )
        },
        "max_pool2d": {
            $0.input.maxPooled(
                window: $0.options.integers("kernel_size"),
                stride: $0.options.integers("stride"),
                padding: $0.options.integers("padding")
            )
        },
        "avg_pool2d": {
            $0.input.averagePooled(
                window: $0.options.integers("kernel_size"),
                stride: $0.options.integers("stride"),
                padding: $0.options.integers("padding"),
                countsPadding: $0.options.flag("count_include_pad", default: true)
            )
        },
        "adaptive_avg_pool2d": {
            $0.input.adaptiveAveragePooled(size: $0.options.integers("output_size"))
        },
        "interpolate": { given in
            let mode = given.options.text("mode")
            guard let interpolation = Tensor.Interpolation(rawValue: mode) else {
                fatalError("no interpolation '\(mode)'")
            }
            return given.input.resampled(
                size: given.options.integers("size"),
                interpolation,
                alignsCorners: given.options.flag("align_corners", default: false),
                antialiased: given.options.flag("antialias", default: false)
            )
        },
        "grid_sample": { $0.input.sampled(at: $0["grid"], padding: $0.gridPadding) },
    ]

    /// Operations that bring values to mean 0 and variance 1, or to length 1.
    static let normalization: [String: Use] = [
        "batch_norm_batch": { $0.batchNormalized(isTraining: true) },
        "batch_norm_running": { $0.batchNormalized(isTraining: false) },
        "layer_norm": {
            $0.input.layerNormalized(
                $0.options.integers("normalized_shape"),
                scale: $0["weight"],
                shift: $0["bias"],
                epsilon: $0.options.number("eps")
            )
        },
        "group_norm": {
            $0.input.groupNormalized(
                groups: $0.options.integer("num_groups"),
                scale: $0["weight"],
                shift: $0["bias"],
                epsilon: $0.options.number("eps")
            )
        },
        // As many groups as channels.
        "instance_norm": {
            $0.input.groupNormalized(
                groups: $0.input.size(1),
                scale: $0["weight"],
                shift: $0["bias"],
                epsilon: $0.options.number("eps")
            )
        },
        "normalize": {
            $0.input.normalized(along: $0.dimension, epsilon: $0.options.number("eps"))
        },
    ]
}

extension Given {
    fileprivate func convolved(dimensions: Int) -> Tensor {
        let ones = Array(repeating: 1, count: dimensions)
        return input.convolved(
            with: self["weight"],
            bias: optional("bias"),
            stride: options.integers("stride", count: dimensions, default: ones),
            padding: options.integers("padding", count: dimensions, default: ones.map { $0 - 1 }),
            dilation: options.integers("dilation", count: dimensions, default: ones),
            groups: options.integer("groups", default: 1)
        )
    }

    fileprivate func batchNormalized(isTraining: Bool) -> Tensor {
        input.batchNormalized(
            scale: self["weight"],
            shift: self["bias"],
            runningMean: optional("mean"),
            runningVariance: optional("variance"),
            isTraining: isTraining,
            momentum: 0.1,
            epsilon: options.number("eps")
        )
    }

    fileprivate var gridPadding: Tensor.GridPadding {
        switch options.text("padding_mode") {
        case "zeros": .zeros
        case "border": .border
        case "reflection": .reflection
        default: fatalError("no grid padding '\(options.text("padding_mode"))'")
        }
    }
}
