/// The names of Janus' tensors: its authors' are used here, those of the transformers library become them.
enum JanusNames {
    /// The authors' name of a tensor.
    ///
    /// - Returns: Nothing for what drawing does not need: the eyes, and the head that writes.
    static func original(of name: String) -> String? {
        let pieces = name.split(separator: ".").map(String.init)
        guard let first = pieces.first else { return name }
        if ["vision_model", "aligner", "lm_head"].contains(first) { return nil }
        guard first == "model", pieces.count > 2 else {
            return name == "language_model.lm_head.weight" ? nil : name
        }
        let rest = pieces.dropFirst(2)
        switch pieces[1] {
        case "vision_model", "aligner": return nil
        case "language_model": return (["language_model", "model"] + rest).joined(separator: ".")
        case "generation_embeddings": return (["gen_embed"] + rest).joined(separator: ".")
        case "generation_aligner":
            let isFirst = rest.first == "fc1"
            let layer = isFirst ? "0" : "2"
            return (["gen_aligner", "layers", layer] + rest.dropFirst(isFirst ? 1 : 2)).joined(
                separator: "."
            )
        case "generation_head":
            let layer = rest.first == "proj_out" ? "output_mlp_projector" : rest.first ?? ""
            return (["gen_head", layer] + rest.dropFirst()).joined(separator: ".")
        case "vqmodel":
            return (["gen_vision_model"] + picture(Array(rest))).joined(separator: ".")
        default: return name
        }
    }

    /// The table of pieces of text.
    static let pieces = "language_model.model.embed_tokens.weight"

    /// What comes before the names of the picture's tokenizer.
    static let tokenizer = "gen_vision_model."

    /// The authors' name of a part of the picture's tokenizer.
    private static func picture(_ pieces: [String]) -> [String] {
        guard pieces.count > 2, ["encoder", "decoder"].contains(pieces[0]) else { return pieces }
        var pieces = pieces
        if ["down", "up"].contains(pieces[1]) {
            pieces[1] = "conv_blocks"
            if pieces[3] == "block" { pieces[3] = "res" }
        }
        if pieces[1] == "mid" {
            pieces[2] = ["block_1": "0", "attn_1": "1", "block_2": "2"][pieces[2]] ?? pieces[2]
        }
        return pieces
    }
}
