import Autoregressive
import Foundation
import Torch
import Weights

extension FuzzReaders {
    /// Settings of networks that others have published.
    static func published() -> [FuzzReader] { [amused(), janus(), originals()] }

    /// Settings of three networks and a schedule, of which one at a time is what the input says.
    private static func amused() -> FuzzReader {
        let good = [
            "transformer/config.json": #"""
            {"block_num_heads": 2, "block_out_channels": 8, "codebook_size": 32, "cond_embed_dim": 10, "downsample": false,
             "encoder_hidden_size": 12, "hidden_size": 16, "in_channels": 12, "intermediate_size": 12, "layer_norm_eps": 1e-06,
             "ln_elementwise_affine": true, "micro_cond_embed_dim": 20, "micro_cond_encode_dim": 4, "num_attention_heads": 4,
             "num_hidden_layers": 2, "num_res_blocks": 2, "sample_size": 6, "upsample": false, "use_bias": false,
             "vocab_size": 40}
            """#,
            "text_encoder/config.json": #"""
            {"hidden_act": "gelu", "hidden_size": 12, "intermediate_size": 20, "layer_norm_eps": 1e-05, "eos_token_id": 521,
             "max_position_embeddings": 16, "num_attention_heads": 2, "num_hidden_layers": 3, "projection_dim": 10,
             "vocab_size": 522}
            """#,
            "vqvae/config.json": #"""
            {"act_fn": "silu", "block_out_channels": [4, 8], "down_block_types": ["DownEncoderBlock2D", "DownEncoderBlock2D"],
             "in_channels": 3, "latent_channels": 4, "layers_per_block": 1, "lookup_from_codebook": true,
             "mid_block_add_attention": false, "norm_num_groups": 2, "norm_type": "group", "num_vq_embeddings": 32,
             "out_channels": 3, "sample_size": 32, "up_block_types": ["UpDecoderBlock2D", "UpDecoderBlock2D"],
             "vq_embed_dim": 3}
            """#,
            "scheduler/scheduler_config.json":
                #"{"mask_token_id": 39, "masking_schedule": "cosine"}"#,
        ].mapValues { Data($0.utf8) }
        return FuzzReader(
            "amused-settings",
            good.sorted { $0.key < $1.key }.map { [UInt8]($0.value) },
            words: numbers + ["\"DownEncoderBlock2D\"", "linear", "[4, 8]", "{", "}"],
            limit: 1 << 16
        ) { input in
            for path in good.keys {
                _ = try? AmusedWeights(
                    configuration: { $0 == path ? Data(input) : good[$0] ?? Data() },
                    shapes: [:],
                    origin: "fuzz"
                )
            }
        }
    }

    private static func janus() -> FuzzReader {
        let folder = URL(filePath: #filePath).deletingLastPathComponent()
            .deletingLastPathComponent()
            .appending(path: "Fixtures/janus", directoryHint: .isDirectory)
        let found = try? PublishedFolder(folder)
        let shapes = found?.shapes ?? [:]
        return FuzzReader(
            "janus-settings",
            [
                found.map { [UInt8]($0.configuration) } ?? [],
                bytes(
                    #"{"model_type": "multi_modality", "language_config": {"num_hidden_layers": 2, "num_attention_heads": 2}}"#
                ),
            ],
            words: numbers + ["\"text_config\": {", "\"vq_config\": {", "\"silu\"", "{", "}"],
            limit: 1 << 16
        ) {
            _ = try JanusWeights(configuration: Data($0), shapes: shapes, origin: "fuzz")
        }
    }

    /// What `atelier models add` writes of the networks of taming-transformers and LlamaGen.
    private static func originals() -> FuzzReader {
        FuzzReader(
            "original-networks",
            [
                #"{"family": "llamagen-vq", "network": "VQModel", "arguments": {"ch": 32, "encoder_ch_mult": [1, 2]}}"#,
                #"""
                {"family": "llamagen-gpt", "network": "Transformer", "arguments":
                 {"dim": 768, "n_layer": 12, "n_head": 12, "block_size": 576, "num_classes": 1000, "vocab_size": 16384}}
                """#,
                #"""
                {"family": "taming-vqgan", "network": "VQModel", "arguments":
                 {"ch": 128, "ch_mult": [1, 1, 2, 2, 4], "num_res_blocks": 2, "resolution": 256, "attn_resolutions": [16],
                  "in_channels": 3, "out_ch": 3, "z_channels": 256, "n_embed": 1024, "embed_dim": 256}}
                """#,
            ].map(bytes),
            words: numbers + ["\"GumbelVQ\"", "\"block_size\": ", "[64]", "{", "}"],
            limit: 1 << 16
        ) {
            let metadata = [OtherWeights.key: String(decoding: $0, as: UTF8.self)]
            _ = OtherPair.isOne(metadata)
            let weights = try OtherWeights(tensors: ["a": .zeros([3])], metadata: metadata)
            _ = try? weights.tokenizer()
            _ = try? weights.transformer()
        }
    }

    private static let numbers = [
        "1e400", "-1", "0", "9223372036854775807", "null", "4096", "100000", "1.5", "[", "]",
        "true",
    ]
}
