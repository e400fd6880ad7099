import Torch

extension OperationTable {
    /// Operations that make many elements one, or weigh them against each other.
    static let reductions: [String: Use] = [
        "sum": { $0.input.sum(over: $0.dimensions, keepingDimensions: $0.keeps) },
        "mean": { $0.input.mean(over: $0.dimensions, keepingDimensions: $0.keeps) },
        "var": {
            $0.input.variance(
                over: $0.dimensions,
                correction: $0.options.number("correction"),
                keepingDimensions: $0.keeps
            )
        },
        "std": {
            $0.input.standardDeviation(
                over: $0.dimensions,
                correction: $0.options.number("correction"),
                keepingDimensions: $0.keeps
            )
        },
        "max": { $0.input.max(over: $0.dimensions, keepingDimensions: $0.keeps) },
        "min": { $0.input.min(over: $0.dimensions, keepingDimensions: $0.keeps) },
        "argmax": { $0.input.argmax(along: $0.dimension) },
        "argmin": { $0.input.argmin(along: $0.dimension) },
        "logsumexp": {
            $0.input.logSumExp(over: $0.options.integers("dim"), keepingDimensions: $0.keeps)
        },
        "norm": {
            $0.input.norm(
                $0.options.number("ord"),
                over: $0.dimensions,
                keepingDimensions: $0.keeps
            )
        },
        "prod": { $0.input.product(along: $0.dimension) },
        "cumsum": { $0.input.cumulativeSum(along: $0.dimension) },
        "softmax": { $0.input.softmax(along: $0.dimension) },
        "log_softmax": { $0.input.logSoftmax(along: $0.dimension) },
    ]
}

extension Given {
    fileprivate var dimensions: [Int]? { options.optionalIntegers("dim") }
    fileprivate var keeps: Bool { options.flag("keepdim", default: false) }
}
