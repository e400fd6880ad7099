import Torch

extension OperationTable {
    /// Operations that choose elements.
    static let indexing: [String: Use] = [
        "narrow": { given in
            let start = given.options.integer("start")
            let range = start..<start + given.options.integer("length")
            return given.input.sliced(range, along: given.dimension)
        },
        "select": { $0.input.selected($0.options.integer("index"), along: $0.dimension) },
        "index_select": { $0.input.selected(at: $0["index"], along: $0.dimension) },
        "gather": { $0.input.gathered($0["index"], along: $0.dimension) },
        "masked_fill": { $0.input.filled(with: $0.options.number("value"), where: $0["mask"]) },
        "masked_select": { $0.input.masked($0["mask"]) },
        "scatter_add": {
            $0.input.scatterAdded($0["source"], at: $0["index"], along: $0.dimension)
        },
        "scatter": { $0.input.scattered($0["source"], at: $0["index"], along: $0.dimension) },
        "triu": { $0.input.upperTriangle(diagonal: $0.options.integer("diagonal")) },
        "tril": { $0.input.lowerTriangle(diagonal: $0.options.integer("diagonal")) },
        "one_hot": { $0["index"].oneHot(classes: $0.options.integer("num_classes")) },
        "embedding": { $0["index"].embedded(in: $0["weight"]) },
    ]

    /// Operations that move elements.
    static let shapes: [String: Use] = [
        "reshape": { $0.input.reshaped($0.options.integers("shape")) },
        "flatten": {
            $0.input.flattened(
                from: $0.options.integer("start_dim"),
                to: $0.options.integer("end_dim")
            )
        },
        "permute": { $0.input.permuted($0.options.integers("dims")) },
        "transpose": {
            $0.input.transposed($0.options.integer("dim0"), $0.options.integer("dim1"))
        },
        "expand": { $0.input.expanded($0.options.integers("shape")) },
        "repeat": { $0.input.repeated($0.options.integers("repeats")) },
        "repeat_interleave": {
            $0.input.repeatedElements($0.options.integer("repeats"), along: $0.dimension)
        },
        "unsqueeze": { $0.input.unsqueezed($0.dimension) },
        "squeeze": { $0.input.squeezed($0.dimension) },
        "flip": { $0.input.flipped($0.options.integers("dims")) },
        "roll": { given in
            zip(given.options.integers("shifts"), given.options.integers("dims"))
                .reduce(given.input) { $0.rolled(by: $1.0, along: $1.1) }
        },
        "rot90": { given in
            let plane = given.options.integers("dims")
            let turns = given.options.integer("k")
            return given.input.rotated(quarterTurns: turns, in: (plane[0], plane[1]))
        },
        "stack": { Tensor.stacked([$0["first"], $0["second"]], along: $0.dimension) },
        "cat": { Tensor.concatenated([$0["first"], $0["second"]], along: $0.dimension) },
        "pad": { $0.input.padded($0.options.integers("pad"), $0.padding) },
        "pixel_shuffle": { $0.input.pixelShuffled($0.options.integer("upscale_factor")) },
        "pixel_unshuffle": { $0.input.pixelUnshuffled($0.options.integer("downscale_factor")) },
    ]
}

extension Given {
    fileprivate var padding: Tensor.Padding {
        switch options.text("mode") {
        case "constant": .constant(options.number("value"))
        case "reflect": .reflect
        case "replicate": .replicate
        case "circular": .circular
        default: fatalError("no padding '\(options.text("mode"))'")
        }
    }
}
