import Neural
import Torch

/// Draws the codes of a picture one after the other, row by row, after a prefix that says what of.
///
/// Places of the prefix see all of it; places of the picture see the prefix and the codes before. A
/// place may have several codes, which small heads draw one after the other.
///
/// Source: Sun et al., "Autoregressive model beats diffusion: LLaMA for scalable image generation",
/// 2024. Unlike there the prefix is part of the attention like any other place.
public final class TokenTransformer: Module {
    /// What the network is built from.
    public struct Settings: Codable, Sendable, Equatable {
        /// Codes that a place can have, in each group.
        public var codes = 512
        /// Codes of a place.
        public var groups = 1
        /// Rows of places.
        public var rows = 8
        /// Columns of places.
        public var columns = 8
        /// Pieces that a prefix is made of: classes, or pieces of text.
        ///
        /// The number after the last one stands for nothing.
        public var pieces = 0
        /// Places of the prefix; where there are several, each has a vector of its own.
        public var prefix = 1
        /// Numbers that a piece is kept in; 0 for as many as a place has.
        public var pieceWidth = 0
        /// Numbers of a place.
        public var width = 256
        /// Layers.
        public var layers = 6
        /// Heads of attention.
        public var heads = 4
        /// Share of the activations set to zero in training.
        public var dropout = 0.1
        /// The largest share of a picture's codes that the network sees wrong in training.
        public var noise = 0.0

        /// A network for small pictures.
        public init() {}

        /// Places of a picture.
        public var places: Int { rows * columns }

        /// Codes of a picture.
        public var length: Int { places * groups }

        /// Numbers inside the gated layers: two thirds of four widths, in multiples of 32.
        public var hidden: Int { (width * 8 / 3 + 31) / 32 * 32 }
    }

    /// What the network was built from.
    public let settings: Settings
    private let pieces: Embedding
    private let widening: Dense?
    private let prefixPlaces: Embedding?
    private let codes: Embedding
    let blocks: [TransformerBlock]
    private let norm: RMSNorm
    private let head: Dense
    private let following: [FollowingHead]
    private let dropout: Dropout
    let rotary: RotaryPositions

    /// A network whose weights are drawn from the source; the other one is for dropout.
    public convenience init(
        _ settings: Settings,
        using weights: RandomSource,
        chance: RandomSource
    ) {
        self.init(
            settings,
            hidden: settings.hidden,
            hasSilentPrefix: false,
            start: .normal(deviation: 0.02),
            using: weights,
            chance: chance
        )
    }

    /// A network that differs from ours in what settings do not say.
    ///
    /// - Parameters:
    ///   - settings: What the network is built from.
    ///   - hidden: Numbers inside the gated layers, in place of the settings'.
    ///   - hasSilentPrefix: Whether queries and keys of the prefix are zero.
    ///   - start: How weights are drawn.
    ///   - weights: Where the weights come from.
    ///   - chance: What dropout draws from.
    init(
        _ settings: Settings,
        hidden: Int,
        hasSilentPrefix: Bool,
        start: Initializer,
        using weights: RandomSource,
        chance: RandomSource
    ) {
        self.settings = settings
        let isNarrow = settings.pieceWidth > 0
        pieces = Embedding(
            count: settings.pieces + 1,
            width: isNarrow ? settings.pieceWidth : settings.width,
            initializer: isNarrow ? .normal(deviation: 0.1) : start,
            using: weights
        )
        widening =
            isNarrow
            ? Dense(
                inputs: settings.pieceWidth,
                outputs: settings.width,
                bias: false,
                initializer: start,
                using: weights
            ) : nil
        prefixPlaces =
            settings.prefix > 1
            ? Embedding(
                count: settings.prefix,
                width: settings.width,
                initializer: start,
                using: weights
            ) : nil
        codes = Embedding(
            count: settings.groups * settings.codes,
            width: settings.width,
            initializer: start,
            using: weights
        )
        blocks = (0..<settings.layers).map { _ in
            TransformerBlock(settings, hidden: hidden, start: start, using: (weights, chance))
        }
        norm = RMSNorm(settings.width, epsilon: 1e-5)
        // At first every code is as likely as any other.
        head = Dense(
            inputs: settings.width,
            outputs: settings.codes,
            bias: false,
            initializer: .zeros,
            using: weights
        )
        following = (1..<max(settings.groups, 1)).map { group in
            FollowingHead(
                after: group,
                codes: settings.codes,
                width: settings.width,
                start: start,
                using: weights
            )
        }
        dropout = Dropout(settings.dropout, using: chance)
        rotary = RotaryPositions(
            prefix: settings.prefix,
            rows: settings.rows,
            columns: settings.columns,
            head: settings.width / settings.heads,
            silent: hasSilentPrefix
        )
    }

