import Settings

extension GatedPixelCNN {
    /// What the network is built from, as recipes have it.
    public struct Settings: PixelSettings {
        /// Channels of the maps.
        public var width = 64
        /// How many layers there are.
        public var layers = 8
        /// Rows and columns of the first layer's windows.
        public var firstKernel = 7
        /// Rows and columns of all later windows.
        public var kernel = 3
        /// Layers that look at the draft.
        public var draftLayers = 3
        /// What a pixel's distribution is made of.
        public var head = PixelHeadKind.levels
        /// Parts of a mixture.
        public var mixtures = 10

        /// A network for small pictures.
        public init() {}

        /// What is wrong with the numbers by themselves.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(width, in: 1...1024, "width")
            problems.expect(layers, in: 1...64, "layers")
            for (kernel, path) in [(firstKernel, "first-kernel"), (kernel, "kernel")] {
                problems.expect(
                    kernel % 2 == 1 && (3...15).contains(kernel),
                    path,
                    "an odd number from 3 to 15",
                    found: "\(kernel)"
                )
            }
            problems.expect(draftLayers, in: 1...8, "draft-layers")
            problems.expect(mixtures, in: 1...100, "mixtures")
            return problems.all
        }
    }
}
