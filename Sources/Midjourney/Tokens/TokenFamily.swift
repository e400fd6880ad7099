import Adversarial
import Autoregressive
import Neural
import Runs
import Settings
import Torch

/// Pictures as codes that a transformer draws; encoder, codes, decoder, discriminator and
/// transformer learn in one loop.
public enum TokenFamily: JudgedFamily {
    /// The name in recipes.
    public static let name = "tokens"
    /// What it is.
    public static let summary =
        "pictures as codes, drawn one after the other, or in steps, by a transformer"
    /// The paper that it follows.
    public static let source =
        "Esser, Rombach and Ommer, Taming transformers, 2021; Sun et al., LlamaGen, 2024"

    /// All that a recipe can say of the networks.
    public struct Settings: JudgedSettings {
        /// Pictures to codes and back.
        public var tokenizer = Tokenizer.Settings()
        /// What draws the codes.
        public var transformer = TransformerSettings()
        /// The texts that pictures are asked for with, in place of classes.
        public var text = TextSettings()
        /// What judges the pictures.
        public var discriminator = JudgeSettings()
        /// The weight of the mean absolute error of pictures made from their codes.
        public var absolute = 1.0
        /// The weight of the mean squared error.
        public var squared = 1.0
        /// The weight of the distance between the features that the discriminator sees.
        public var features: Scheduled = 0.1
        /// The weight of the codes' likelihood.
        public var likelihood: Scheduled = 1
        /// Share of pictures whose codes are drawn as if nothing were asked for.
        public var open = 0.1
        /// Images after which only the transformer learns, on the codes that the averaged weights find;
        /// 0 for at once, −1 for never.
        public var settlesAt = -1

        /// The transformer does.
        public static var drawsPieces: Bool { true }
        /// The tokenizer, where a recipe says when.
        public var freezes: Bool { settlesAt >= 0 }

        /// Networks for pictures of 64×64.
        public init() { discriminator.labels = .ignored }

        /// What is wrong with the numbers by themselves.
        public var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.add(tokenizer.problems, under: "tokenizer")
            problems.add(transformer.problems, under: "transformer")
            problems.add(text.problems, under: "text")
            problems.expect(absolute >= 0, "absolute", "0 or more", found: "\(absolute)")
            problems.expect(squared >= 0, "squared", "0 or more", found: "\(squared)")
            problems.expect(features, "features")
            problems.expect(likelihood, "likelihood")
            problems.expect(open, in: 0...1, "open")
            problems.expect(settlesAt, in: -1...1_000_000_000, "settles-at")
            return problems.all + judging.problems
        }
    }

    /// What draws the codes.
    public struct TransformerSettings: Codable, Sendable, Equatable {
        /// Numbers of a place.
        public var width = 256
        /// How many layers there are.
        public var layers = 6
        /// Heads of attention.
        public var heads = 4
        /// Share of the activations set to zero in training.
        public var dropout = 0.1
        /// The largest share of a picture's codes that are wrong where later ones are learned.
        public var noise = 0.0
        /// Whether each place is told which it is and what is asked for.
        public var anchored = false
        /// The order in which codes are drawn: `raster`, one after the other, or `masked`, many at each of a few steps.
        public var order = CodeOrder.raster
        /// Share of the steps in which a transformer of the order `raster` learns places in an order by chance.
        public var shuffled: Scheduled = 0

        var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(width, in: 8...8192, "width")
            problems.expect(layers, in: 1...64, "layers")
            problems.expect(
                (1...8192).contains(heads) && width.isMultiple(of: 4 * min(max(heads, 1), 8192)),
                "heads",
                "heads of a multiple of 4 numbers each",
                found: "\(heads) of \(width)"
            )
            problems.expect(
                dropout >= 0 && dropout < 1,
                "dropout",
                "a number from 0 to less than 1",
                found: "\(dropout)"
            )
            problems.expect(noise, in: 0...1, "noise")
            problems.expect(shuffled, upTo: 1, "shuffled")
            problems.expect(
                shuffled.largest == 0 || anchored && order == .raster,
                "shuffled",
                "0, or 'anchored: true' and 'order: raster' beside it",
                found: shuffled.largest.plain
            )
            return problems.all
        }

        func network(
            _ tokenizer: Tokenizer.Settings,
            _ text: TextSettings,
            for spec: ImageSpec
        ) -> TokenTransformer.Settings {
            var network = TokenTransformer.Settings()
            network.codes = tokenizer.codes
            network.groups = tokenizer.groups
            network.rows = spec.height / tokenizer.factor
            network.columns = spec.width / tokenizer.factor
            network.pieces = text.pieces > 0 ? text.pieces : spec.labels
            network.prefix = text.pieces > 0 ? text.length : 1
            network.pieceWidth = text.pieces > 0 ? text.width : 0
            network.width = width
            network.layers = layers
            network.heads = heads
            network.dropout = dropout
            network.noise = noise
            network.anchored = anchored
            network.order = order
            return network
        }
    }

    /// Sides that the codes divide.
    public static func problems(_ settings: Settings, for spec: ImageSpec) -> [SettingProblem] {
        let factor = settings.tokenizer.factor
        var problems = SettingProblems()
        problems.expect(
            spec.height.isMultiple(of: factor) && spec.width.isMultiple(of: factor),
            "tokenizer.widths",
            "as many widths as \(spec.height)×\(spec.width) can be halved, from the patch on",
            found: "\(settings.tokenizer.widths.count), which needs multiples of \(factor)"
        )
        return problems.all
    }

    /// Encoder, codes, decoder and transformer.
    public static func generator(
        _ settings: Settings,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) -> any Generator {
        TokenGenerator(settings, for: spec, using: streams)
    }
}
