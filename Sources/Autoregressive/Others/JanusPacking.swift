import Torch

/// Which weights of a Janus are packed, and how.
public struct JanusPacking {
    private let settings: JanusTransformer.Settings

    /// For a network of that kind.
    init(_ settings: JanusTransformer.Settings) { self.settings = settings }

    /// Bits that a tensor of that name is packed in; nothing for what stays as it is.
    func bits(_ name: String) -> Int? {
        guard let bits = settings.precision.bits, name.hasSuffix(".weight") else { return nil }
        // Codes are told apart by the head, so it keeps 8.
        if name.hasPrefix("gen_head.") { return 8 }
        return name.hasPrefix("language_model.model.layers.") && name.hasSuffix("_proj.weight")
            ? bits : nil
    }

    /// Rows of queries' and keys' weights, each head's halves in turn, so that what turns together lies together.
    ///
    /// All others stay as they are.
    func arranged(_ name: String, _ tensor: Tensor) -> Tensor {
        guard [".q_proj.weight", ".k_proj.weight"].contains(where: name.hasSuffix) else {
            return tensor
        }
        let (rows, columns) = (tensor.size(0), tensor.size(1))
        return tensor.reshaped([settings.heads, 2, rows / settings.heads / 2, columns])
            .transposed(1, 2).reshaped([rows, columns]).contiguous()
    }
}

extension JanusWeights {
    /// All that drawing needs, with the heavy weights packed: names, shapes and types, and what makes each.
    ///
    /// - Parameters:
    ///   - precision: What they are packed in.
    ///   - read: Gives a tensor by its name in the folder.
    /// - Returns: Outlines by the authors' names, and a function that gives the tensors one by one.
    /// - Throws: `OtherWeightsError` where it cannot be done; what reading throws.
    public func packed(
        _ precision: JanusPrecision,
        read: @escaping (String) throws -> Tensor
    ) throws -> (
        outlines: [(name: String, outline: TensorOutline)], make: (String) throws -> Tensor
    ) {
        guard settings.precision == .published, precision != .published else {
            throw OtherWeightsError(
                "\(origin): its weights are in \(settings.precision.rawValue) and become none in"
                    + " \(precision.rawValue); name the model as it was published"
            )
        }
        guard settings.isShort else {
            throw OtherWeightsError(
                "\(origin): heads of \(settings.head), \(settings.width) and \(settings.hidden) numbers,"
                    + " \(settings.codes) codes: expected multiples of 16"
            )
        }
        var wanted = settings
        wanted.precision = precision
        let packing = JanusPacking(wanted)
        // What stays has the type of the tables.
        let kind = try read(names["gen_embed.weight"] ?? "gen_embed.weight").dtype
        let kept: DType = kind == .float64 ? .float32 : kind
        var outlines: [String: TensorOutline] = [:]
        for (name, shape) in shapes {
            outlines[name] =
                packing.bits(name).flatMap { Tensor.packedOutline(shape, bits: $0) }
                ?? TensorOutline(shape: shape, dtype: kept)
        }
        let (names, origin) = (names, origin)
        return (
            outlines.map { ($0.key, $0.value) },
            { name in
                let tensor = try read(names[name] ?? name)
                guard let bits = packing.bits(name) else { return tensor.converted(to: kept) }
                let peak = tensor.converted(to: .float32).absolute().max().item()
                guard peak <= 1e37 else {
                    throw OtherWeightsError(
                        "\(origin): the tensor \(name) has infinities, NaN or numbers beyond 1e37,"
                            + " which have no place in \(bits) bits"
                    )
                }
                return packing.arranged(name, tensor).packed(bits: bits)
            }
        )
    }
}
