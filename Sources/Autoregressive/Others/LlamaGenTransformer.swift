import Checks
import Neural
import Torch

/// Draws the codes of a picture of a class, in the shape of LlamaGen's published transformers.
///
/// As `TokenTransformer` with one place for the class, but that this place's queries and keys are
/// zero, and that gated layers are rounded up more coarsely.
///
/// Source: Sun et al., "Autoregressive model beats diffusion: LLaMA for scalable image generation",
/// 2024.
public final class LlamaGenTransformer: Module {
    /// What the network is built from.
    public struct Settings: Codable, Sendable, Equatable {
        /// Classes; the number after the last one stands for none.
        public var classes = 1000
        /// Codes that a place can have.
        public var codes = 16_384
        /// Rows and columns of places.
        public var side = 16
        /// Numbers of a place.
        public var width = 768
        /// How many layers there are.
        public var layers = 12
        /// Heads of attention.
        public var heads = 12
        /// What the numbers inside the gated layers are a multiple of.
        public var multiple = 256
        /// Share of the activations set to zero in training.
        public var dropout = 0.1

        /// The smallest of the published networks, GPT-B, for 16×16 codes.
        public init() {}

        /// Numbers inside the gated layers: two thirds of four widths, rounded up.
        public var hidden: Int { (width * 8 / 3 + multiple - 1) / multiple * multiple }

        /// Numbers that a network has at least: those of the weights between places and layers.
        var leastNumbers: Double {
            let width = Double(width)
            let layer = 4 * width * width + 3 * width * Double(hidden)
            return Double(layers) * layer + (Double(classes) + 2 * Double(codes)) * width
        }

        /// Why no network can be built so, a sentence each.
        public var problems: [String] {
            func check(_ isRight: Bool, _ problem: String) -> String? { isRight ? nil : problem }
            return [
                check((0...1_000_000).contains(classes), "classes is \(classes)"),
                check((1...4_194_304).contains(codes), "codes is \(codes): expected 1 to 4194304"),
                check((1...1024).contains(side), "side is \(side): expected 1 to 1024"),
                check((1...65_536).contains(width), "width is \(width): expected 1 to 65536"),
                check((1...1024).contains(layers), "layers is \(layers): expected 1 to 1024"),
                check(
                    heads > 0 && width.isMultiple(of: heads)
                        && (width / max(heads, 1)).isMultiple(of: 4),
                    "heads is \(heads): expected a divisor of the width \(width) that leaves"
                        + " multiples of four"
                ),
                check(
                    (1...1_048_576).contains(multiple),
                    "multiple is \(multiple): expected 1 to 1048576"
                ),
                check(
                    dropout >= 0 && dropout < 1,
                    "dropout is \(dropout): expected 0 to below 1"
                ),
            ].compactMap(\.self)
        }

        /// The same network in the terms of ours.
        fileprivate var plain: TokenTransformer.Settings {
            var plain = TokenTransformer.Settings()
            (plain.codes, plain.rows, plain.columns) = (codes, side, side)
            (plain.pieces, plain.prefix) = (classes, 1)
            (plain.width, plain.layers, plain.heads) = (width, layers, heads)
            plain.dropout = dropout
            return plain
        }
    }

    /// What the network was built from.
    public let settings: Settings
    /// The same network in the terms of ours: what is asked for is one place, the class.
    public let network: TokenTransformer

    /// A network whose weights are drawn from the source; the other one is for dropout.
    ///
    /// - Precondition: the settings have no problems.
    public convenience init(
        _ settings: Settings,
        using weights: RandomSource,
        chance: RandomSource
    ) {
        self.init(settings, start: .normal(deviation: 0.02), using: weights, chance: chance)
    }

    /// A network whose weights start so; zeros are for those that are loaded at once.
    init(
        _ settings: Settings,
        start: Initializer,
        using weights: RandomSource,
        chance: RandomSource
    ) {
        let problems = settings.problems
        precondition(problems.isEmpty, problems.joined(separator: "; "))
        self.settings = settings
        network = TokenTransformer(
            settings.plain,
            hidden: settings.hidden,
            hasSilentPrefix: true,
            start: start,
            using: weights,
            chance: chance
        )
    }

    /// Logits of every place's code, given the class and the true codes before it.
    ///
    /// Shape: N classes and N×places codes → N×places×codes.
    public func callAsFunction(_ classes: Tensor, _ drawn: Tensor) -> Tensor {
        network(classes.unsqueezed(1), drawn)
    }

    /// The mean of −log p of the codes, in nats a place.
    public func loss(_ classes: Tensor, _ drawn: Tensor) -> Tensor {
        network.loss(classes.unsqueezed(1), drawn)
    }

    /// A walk over the places of pictures of these classes, keys and values being kept.
    ///
    /// Shape: N.
    public func walk(_ classes: Tensor, dtype: DType = .float32) -> TokenTransformer.Walk {
        network.walk(classes.unsqueezed(1), dtype: dtype)
    }

    /// Draws the codes of pictures, with guidance away from those of no class.
    ///
    /// - Parameters:
    ///   - classes: Whose pictures, N.
    ///   - guidance: How far the classes are stressed over none.
    ///   - sampling: How codes are chosen.
    ///   - chances: Even numbers from 0 to 1: N×places.
    ///   - dtype: The type that is computed in.
    /// - Returns: N×places codes, row by row.
    public func draw(
        _ classes: Tensor,
        guidance: Double = 1,
        _ sampling: TokenSampling = TokenSampling(),
        by chances: Tensor,
        dtype: DType = .float32
    ) -> Tensor {
        let condition = GuidedCondition(
            classes.unsqueezed(1),
            over: network.open(classes.size(0)),
            by: guidance
        )
        return network.draw(condition, sampling, by: chances, dtype: dtype)
    }
}
