import Foundation

/// What other programs build their networks with, under the names of their arguments.
///
/// Where a file leaves an argument out, it has the program's default.
enum OtherArguments {
    private struct Original<Arguments: Decodable>: Decodable {
        let network: String
        let arguments: Arguments
    }

    private struct Kind: Decodable {
        let family: String
    }

    /// The network that a text describes.
    static func network(_ json: Data) throws -> OtherWeights.Network {
        let decoder = JSONDecoder()
        decoder.keyDecodingStrategy = .convertFromSnakeCase
        switch try decoder.decode(Kind.self, from: json).family {
        case "taming-vqgan":
            let original = try decoder.decode(Original<Taming>.self, from: json)
            return .tokenizer(try original.arguments.settings(original.network), .taming)
        case "llamagen-vq":
            let original = try decoder.decode(Original<LlamaGenTokenizer>.self, from: json)
            return .tokenizer(try original.arguments.settings(), .llamaGen)
        case "llamagen-gpt":
            let original = try decoder.decode(Original<LlamaGenClasses>.self, from: json)
            return .transformer(try original.arguments.settings())
        case let other:
            throw OtherWeightsError(
                "networks of '\(other)' are not known: expected taming-vqgan, llamagen-vq or"
                    + " llamagen-gpt"
            )
        }
    }

    private static func check(
        _ isRight: Bool,
        _ argument: String,
        _ found: Any?,
        _ expected: Any
    ) throws(OtherWeightsError) {
        guard !isRight else { return }
        let found = found.map { "\($0)" } ?? "nothing"
        throw OtherWeightsError("\(argument) is \(found): expected \(expected)")
    }

    private struct Taming: Decodable {
        let ch: Int
        let chMult: [Int]
        let numResBlocks: Int
        let attnResolutions: [Int]
        let resolution: Int
        let inChannels: Int
        let outCh: Int
        let zChannels: Int
        let nEmbed: Int
        let embedDim: Int
        let doubleZ: Bool?
        let resampWithConv: Bool?

        func settings(_ network: String) throws(OtherWeightsError) -> VQGAN.Settings {
            try check(outCh == inChannels, "out_ch", outCh, "as in_channels, \(inChannels)")
            try check(doubleZ != true, "double_z", true, false)
            try check(resampWithConv != false, "resamp_with_conv", false, true)
            try check(
                ["VQModel", "GumbelVQ"].contains(network),
                "network",
                network,
                "VQModel or GumbelVQ"
            )
            var settings = VQGAN.Settings()
            (settings.channels, settings.width) = (inChannels, ch)
            (settings.multiples, settings.blocks) = (chMult, numResBlocks)
            settings.attention = chMult.indices.filter {
                attnResolutions.contains(resolution >> $0)
            }
            (settings.depth, settings.codes, settings.size) = (zChannels, nEmbed, embedDim)
            settings.choice = network == "GumbelVQ" ? .score : .nearest
            return settings
        }
    }

    private struct LlamaGenTokenizer: Decodable {
        let ch: Int?
        let inChannels: Int?
        let numResBlocks: Int?
        let encoderChMult: [Int]?
        let decoderChMult: [Int]?
        let zChannels: Int?
        let codebookSize: Int?
        let codebookEmbedDim: Int?
        let codebookL2Norm: Bool?

        func settings() throws(OtherWeightsError) -> VQGAN.Settings {
            var settings = VQGAN.Settings.llamaGen(factor: 16)
            let multiples = encoderChMult ?? settings.multiples
            let others = decoderChMult ?? settings.multiples
            try check(
                multiples == others,
                "decoder_ch_mult",
                others,
                "as encoder_ch_mult, \(multiples)"
            )
            (settings.width, settings.multiples) = (ch ?? settings.width, multiples)
            settings.channels = inChannels ?? settings.channels
            settings.blocks = numResBlocks ?? settings.blocks
            settings.attention = [multiples.count - 1]
            settings.depth = zChannels ?? settings.depth
            settings.codes = codebookSize ?? settings.codes
            settings.size = codebookEmbedDim ?? settings.size
            settings.choice = codebookL2Norm == false ? .nearest : .direction
            return settings
        }
    }

    private struct LlamaGenClasses: Decodable {
        let dim: Int
        let nLayer: Int
        let nHead: Int
        let nKvHead: Int?
        let multipleOf: Int?
        let ffnDimMultiplier: Double?
        let ropeBase: Double?
        let normEps: Double?
        let numClasses: Int?
        let vocabSize: Int?
        let blockSize: Int?
        let clsTokenNum: Int?
        let modelType: String?

        func settings() throws(OtherWeightsError) -> LlamaGenTransformer.Settings {
            let places = blockSize ?? 256
            let side = Int(Double(max(places, 0)).squareRoot())
            try check(side * side == places, "block_size", places, "a square")
            try check((nKvHead ?? nHead) == nHead, "n_kv_head", nKvHead, nHead)
            try check(ffnDimMultiplier == nil, "ffn_dim_multiplier", ffnDimMultiplier, "none")
            try check((ropeBase ?? 10_000) == 10_000, "rope_base", ropeBase, 10_000)
            try check((normEps ?? 1e-5) == 1e-5, "norm_eps", normEps, 1e-5)
            try check((clsTokenNum ?? 1) == 1, "cls_token_num", clsTokenNum, 1)
            try check((modelType ?? "c2i") == "c2i", "model_type", modelType, "c2i")
            var settings = LlamaGenTransformer.Settings()
            settings.classes = numClasses ?? settings.classes
            settings.codes = vocabSize ?? settings.codes
            (settings.side, settings.width, settings.layers) = (side, dim, nLayer)
            (settings.heads, settings.multiple) = (nHead, multipleOf ?? settings.multiple)
            return settings
        }
    }
}
