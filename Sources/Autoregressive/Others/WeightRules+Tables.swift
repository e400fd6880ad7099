extension WeightRules {
    /// The names of taming-transformers' VQGAN.
    ///
    /// It counts the decoder's sizes from the largest, we from the smallest.
    static func taming(_ settings: VQGAN.Settings) -> WeightRules {
        let middle = { (network: String) in
            residual("\(network).mid.block_1", "\(network).middle.blocks.0")
                + attention("\(network).mid.attn_1", "\(network).middle.attention")
                + residual("\(network).mid.block_2", "\(network).middle.blocks.1")
        }
        let encoder =
            residual("encoder.down.{level}.block.{block}", "encoder.blocks.{level}.{block}")
            + attention("encoder.down.{level}.attn.{block}", "encoder.attention.{level}.{block}")
            + layer("encoder.down.{level}.downsample.conv", "encoder.halvings.{level}")
        let decoder =
            residual("decoder.up.{~step}.block.{block}", "decoder.blocks.{step}.{block}")
            + attention("decoder.up.{~step}.attn.{block}", "decoder.attention.{step}.{block}")
            + layer("decoder.up.{~step}.upsample.conv", "decoder.doublings.{step}")
        return WeightRules(
            common + middle("encoder") + encoder + middle("decoder") + decoder
                + book(settings.choice),
            unused: ["loss.", "colorize"],
            last: settings.multiples.count - 1
        )
    }

    /// The names of LlamaGen's tokenizer.
    static func llamaGenTokenizer(_ settings: VQGAN.Settings) -> WeightRules {
        let networks = ["encoder", "decoder"].flatMap { network in
            residual("\(network).mid.0", "\(network).middle.blocks.0")
                + attention("\(network).mid.1", "\(network).middle.attention")
                + residual("\(network).mid.2", "\(network).middle.blocks.1")
                + residual(
                    "\(network).conv_blocks.{step}.res.{block}",
                    "\(network).blocks.{step}.{block}"
                )
                + attention(
                    "\(network).conv_blocks.{step}.attn.{block}",
                    "\(network).attention.{step}.{block}"
                )
        }
        let sizes =
            layer("encoder.conv_blocks.{step}.downsample.conv", "encoder.halvings.{step}")
            + layer("decoder.conv_blocks.{step}.upsample.conv", "decoder.doublings.{step}")
        return WeightRules(
            common + networks + sizes + book(settings.choice),
            unused: ["quantize.codebook_used"]
        )
    }

    /// The names of diffusers' VQModel without attention.
    static func diffusers(_ settings: VQGAN.Settings) -> WeightRules {
        let networks = ["encoder", "decoder"].flatMap { network in
            layer("\(network).conv_in", "\(network).first")
                + layer("\(network).conv_norm_out", "\(network).norm")
                + layer("\(network).conv_out", "\(network).last")
                + (0..<2).flatMap {
                    residual(
                        "\(network).mid_block.resnets.\($0)",
                        "\(network).middle.blocks.\($0)",
                        skip: "conv_shortcut"
                    )
                }
        }
        let sizes = [("encoder", "down"), ("decoder", "up")].flatMap { network, way in
            residual(
                "\(network).\(way)_blocks.{step}.resnets.{block}",
                "\(network).blocks.{step}.{block}",
                skip: "conv_shortcut"
            )
                + layer(
                    "\(network).\(way)_blocks.{step}.\(way)samplers.0.conv",
                    "\(network).\(way == "down" ? "halvings" : "doublings").{step}"
                )
        }
        return WeightRules(
            layer("quant_conv", "before") + layer("post_quant_conv", "after") + networks + sizes
                + book(settings.choice)
        )
    }

    /// The names of LlamaGen's transformer after classes.
    static let llamaGenTransformer = WeightRules(
        [
            Rule("cls_embedding.embedding_table.weight", "network.pieces.weight"),
            Rule("tok_embeddings.weight", "network.codes.weight"),
            Rule("norm.weight", "network.norm.weight"),
            Rule("output.weight", "network.head.weight"),
        ]
            + [
                ("attention_norm", "attentionNorm"), ("attention.wqkv", "projection"),
                ("attention.wo", "output"), ("ffn_norm", "denseNorm"),
                ("feed_forward.w1", "gate"), ("feed_forward.w3", "inner"),
                ("feed_forward.w2", "outer"),
            ].map { theirs, ours in
                Rule("layers.{layer}.\(theirs).weight", "network.blocks.{layer}.\(ours).weight")
            },
        unused: ["freqs_cis"]
    )

    /// What both tokenizers call alike.
    private static var common: [Rule] {
        let ends = ["encoder", "decoder"].flatMap { network in
            layer("\(network).conv_in", "\(network).first")
                + layer("\(network).norm_out", "\(network).norm")
                + layer("\(network).conv_out", "\(network).last")
        }
        return ends + layer("quant_conv", "before") + layer("post_quant_conv", "after")
    }

    private static func book(_ choice: VQGAN.Choice) -> [Rule] {
        choice == .score
            ? [Rule("quantize.embed.weight", "codebook.weight")]
                + layer("quantize.proj", "codebook.scores")
            : [Rule("quantize.embedding.weight", "codebook.weight")]
    }

    private static func residual(
        _ theirs: String,
        _ ours: String,
        skip: String = "nin_shortcut"
    ) -> [Rule] {
        [
            ("norm1", "norms.0"), ("conv1", "first"), ("norm2", "norms.1"), ("conv2", "second"),
            (skip, "skip"),
        ].flatMap { layer("\(theirs).\($0)", "\(ours).\($1)") }
    }

    private static func attention(_ theirs: String, _ ours: String) -> [Rule] {
        [
            ("norm", "norm"), ("q", "query"), ("k", "key"), ("v", "value"),
            ("proj_out", "output"),
        ].flatMap { layer("\(theirs).\($0)", "\(ours).\($1)") }
    }

    /// Weight and bias of a layer.
    private static func layer(_ theirs: String, _ ours: String) -> [Rule] {
        ["weight", "bias"].map { Rule("\(theirs).\($0)", "\(ours).\($0)") }
    }
}
