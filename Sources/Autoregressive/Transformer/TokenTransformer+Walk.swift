import Neural
import Torch

extension TokenTransformer {
    /// Draws on codes one place at a time, keys and values being kept.
    public final class Walk {
        private let network: TokenTransformer
        private let caches: [KeyValueCache]
        /// The weights for steps of one place; empty where those take the network's own way.
        private let weights: [Tensor]
        private var place = 0
        /// What each place is told of itself and of what is asked for.
        ///
        /// Shape: N×places×width.
        private let anchors: Tensor?
        /// Logits of the next place's first code.
        ///
        /// Shape: N×codes.
        public private(set) var logits: Tensor
        /// What is known of the next place, for its later codes.
        ///
        /// Shape: N×width.
        private var known: Tensor

        init(_ network: TokenTransformer, _ prefix: Tensor, dtype: DType) {
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
            anchors = network.anchors.map {
                $0(network.pieces(prefix), network.isSaid(prefix), at: 0..<settings.places)
            }
            let asked = network.asked(prefix)
            let last = settings.prefix - 1
            step(
                anchors == nil
                    ? asked
                    : Tensor.concatenated(
                        [
                            asked.sliced(0..<last, along: 1),
                            anchored(asked.sliced(last..<last + 1, along: 1), at: 0),
                        ],
                        along: 1
                    )
            )
        }

        /// The vectors of the place before, as those are that draw a place's codes.
        ///
        /// Shape: N×1×width.
        private func anchored(_ vectors: Tensor, at place: Int) -> Tensor {
            anchors.map { vectors + $0.sliced(place..<place + 1, along: 1) } ?? vectors
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
        public func append(_ codes: Tensor) {
            let next = place - network.settings.prefix + 1
            step(anchored(network.vectors(codes.unsqueezed(1)), at: next))
        }

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
