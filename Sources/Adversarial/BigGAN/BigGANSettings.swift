/// BigGAN-deep: blocks with bottlenecks that all hear of the latent numbers and the class, self-attention once between
/// them, and batch statistics that were kept for each truncation.
///
/// Source: Brock, Donahue and Simonyan, "Large scale GAN training for high fidelity natural image synthesis", ICLR 2019,
/// appendix B.
public enum BigGAN {
    /// What a network is built from.
    public struct Settings: Sendable, Equatable {
        /// Latent numbers of a picture, and numbers that a class becomes.
        public var latent: Int
        /// How many classes there are.
        public var classes: Int
        /// Channels that counts of channels are multiples of.
        public var width: Int
        /// Blocks from the coarsest on.
        public var blocks: [Block]
        /// The block that attention lies before; as many as there are blocks for none.
        public var attention: Int
        /// What is added to variances.
        public var epsilon: Double
        /// Truncations from 0 to 1 that statistics were kept for.
        public var statistics: Int
    }

    /// One block.
    public struct Block: Sendable, Equatable {
        /// Whether the picture has twice as many rows and columns afterwards.
        public var doubles: Bool
        /// Channels that come in, in widths.
        public var inputs: Int
        /// Channels that go out, in widths: as many, or half of them.
        public var outputs: Int
    }

    /// Rows and columns that pictures start with.
    static let start = 4
    /// Channels that they start with, in widths.
    static let first = 16
    /// Times that there are fewer channels within a block.
    static let narrowing = 4
    /// Times that there are fewer channels where attention compares places.
    static let comparing = 8
}

extension BigGAN.Settings {
    /// Rows and columns of a picture.
    public var side: Int { blocks.reduce(BigGAN.start) { $1.doubles ? 2 * $0 : $0 } }

    /// Numbers that every block hears of: the latent ones, and those of the class.
    var condition: Int { 2 * latent }

    /// The number of a block among the layers of the file, of which attention is one.
    func layer(of block: Int) -> Int { block < attention ? block : block + 1 }

    /// Shapes of all tensors by name.
    public var shapes: [String: [Int]] {
        var shapes = ["embeddings.weight": [latent, classes]]
        /// Weights that are divided by their norm: as they are learned, and the two vectors that tell it.
        func normed(_ name: String, _ shape: [Int], bias: Bool) {
            shapes["\(name).weight_orig"] = shape
            shapes["\(name).weight_u"] = [shape[0]]
            shapes["\(name).weight_v"] = [shape.dropFirst().reduce(1, *)]
            if bias { shapes["\(name).bias"] = [shape[0]] }
        }
        func norm(_ name: String, _ channels: Int) {
            shapes["\(name).running_means"] = [statistics, channels]
            shapes["\(name).running_vars"] = [statistics, channels]
        }
        let start = BigGAN.start * BigGAN.start * BigGAN.first * width
        normed("generator.gen_z", [start, condition], bias: true)
        for (place, block) in blocks.enumerated() {
            let name = "generator.layers.\(layer(of: place))"
            let (inputs, outputs) = (block.inputs * width, block.outputs * width)
            let middle = inputs / BigGAN.narrowing
            for (number, channels) in [inputs, middle, middle, middle].enumerated() {
                norm("\(name).bn_\(number)", channels)
                for part in ["scale", "offset"] {
                    normed("\(name).bn_\(number).\(part)", [channels, condition], bias: false)
                }
            }
            normed("\(name).conv_0", [middle, inputs, 1, 1], bias: true)
            normed("\(name).conv_1", [middle, middle, 3, 3], bias: true)
            normed("\(name).conv_2", [middle, middle, 3, 3], bias: true)
            normed("\(name).conv_3", [outputs, middle, 1, 1], bias: true)
        }
        if attention < blocks.count {
            let name = "generator.layers.\(attention)"
            let channels = blocks[attention].inputs * width
            let compared = channels / BigGAN.comparing
            shapes["\(name).gamma"] = [1]
            for part in ["theta", "phi"] {
                normed("\(name).snconv1x1_\(part)", [compared, channels, 1, 1], bias: false)
            }
            normed("\(name).snconv1x1_g", [channels / 2, channels, 1, 1], bias: false)
            normed("\(name).snconv1x1_o_conv", [channels, channels / 2, 1, 1], bias: false)
        }
        norm("generator.bn", width)
        shapes["generator.bn.weight"] = [width]
        shapes["generator.bn.bias"] = [width]
        normed("generator.conv_to_rgb", [width, width, 3, 3], bias: true)
        return shapes
    }
}
