import Foundation

/// A dictionary of tensors as `torch.save` writes it, told by the tensors' names and shapes.
///
/// Those tell all but the heads and places of a transformer and whether codes are compared by direction alone: these
/// come from the arguments that the file keeps, from whoever asks, or are what the published files have.
struct CheckpointNetwork {
    private let tensors: [(name: String, tensor: PickledTensor)]
    private let shapes: [String: [Int]]
    private let kept: PickleDictionary?
    private let search: WeightsFile.Search

    /// Finds the tensors, without what wrappers put before their names.
    ///
    /// - Throws: `WeightsError` where the entry that was asked for is not there.
    init(_ contents: PickleDictionary, _ search: WeightsFile.Search) throws(WeightsError) {
        var found = contents
        if let entry = search.entry {
            guard let inner = contents[entry]?.dictionary else {
                throw WeightsError(
                    .unknown,
                    "there is no entry \(entry); it has \(contents.keys.prefix(20).joined(separator: ", "))",
                    cure: "Name one of these."
                )
            }
            found = inner
        } else if let inner = ["model", "module", "state_dict"].lazy.compactMap({
            contents[$0]?.dictionary
        })
        .first {
            found = inner
        }
        var tensors = found.entries.compactMap {
            key,
            value -> (name: String, tensor: PickledTensor)? in
            guard let name = key.text, case .tensor(let tensor) = value else { return nil }
            return (name, tensor)
        }
        let prefixes = ["module.", "_orig_mod.", "first_stage_model."]
        while let prefix = prefixes.first(where: { mark in
            tensors.contains { $0.name.hasPrefix(mark) }
        }) {
            tensors = tensors.filter { $0.name.hasPrefix(prefix) }
                .map { (String($0.name.dropFirst(prefix.count)), $0.tensor) }
        }
        self.tensors = tensors
        shapes = Dictionary(tensors.map { ($0.name, $0.tensor.shape) }) { $1 }
        if case .object(let object)? = contents["args"] {
            kept = object.state.dictionary
        } else {
            kept = contents["args"]?.dictionary
        }
        self.search = search
    }

    /// The network.
    ///
    /// - Throws: `WeightsError` where it is none that is known.
    func found() throws -> FoundNetwork {
        if shapes["features.28.weight"] != nil {
            return try network("vgg", "VGG16", ["classes": try shape("classifier.6.weight")[0]])
        }
        if shapes["Mixed_7c.branch_pool.conv.weight"] != nil {
            return try network("inception", "Inception", ["classes": try shape("fc.weight")[0]]) {
                $0.hasPrefix("AuxLogits.") || $0.hasSuffix("num_batches_tracked")
            }
        }
        if shapes["encoder.down.0.block.0.conv1.weight"] != nil { return try taming() }
        if shapes["encoder.conv_blocks.0.res.0.conv1.weight"] != nil {
            return try llamaGenTokenizer()
        }
        if shapes["tok_embeddings.weight"] != nil { return try llamaGenTransformer() }
        let names = shapes.keys.sorted().prefix(3).joined(separator: ", ")
        throw WeightsError(
            .unknown,
            "its tensors are those of no network that is known here (StyleGAN2-ADA, StyleGAN3, R3GAN, VQGAN of"
                + " taming-transformers, LlamaGen, Inception, VGG16); among them are"
                + " \(names.isEmpty ? "none" : names)"
        )
    }

    private func network(
        _ family: String,
        _ name: String,
        _ arguments: [String: Any],
        isUnused: (String) -> Bool = { _ in false }
    ) throws -> FoundNetwork {
        let used = tensors.filter { !isUnused($0.name) }
        return try FoundNetwork(
            family: family,
            network: name,
            arguments: arguments,
            tensors: used,
            leftOut: tensors.count - used.count
        )
    }

    /// Sizes of tensors that networks have.
    private static let sizes = 1...(1 << 32)

    private func shape(_ name: String, dimensions: Int = 2) throws -> [Int] {
        guard let shape = shapes[name], shape.count >= dimensions else {
            throw WeightsError(.unknown, "the tensor \(name) is expected, and is not there")
        }
        guard shape.allSatisfy(Self.sizes.contains) else {
            throw WeightsError(
                .unknown,
                "the tensor \(name) has the shape \(shape)",
                cure: "Expected sizes from \(Self.sizes.lowerBound) to \(Self.sizes.upperBound)."
            )
        }
        return shape
    }

