import Settings

extension PixelCNNPlus {
    /// What the network is built from, as recipes have it.
    public struct Settings: PixelSettings {
        /// Channels of the maps; 160 in the paper.
        public var width = 64
        /// Blocks of each stream at each size; 5 in the paper.
        public var blocks = 2
        /// Sizes, each half of the one before.
        public var scales = 3
        /// Share of the activations set to zero in training; one half in the paper.
        public var dropout = 0.0
        /// Layers that look at the draft.
        public var draftLayers = 3
        /// What a pixel's distribution is made of.
        public var head = PixelHeadKind.mixtures
        /// Parts of a mixture.
        public var mixtures = 10

        /// A network for small pictures.
        public init() {}

        /// What is wrong with the numbers by themselves.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(width, in: 1...1024, "width")
            problems.expect(blocks, in: 1...16, "blocks")
            problems.expect(scales, in: 1...6, "scales")
            problems.expect(
                dropout >= 0 && dropout < 1,
                "dropout",
                "a number from 0 to less than 1",
                found: "\(dropout)"
            )
            problems.expect(draftLayers, in: 1...8, "draft-layers")
            problems.expect(mixtures, in: 1...100, "mixtures")
            return problems.all
        }
    }
}
