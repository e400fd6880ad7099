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
        /// How many layers there are.
        public var layers = 6
        /// Heads of attention.
        public var heads = 4
        /// Share of the activations set to zero in training.
        public var dropout = 0.1
        /// The largest share of a picture's codes that the network sees wrong in training.
        public var noise = 0.0
        /// Whether every place of the picture is told which it is and, as one vector, what is asked for: otherwise both
        /// have to be found by attention.
        public var anchored = false
        /// The order in which codes are drawn.
        public var order = CodeOrder.raster

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
    let pieces: Embedding
    private let widening: Dense?
    private let prefixPlaces: Embedding?
    let anchors: TokenAnchors?
    let codes: Embedding
    /// What stands in the place of codes that are unknown.
    let unknown: Embedding?
    let blocks: [TransformerBlock]
    let norm: RMSNorm
    let head: Dense
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
        anchors =
            settings.anchored
            ? TokenAnchors(
                places: settings.places,
                inputs: isNarrow ? settings.pieceWidth : settings.width,
                width: settings.width,
                start: start,
                using: weights
            ) : nil
        codes = Embedding(
            count: settings.groups * settings.codes,
            width: settings.width,
            initializer: start,
            using: weights
        )
        unknown =
            settings.order == .masked
            ? Embedding(count: 1, width: settings.width, initializer: start, using: weights) : nil
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
        head.isOuter = true
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

    /// Logits of every code, given the true ones before it; where codes are drawn in steps, given those around it.
    ///
    /// Shape: N×prefix pieces and N×(places · groups) codes → N×(places · groups)×codes.
    public func callAsFunction(_ prefix: Tensor, _ drawn: Tensor) -> Tensor {
        guard settings.order == .raster else { return logitsAmongOthers(prefix, drawn) }
        let (count, places, groups) = (drawn.size(0), settings.places, settings.groups)
        let byPlace = drawn.reshaped([count, places, groups])
        let all = vectors(prefix, byPlace)
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

    /// The vectors that stand for a prefix, and for the codes of all places but the last.
    ///
    /// Shape: N×prefix and N×places×groups → N×(prefix + places − 1)×width.
    func vectors(_ prefix: Tensor, _ byPlace: Tensor) -> Tensor {
        let known = vectors(byPlace.sliced(0..<settings.places - 1, along: 1))
        let all = Tensor.concatenated([asked(prefix), known], along: 1)
        guard let anchors else { return all }
        // What draws a place's code stands one before it.
        let added = anchors(pieces(prefix), isSaid(prefix), at: 0..<settings.places)
        let shape = [prefix.size(0), settings.prefix - 1, settings.width]
        let none = Tensor.zeros(shape, dtype: added.dtype, device: added.device)
        return all + Tensor.concatenated([none, added], along: 1)
    }

    /// The vectors that stand for a prefix.
    ///
    /// Shape: N×prefix → N×prefix×width.
    func asked(_ prefix: Tensor) -> Tensor {
        let found = pieces(prefix)
        let wide = widening.map { $0(found) } ?? found
        return prefixPlaces.map { wide + $0.weight.unsqueezed(0) } ?? wide
    }

    /// 1 where a piece stands for something.
    ///
    /// Shape: N×prefix.
    func isSaid(_ prefix: Tensor) -> Tensor {
        prefix.isLess(than: Double(settings.pieces)).converted(to: .float32)
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
    func logits(_ known: Tensor, after codes: Tensor) -> Tensor {
        let group = codes.size(codes.rank - 1)
        return group == 0
            ? head(known).inFullPrecision { $0 } : following[group - 1](known, after: codes)
    }

    /// The mean of −log p of the codes, in nats a code; in training some of those that are seen are wrong.
    ///
    /// - Parameters:
    ///   - prefix: N×prefix pieces.
    ///   - drawn: N×(places · groups) codes.
    ///   - order: The order that places are learned in; nothing for that of the settings.
    /// - Returns: A number.
    public func loss(_ prefix: Tensor, _ drawn: Tensor, inOrder order: [Int]? = nil) -> Tensor {
        let seen = isTraining ? disturbed(drawn) : drawn
        if let order { return shuffledLoss(prefix, drawn, seen: seen, order: order) }
        return switch settings.order {
        case .raster: -self(prefix, seen).logProbability(of: drawn).mean()
        case .masked: maskedLoss(prefix, drawn, seen: seen, using: dropout.source)
        }
    }

    /// Vectors of places, some of their numbers zero in training.
    func dropped(_ vectors: Tensor) -> Tensor { dropout(vectors) }

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
}