    /// How many numbers there are between a beginning and an end of names, which start from 0.
    private func count(_ beginning: String, _ end: String = ".") -> Int {
        let numbers = shapes.keys.compactMap { name -> Int? in
            guard name.hasPrefix(beginning) else { return nil }
            let rest = name.dropFirst(beginning.count)
            let digits = rest.prefix { $0.isASCII && $0.isNumber }
            return rest.dropFirst(digits.count).hasPrefix(end) ? Int(digits) : nil
        }
        // Far more layers than any network has are no reason to count on.
        return min((numbers.max() ?? -1), 4095) + 1
    }

    /// What the encoders of both programs have in common.
    private func stages(_ level: String, _ block: String) throws -> ([String: Any], [Int]) {
        let first = try shape("encoder.conv_in.weight")
        let levels = count("encoder.\(level).")
        let blocks = count("encoder.\(level).0.\(block).")
        let widths = try (0..<levels).map {
            try shape("encoder.\(level).\($0).\(block).\(blocks - 1).conv2.weight")[0]
        }
        let common: [String: Any] = [
            "ch": first[0], "in_channels": first[1], "num_res_blocks": blocks,
            "z_channels": try shape("quant_conv.weight")[1],
        ]
        return (common, widths.map { $0 / first[0] })
    }

    private func taming() throws -> FoundNetwork {
        var (arguments, multiples) = try stages("down", "block")
        // The resolution only gives the levels with attention their names.
        let resolution = 256
        let looking = multiples.indices.filter {
            shapes["encoder.down.\($0).attn.0.q.weight"] != nil
        }
        let isGumbel = shapes["quantize.embed.weight"] != nil
        let codes = try shape("quantize.\(isGumbel ? "embed" : "embedding").weight")
        arguments["ch_mult"] = multiples
        arguments["resolution"] = resolution
        arguments["attn_resolutions"] = looking.map { resolution >> $0 }
        arguments["out_ch"] = try shape("decoder.conv_out.weight")[0]
        (arguments["n_embed"], arguments["embed_dim"]) = (codes[0], codes[1])
        return try network("taming-vqgan", isGumbel ? "GumbelVQ" : "VQModel", arguments) {
            $0.hasPrefix("loss.") || $0 == "colorize"
        }
    }

    private func llamaGenTokenizer() throws -> FoundNetwork {
        var (arguments, multiples) = try stages("conv_blocks", "res")
        let codes = try shape("quantize.embedding.weight")
        arguments["encoder_ch_mult"] = multiples
        arguments["decoder_ch_mult"] = multiples
        (arguments["codebook_size"], arguments["codebook_embed_dim"]) = (codes[0], codes[1])
        var isDirection = !search.plainCodes
        if case .bool(false)? = kept?["codebook_l2_norm"] { isDirection = false }
        arguments["codebook_l2_norm"] = isDirection
        return try network("llamagen-vq", "VQModel", arguments) { $0 == "quantize.codebook_used" }
    }

    private func llamaGenTransformer() throws -> FoundNetwork {
        guard shapes["cls_embedding.embedding_table.weight"] != nil else {
            throw WeightsError(
                .unknown,
                "this transformer draws after captions (t2i); those that draw after classes (c2i) are expected"
            )
        }
        let table = try shape("cls_embedding.embedding_table.weight")
        let (classes, width) = (table[0], table[1])
        // The smallest have heads of 64 numbers; the two largest have 32 heads.
        let heads = search.heads ?? (width == 3200 || width == 4096 ? 32 : width / 64)
        var places = search.places ?? 256
        if search.places == nil, let size = kept?["image_size"]?.int,
            let part = kept?["downsample_size"]?.int, part > 0, (1...65_536).contains(size)
        {
            places = (size / part) * (size / part)
        }
        guard (1...(1 << 24)).contains(places) else {
            throw WeightsError(
                .unknown,
                "\(places) places are out of range",
                cure: "Expected 256, 576 or 1024."
            )
        }
        let side = Int(Double(places).squareRoot())
        guard side * side == places else {
            throw WeightsError(
                .unknown,
                "places lie in a square, and \(places) do not",
                cure: "Expected 256, 576 or 1024."
            )
        }
        let hidden = try shape("layers.0.feed_forward.w1.weight")[0]
        let least = 8 * width / 3
        let rounded = (least + 255) / 256 * 256
        return try network(
            "llamagen-gpt",
            "Transformer",
            [
                "dim": width, "n_layer": count("layers."), "n_head": heads,
                "multiple_of": rounded == hidden ? 256 : hidden, "num_classes": classes - 1,
                "vocab_size": try shape("tok_embeddings.weight")[0], "block_size": places,
                "cls_token_num": 1, "model_type": "c2i",
            ]
        ) { $0.hasSuffix("freqs_cis") || $0.contains(".kv_cache.") }
    }
}
