import Torch

extension JanusWeights {
    /// About how many bytes of memory drawing takes: weights, keys and values, the decoder, and the program itself.
    ///
    /// - Parameters:
    ///   - precision: What the heavy weights are kept in; as they are in the files, where nothing is said.
    ///   - pictures: How many are drawn at a time, each with guidance.
    ///   - isShort: Whether what was published is in 16 bits.
    /// - Returns: The bytes.
    public func memory(
        _ precision: JanusPrecision? = nil,
        pictures: Int,
        isShort: Bool = true
    ) -> Int {
        var own = settings
        own.precision = precision ?? settings.precision
        let packing = JanusPacking(own)
        let size = isShort ? 2 : 4
        var heavy = 0
        var bytes = Self.program
        for (name, shape) in own.plainShapes where name != JanusNames.pieces {
            let count = shape.reduce(1, *)
            if let outline = packing.bits(name).flatMap({ Tensor.packedOutline(shape, bits: $0) }) {
                heavy += outline.shape.reduce(1, *)
            } else if shape.count == 2, name != "gen_embed.weight" {
                heavy += size * count
            } else {
                bytes += 4 * count
            }
        }
        bytes += heavy + heavy * Self.loading / 100
        for (name, shape) in shapes where name.hasPrefix(JanusNames.tokenizer) {
            bytes += 4 * shape.reduce(1, *)
        }
        let places = Self.textPlaces + own.places
        let kept = 2 * own.layers * own.width * size
        bytes += 2 * pictures * places * kept
        // The last layers of the decoder, of one picture at a time.
        let side = own.side * 16
        return bytes + side * side * Self.pixelBytes
    }

    /// What the program and its libraries take.
    private static let program = 650_000_000
    /// How much of the heavy weights loading takes again, in per cent: what it frees in pieces is not all used anew.
    private static let loading = 30
    /// Pieces of a usual text.
    private static let textPlaces = 64
    /// What the decoder takes for a pixel while it draws.
    private static let pixelBytes = 2048
}
