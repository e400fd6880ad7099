extension AmusedTransformer.Settings {
    /// All tensors and their shapes, by the names of the diffusers library.
    var shapes: [String: [Int]] {
        var found = [
            "encoder_proj.weight": [width, textWidth],
            "encoder_proj_layer_norm.weight": [width],
            "embed.embeddings.weight": [rows, codeWidth],
            "embed.layer_norm.weight": [codeWidth],
            "embed.conv.weight": [channels, codeWidth, 1, 1],
            "cond_embed.linear_1.weight": [width, sumWidth + Self.facts * waves],
            "cond_embed.linear_2.weight": [width, width],
            "project_to_hidden_norm.weight": [channels],
            "project_to_hidden.weight": [width, channels],
            "project_from_hidden_norm.weight": [width],
            "project_from_hidden.weight": [channels, width],
            "mlm_layer.conv1.weight": [codeWidth, channels, 1, 1],
            "mlm_layer.layer_norm.weight": [codeWidth],
            "mlm_layer.conv2.weight": [codes, codeWidth, 1, 1],
        ]
        func attention(_ name: String, _ width: Int) {
            for part in ["to_q", "to_k", "to_v", "to_out.0"] {
                found["\(name).\(part).weight"] = [width, width]
            }
        }
        if isHalved {
            for name in ["down_block.downsample", "up_block.upsample"] {
                found["\(name).norm.weight"] = [channels]
                found["\(name).conv.weight"] = [channels, channels, 2, 2]
            }
        }
        for side in ["down_block", "up_block"] {
            for number in 0..<blocks {
                let maps = "\(side).res_blocks.\(number)"
                found["\(maps).depthwise.weight"] = [channels, 1, 3, 3]
                found["\(maps).norm.weight"] = [channels]
                found["\(maps).channelwise_linear_1.weight"] = [4 * channels, channels]
                found["\(maps).channelwise_norm.gamma"] = [1, 1, 1, 4 * channels]
                found["\(maps).channelwise_norm.beta"] = [1, 1, 1, 4 * channels]
                found["\(maps).channelwise_linear_2.weight"] = [channels, 4 * channels]
                found["\(maps).cond_embeds_mapper.weight"] = [2 * channels, width]
                let looks = "\(side).attention_blocks.\(number)"
                if channels != width { found["\(looks).kv_mapper.weight"] = [channels, width] }
                for look in 1...2 {
                    found["\(looks).norm\(look).weight"] = [channels]
                    attention("\(looks).attn\(look)", channels)
                }
            }
        }
        for number in 0..<layers {
            let name = "transformer_layers.\(number)"
            for norm in 1...3 {
                found["\(name).norm\(norm).norm.weight"] = [width]
                found["\(name).norm\(norm).linear.weight"] = [2 * width, width]
            }
            for look in 1...2 { attention("\(name).attn\(look)", width) }
            found["\(name).ff.net.0.proj.weight"] = [2 * hidden, width]
            found["\(name).ff.net.2.weight"] = [width, hidden]
        }
        return found
    }
}

extension VQGAN.Settings {
    /// All tensors and their shapes, by the names of the diffusers library's VQModel without attention.
    var diffusersShapes: [String: [Int]] {
        var found = ["quantize.embedding.weight": [codes, size]]
        func layer(_ name: String, _ shape: [Int]) {
            found["\(name).weight"] = shape
            found["\(name).bias"] = [shape[0]]
        }
        func residual(_ name: String, _ inputs: Int, _ outputs: Int) {
            layer("\(name).norm1", [inputs])
            layer("\(name).conv1", [outputs, inputs, 3, 3])
            layer("\(name).norm2", [outputs])
            layer("\(name).conv2", [outputs, outputs, 3, 3])
            if inputs != outputs { layer("\(name).conv_shortcut", [outputs, inputs, 1, 1]) }
        }
        layer("quant_conv", [size, depth, 1, 1])
        layer("post_quant_conv", [depth, size, 1, 1])
        let deepest = widths[widths.count - 1]
        for (network, way) in [("encoder", "down"), ("decoder", "up")] {
            let isFirst = network == "encoder"
            let sizes = isFirst ? widths : widths.reversed()
            layer(
                "\(network).conv_in",
                isFirst ? [width, channels, 3, 3] : [deepest, depth, 3, 3]
            )
            let end = sizes[sizes.count - 1]
            layer("\(network).conv_norm_out", [end])
            layer("\(network).conv_out", [isFirst ? depth : channels, end, 3, 3])
            for number in 0..<2 {
                residual("\(network).mid_block.resnets.\(number)", deepest, deepest)
            }
            var before = sizes[0]
            for (level, own) in sizes.enumerated() {
                let name = "\(network).\(way)_blocks.\(level)"
                for number in 0..<(isFirst ? blocks : blocks + 1) {
                    residual("\(name).resnets.\(number)", before, own)
                    before = own
                }
                if level < sizes.count - 1 {
                    layer("\(name).\(way)samplers.0.conv", [own, own, 3, 3])
                }
            }
        }
        return found
    }
}