    /// Adds updates of few numbers to the products of all blocks, zero at first.
    ///
    /// - Precondition: nothing has looked at the network's members yet.
    public func addUpdates(rank: Int, strength: Double, using source: RandomSource) {
        for block in blocks {
            block.addUpdates(rank: rank, strength: strength, using: source)
        }
    }

    /// A prefix that leaves everything open.
    ///
    /// Shape: N×prefix.
    public func open(_ count: Int) -> Tensor {
        Tensor([Int](repeating: settings.pieces, count: count * settings.prefix))
            .reshaped([count, settings.prefix]).moved(to: codes.weight.device)
    }

    /// Logits of every code, given the true ones before it.
    ///
    /// Shape: N×prefix pieces and N×(places · groups) codes → N×(places · groups)×codes.
    public func callAsFunction(_ prefix: Tensor, _ drawn: Tensor) -> Tensor {
        let (count, places, groups) = (drawn.size(0), settings.places, settings.groups)
        let byPlace = drawn.reshaped([count, places, groups])
        let known = vectors(byPlace.sliced(0..<places - 1, along: 1))
        let all = Tensor.concatenated([asked(prefix), known], along: 1)
        let length = settings.prefix + places - 1
        var x = dropout(all)
        let mask = mask(length, device: x.device)
        for block in blocks {
            x = block(x, rotary, at: 0..<length, mask: mask, cache: nil)
        }
        let found = norm(x.sliced(settings.prefix - 1..<length, along: 1))
        let logits = (0..<groups).map { group in
            self.logits(found, after: byPlace.sliced(0..<group, along: 2))
        }
        return groups == 1
            ? logits[0] : Tensor.stacked(logits, along: 2).reshaped([count, places * groups, -1])
    }

    /// The vectors that stand for a prefix.
    ///
    /// Shape: N×prefix → N×prefix×width.
    func asked(_ prefix: Tensor) -> Tensor {
        let found = pieces(prefix)
        let wide = widening.map { $0(found) } ?? found
        return prefixPlaces.map { wide + $0.weight.unsqueezed(0) } ?? wide
    }

    /// The vectors that stand for the codes of places.
    ///
    /// Shape: N×places×groups → N×places×width.
    func vectors(_ drawn: Tensor) -> Tensor {
        guard settings.groups > 1 else { return codes(drawn.squeezed(2)) }
        let starts = (Tensor.range(to: settings.groups) * Double(settings.codes))
            .converted(to: .int64).moved(to: drawn.device)
        return codes(drawn + starts).sum(over: [2])
    }

    /// Logits of a place's next code, given those of the earlier groups.
    ///
    /// Shape: …×width what is known of the place, and …×earlier codes → …×codes.
    private func logits(_ known: Tensor, after codes: Tensor) -> Tensor {
        let group = codes.size(codes.rank - 1)
        return group == 0
            ? head(known).inFullPrecision { $0 } : following[group - 1](known, after: codes)
    }

    /// The mean of −log p of the codes, in nats a code; in training some of those before are wrong.
    public func loss(_ prefix: Tensor, _ drawn: Tensor) -> Tensor {
        -self(prefix, isTraining ? disturbed(drawn) : drawn).logChance(of: drawn).mean()
    }

    /// Codes, some of each picture's in places of another's: from these it is learned to trust what is
    /// asked for more than what was drawn, so that a wrong code does not lead to other pictures.
    ///
    /// Source: after Bengio et al., "Scheduled sampling", NeurIPS 2015, without drawings of its own.
    private func disturbed(_ drawn: Tensor) -> Tensor {
        guard settings.noise > 0 else { return drawn }
        let (count, length) = (drawn.size(0), drawn.size(1))
        let rates = Tensor.uniform([count, 1], to: settings.noise, using: dropout.source)
        let isWrong = Tensor.uniform([count, length], using: dropout.source) .< rates
        return isWrong.moved(to: drawn.device)
            .selecting(shifted(drawn), otherwise: drawn)
    }

    /// Each picture's codes in the place of the next one's.
    private func shifted(_ drawn: Tensor) -> Tensor {
        let shifted = drawn.wholeBatch().rolled(by: 1, along: 0)
        return ProcessGroup.current.map { shifted.share(of: $0) } ?? shifted
    }

