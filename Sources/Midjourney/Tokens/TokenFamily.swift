import Adversarial
import Autoregressive
import Neural
import Runs
import Torch

/// Pictures as codes that a transformer draws; encoder, codes, decoder, discriminator and
/// transformer learn in one loop.
public enum TokenFamily: JudgedFamily {
    /// The name in recipes.
    public static let name = "tokens"
    /// What it is.
    public static let summary = "pictures as codes, drawn one after the other by a transformer"
    /// The paper.
    public static let source =
        "Esser, Rombach and Ommer, Taming transformers, 2021; Sun et al., LlamaGen, 2024"

    /// All that a recipe can say of the networks.
    public struct Settings: JudgedSettings {
        /// Pictures to codes and back.
        public var tokenizer = TokenizerSettings()
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
        public var settles: Bool { settlesAt >= 0 }

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

    /// Pictures to codes and back.
    public struct TokenizerSettings: Codable, Sendable, Equatable {
        /// Pixels a side that are one place of the first maps: 1, 2, 4 or 8.
        ///
        /// Larger ones learn faster and draw fine lines less well.
        public var patch = 2
        /// Channels of the maps at the picture's size divided by `patch`, and at each half of it, so
        /// that a code stands for `patch` pixels a side, doubled for each width after the first.
        public var widths = [64, 96, 128]
        /// Channels of the decoder's maps at each further doubling, down from `patch`: fine lines are drawn
        /// in place of being rearranged.
        public var detail: [Int] = []
        /// Residual blocks at each size.
        public var blocks = 1
        /// Codes that a place can have, in each group.
        public var codes = 512
        /// Numbers of a code's vector.
        public var size = 8
        /// Codes of a place: a few say as much as very many would.
        public var groups = 1
        /// Steps between two looks for codes that nothing uses.
        public var reviveEvery = 50

        var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(widths, count: 1...5, in: 1...2048, "widths")
            problems.expect(
                [1, 2, 4, 8].contains(patch),
                "patch",
                "1, 2, 4 or 8",
                found: "\(patch)"
            )
            problems.expect(detail, count: 0...3, in: 1...2048, "detail")
            problems.expect(
                patch >> detail.count >= 1,
                "detail",
                "no more widths than a patch of \(patch) can be halved",
                found: "\(detail.count)"
            )
            problems.expect(blocks, in: 1...8, "blocks")
            problems.expect(codes, in: 2...65_536, "codes")
            problems.expect(size, in: 2...512, "size")
            problems.expect(groups, in: 1...16, "groups")
            problems.expect(reviveEvery, in: 1...1_000_000, "revive-every")
            return problems.all
        }

        /// Pixels a side that one code stands for.
        var factor: Int { patch << (widths.count - 1) }

        func network(channels: Int) -> Tokenizer.Settings {
            var network = Tokenizer.Settings()
            network.channels = channels
            network.factor = factor
            network.patch = patch
            network.widths = widths
            network.detail = detail
            network.blocks = blocks
            network.codes = codes
            network.size = size
            network.groups = groups
            return network
        }
    }

    /// What draws the codes.
    public struct TransformerSettings: Codable, Sendable, Equatable {
        /// Numbers of a place.
        public var width = 256
        /// Layers.
        public var layers = 6
        /// Heads of attention.
        public var heads = 4
        /// Share of the activations set to zero in training.
        public var dropout = 0.1
        /// The largest share of a picture's codes that are wrong where later ones are learned.
        public var noise = 0.0

        var problems: [SettingProblem] {
            var problems = SettingProblems()
            problems.expect(width, in: 8...8192, "width")
            problems.expect(layers, in: 1...64, "layers")
            problems.expect(
                heads >= 1 && width.isMultiple(of: 4 * max(heads, 1)),
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
            return problems.all
        }

        func network(
            _ tokenizer: TokenizerSettings,
            _ text: TextSettings,
            for subject: Subject
        ) -> TokenTransformer.Settings {
            var network = TokenTransformer.Settings()
            network.codes = tokenizer.codes
            network.groups = tokenizer.groups
            network.rows = subject.height / tokenizer.factor
            network.columns = subject.width / tokenizer.factor
            network.pieces = text.pieces > 0 ? text.pieces : subject.labels
            network.prefix = text.pieces > 0 ? text.length : 1
            network.pieceWidth = text.pieces > 0 ? text.width : 0
            network.width = width
            network.layers = layers
            network.heads = heads
            network.dropout = dropout
            network.noise = noise
            return network
        }
    }

    /// Sides that the codes divide.
    public static func problems(_ settings: Settings, for subject: Subject) -> [SettingProblem] {
        let factor = settings.tokenizer.factor
        var problems = SettingProblems()
        problems.expect(
            subject.height.isMultiple(of: factor) && subject.width.isMultiple(of: factor),
            "tokenizer.widths",
            "as many widths as \(subject.height)×\(subject.width) can be halved, from the patch on",
            found: "\(settings.tokenizer.widths.count), which needs multiples of \(factor)"
        )
        return problems.all
    }

    /// Encoder, codes, decoder and transformer.
    public static func generator(
        _ settings: Settings,
        for subject: Subject,
        using streams: NetworkStreams
    ) -> any Generator {
        TokenGenerator(settings, for: subject, using: streams)
    }
}
