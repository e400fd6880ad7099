import Foundation

extension AmusedTransformer {
    /// What the network is built from.
    public struct Settings: Sendable, Equatable {
        /// Rows and columns of codes.
        public var side: Int
        /// Codes of pictures.
        public var codes: Int
        /// Rows of the table of codes, the mark of an unknown one among them.
        public var rows: Int
        /// The mark of an unknown code.
        public var mask: Int
        /// Numbers that a code is kept in.
        public var codeWidth: Int
        /// Channels of maps.
        public var channels: Int
        /// Blocks of maps before the layers, and as many behind them.
        public var blocks: Int
        /// Heads of attention of these blocks.
        public var blockHeads: Int
        /// Whether maps are halved before the layers, and doubled behind them.
        public var isHalved: Bool
        /// Numbers of a place within the layers.
        public var width: Int
        /// How many layers there are.
        public var layers: Int
        /// Heads of attention of the layers.
        public var heads: Int
        /// Numbers inside a layer's gated part.
        public var hidden: Int
        /// Numbers of a place of the text.
        public var textWidth: Int
        /// Numbers of the text's sum.
        public var sumWidth: Int
        /// Numbers that size, place and worth of a picture are told in, each.
        public var waves: Int
        /// What norms add to the mean square.
        public var epsilon: Double
        /// Whether unknown codes become fewer by the same number at each step, not along a cosine.
        public var isLinear: Bool

        /// Codes of a picture.
        public var places: Int { side * side }

        /// Reads the configurations of the diffusers library.
        ///
        /// - Parameters:
        ///   - configuration: `transformer/config.json`.
        ///   - schedule: `scheduler/scheduler_config.json`.
        /// - Throws: `OtherWeightsError` for another network, or another kind of this one.
        init(_ configuration: Data, schedule: Data) throws(OtherWeightsError) {
            let all = try PublishedSettings(configuration, place: "transformer/config.json")
            try all.expect("use_bias", false, usual: false)
            try all.expect("ln_elementwise_affine", true, usual: true)
            side = try all.whole("sample_size", usual: 64, in: 1...256)
            codes = try all.whole("codebook_size", usual: 8192, in: 1...1_048_576)
            rows = try all.whole("vocab_size", usual: 8256, in: 2...2_097_152)
            codeWidth = try all.whole("in_channels", usual: 768)
            channels = try all.whole("block_out_channels", usual: 768)
            blocks = try all.whole("num_res_blocks", usual: 3, in: 1...64)
            blockHeads = try all.whole("block_num_heads", usual: 12)
            isHalved = try all.truth("downsample", usual: false)
            try all.expect("upsample", isHalved, usual: false)
            width = try all.whole("hidden_size", usual: 1024)
            layers = try all.whole("num_hidden_layers", usual: 22, in: 1...256)
            heads = try all.whole("num_attention_heads", usual: 16)
            hidden = try all.whole("intermediate_size", usual: 2816)
            textWidth = try all.whole("encoder_hidden_size", usual: 768)
            sumWidth = try all.whole("cond_embed_dim", usual: 768)
            waves = try all.whole("micro_cond_encode_dim", usual: 256)
            epsilon = try all.positive("layer_norm_eps", usual: 1e-6)
            guard waves.isMultiple(of: 2),
                try all.whole("micro_cond_embed_dim", usual: 1280) == Self.facts * waves
            else {
                throw all.wrong(
                    "micro_cond_embed_dim",
                    "\(Self.facts) times an even micro_cond_encode_dim"
                )
            }
            for (key, heads, width) in [
                ("block_num_heads", blockHeads, channels), ("num_attention_heads", heads, width),
            ] where !width.isMultiple(of: heads) {
                throw all.wrong(key, "a divisor of \(width)")
            }
            guard !isHalved || side.isMultiple(of: 2) else {
                throw all.wrong("sample_size", "an even number, as maps are halved")
            }
            let steps = try PublishedSettings(schedule, place: "scheduler/scheduler_config.json")
            let known = ["cosine", "linear"]
            isLinear = try steps.word("masking_schedule", usual: known[0], of: known) == known[1]
            mask = try steps.whole("mask_token_id", in: 0...2_097_152)
            guard codes < rows, (codes..<rows).contains(mask) else {
                throw steps.wrong(
                    "mask_token_id",
                    "\(codes) to \(rows - 1), a row behind the codes"
                )
            }
        }

        /// What is told of a picture beside the text: width, height, where it was cut out, how much it is liked.
        static let facts = 5
    }
}