    /// Who may look at whom: the prefix at itself, a place at the prefix and at those before.
    func mask(_ length: Int, device: Device) -> Tensor {
        let causal = Tensor.ones([length, length]).lowerTriangle()
        let prefix = Tensor.range(to: length).converted(to: .float32)
            .isLess(than: Double(settings.prefix)).converted(to: .float32).unsqueezed(0)
        return (causal + prefix).isGreater(than: 0).moved(to: device)
    }

    /// Draws on codes one place at a time, keys and values being kept.
    public final class Walk {
        private let network: TokenTransformer
        private let caches: [KeyValueCache]
        /// The weights for steps of one place; empty where those take the network's own way.
        private let weights: [Tensor]
        private var place = 0
        /// Logits of the next place's first code.
        ///
        /// Shape: N×codes.
        public private(set) var logits: Tensor
        /// What is known of the next place, for its later codes.
        ///
        /// Shape: N×width.
        private var known: Tensor

        fileprivate init(_ network: TokenTransformer, _ prefix: Tensor, dtype: DType) {
            self.network = network
            let settings = network.settings
            caches = network.blocks.map { _ in
                KeyValueCache(
                    pictures: prefix.size(0),
                    heads: settings.heads,
                    places: settings.prefix + settings.places - 1,
                    head: settings.width / settings.heads,
                    dtype: dtype,
                    device: network.codes.weight.device
                )
            }
            weights = Walk.weights(of: network, dtype)
            (logits, known) = (prefix, prefix)
            step(network.asked(prefix))
        }

        /// Logits of the next place's next code, given those of the earlier groups.
        ///
        /// Shape: N×earlier codes → N×codes.
        public func logits(after codes: Tensor) -> Tensor { network.logits(known, after: codes) }

        /// Takes the codes of the next place.
        ///
        /// Shape: N×groups.
        ///
        /// - Precondition: it is not the last place's.
        public func append(_ codes: Tensor) { step(network.vectors(codes.unsqueezed(1))) }

        /// The weights where one call can make a step.
        private static func weights(of network: TokenTransformer, _ dtype: DType) -> [Tensor] {
            let isHere = network.codes.weight.device.kind == .cpu
            let isKnown = dtype == .float32 || dtype == .bfloat16
            guard isHere, isKnown, network.codes.weight.dtype == .float32 else { return [] }
            let width = network.settings.width
            let all = withoutGradients {
                var head = network.head.weight.detached()
                // Further rows of ones among zeros give what later codes need.
                if network.settings.groups > 1 {
                    let rows = Tensor.range(to: width).oneHot(classes: width)
                    head = Tensor.concatenated([head, rows])
                }
                return network.blocks.flatMap { $0.weights(as: dtype) } + [
                    network.norm.weight.detached(), head.converted(to: dtype).contiguous(),
                ]
            }
            let head = network.settings.width / network.settings.heads
            let isEven = all.allSatisfy { $0.rank == 1 || $0.size(1).isMultiple(of: 16) }
            return isEven && head.isMultiple(of: 16) ? all : []
        }

        /// One place more, all layers in one call.
        private func shortStep(_ vector: Tensor) {
            let found = vector.transformerStep(
                weights: weights,
                keys: caches.map(\.keys),
                values: caches.map(\.values),
                cosines: network.rotary.cosines.selected(place),
                sines: network.rotary.sines.selected(place),
                place: place,
                epsilon: 1e-5
            )
            place += 1
            for cache in caches { cache.take() }
            guard network.settings.groups > 1 else {
                logits = found
                return
            }
            let parts = found.split([network.settings.codes, network.settings.width], along: 1)
            (logits, known) = (parts[0], parts[1])
        }

        private func step(_ vectors: Tensor) {
            if vectors.size(1) == 1, !weights.isEmpty { return shortStep(vectors.squeezed(1)) }
            var x = vectors
            let length = vectors.size(1)
            for (block, cache) in zip(network.blocks, caches) {
                x = block(
                    x,
                    network.rotary,
                    at: place..<place + length,
                    mask: nil,
                    cache: cache
                )
            }
            place += length
            known = network.norm(x.sliced(length - 1..<length, along: 1)).squeezed(1)
            logits = network.head(known).inFullPrecision { $0 }
        }
    }

    /// A walk over the places of pictures, after its prefix.
    ///
    /// Shape: N×prefix.
    public func walk(_ prefix: Tensor, dtype: DType = .float32) -> Walk {
        Walk(self, prefix, dtype: dtype)
    }
}
