import Torch

extension OperationTable {
    /// Operations on each element alone.
    static let elementwise: [String: Use] = [
        "exp": { $0.input.exp() },
        "expm1": { $0.input.expm1() },
        "log": { $0.input.log() },
        "log1p": { $0.input.log1p() },
        "sqrt": { $0.input.squareRoot() },
        "rsqrt": { $0.input.reciprocalSquareRoot() },
        "reciprocal": { $0.input.reciprocal() },
        "square": { $0.input.squared() },
        "neg": { -$0.input },
        "abs": { $0.input.absolute() },
        "tanh": { $0.input.tanh() },
        "sigmoid": { $0.input.sigmoid() },
        "erf": { $0.input.errorFunction() },
        "erfinv": { $0.input.inverseErrorFunction() },
        "sin": { $0.input.sine() },
        "cos": { $0.input.cosine() },
        "floor": { $0.input.floor() },
        "ceil": { $0.input.ceiling() },
        "round": { $0.input.rounded() },
        "sign": { $0.input.sign() },
        "relu": { $0.input.relu() },
        "softplus": { $0.input.softplus() },
        "leaky_relu": { $0.input.leakyRelu(slope: $0.options.number("negative_slope")) },
        "gelu": {
            $0.input.gelu(approximate: $0.options.text("approximate", default: "none") == "tanh")
        },
        "logsigmoid": { $0.input.logSigmoid() },
        "remainder": { $0.input.remainder($0.options.number("other")) },
        "silu": { $0.input.silu() },
        "elu": { $0.input.elu(alpha: $0.options.number("alpha")) },
        "clamp": { given in
            let upper = given.options.has(option: "max") ? given.options.number("max") : nil
            return given.input.clamped(from: given.options.number("min"), to: upper)
        },
        "pow": { $0.input.power($0.options.number("exponent")) },
    ]

    /// Operations on the elements of two tensors.
    static let pairs: [String: Use] = [
        "add": { $0.input + $0.other },
        "sub": { $0.input - $0.other },
        "mul": { $0.input * $0.other },
        "div": { $0.input / $0.other },
        "maximum": { $0.input.maximum($0.other) },
        "minimum": { $0.input.minimum($0.other) },
        "lerp": { $0.input.interpolated(to: $0.other, share: $0.options.number("weight")) },
        "eq": { $0.input .== $0.other },
        "ne": { $0.input .!= $0.other },
        "lt": { $0.input .< $0.other },
        "le": { $0.input .<= $0.other },
        "gt": { $0.other .< $0.input },
        "ge": { $0.other .<= $0.input },
        "where": { $0["condition"].selecting($0.input, otherwise: $0.other) },
    ]
}
