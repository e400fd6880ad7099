import Checks
import Neural
import Torch

/// Pictures as a few codes, and back: an encoder, a book of codes, a decoder.
///
/// The first halving, or the first two, is a rearrangement of pixels, without a loss.
///
/// Source: Esser, Rombach and Ommer, "Taming transformers", CVPR 2021, for the whole.
public final class Tokenizer: Module {
    /// What the networks were built from.
    public let settings: Settings
    /// Pictures to vectors.
    public let encoder: TokenEncoder
    /// Vectors to codes.
    public let codebook: Codebook
    /// Codes to pictures.
    public let decoder: TokenDecoder

    /// Networks whose weights are drawn from the source.
    ///
    /// - Precondition: `patch` can be halved for each width of `detail`.
    public init(_ settings: Settings, channels: Int, using source: RandomSource) {
        precondition(
            settings.drawnPatch >= 1,
            "patches of \(settings.patch) cannot be halved \(settings.detail.count) times"
        )
        self.settings = settings
        encoder = TokenEncoder(settings, channels: channels, using: source)
        codebook = Codebook(
            codes: settings.codes,
            size: settings.size,
            groups: settings.groups,
            using: source
        )
        decoder = TokenDecoder(settings, channels: channels, using: source)
    }

    /// Pictures made from their codes.
    ///
    /// Shape: N×C×H×W → N×C×H×W.
    public func callAsFunction(
        _ pictures: Tensor
    ) -> (restored: Tensor, quantised: Codebook.Quantised) {
        let quantised = codebook(encoder(pictures))
        return (decoder(quantised.vectors), quantised)
    }

    /// The codes of pictures, row by row, those of a place side by side.
    ///
    /// Shape: N×C×H×W → N×(H/factor · W/factor · groups).
    public func codes(of pictures: Tensor) -> Tensor {
        withoutGradients {
            evaluating { codebook(encoder(pictures)).codes }.flattened(from: 1)
        }
    }

    /// The pictures of codes.
    ///
    /// Shape: N×(rows · columns · groups) → N×C×rows · factor×columns · factor.
    public func pictures(of codes: Tensor, rows: Int, columns: Int) -> Tensor {
        pictures(of: codes, rows: rows, columns: columns) { _, _ in }
    }

    /// The pictures of codes, telling of every map of the decoder.
    ///
    /// - Parameters:
    ///   - codes: N×(rows · columns · groups).
    ///   - rows: Rows of places.
    ///   - columns: Columns of places.
    ///   - watch: Told a layer's name and its map, N×c×h×w.
    /// - Returns: N×C×rows · factor×columns · factor.
    public func pictures(
        of codes: Tensor,
        rows: Int,
        columns: Int,
        watch: (_ layer: String, _ map: Tensor) -> Void
    ) -> Tensor {
        let places = codes.reshaped([codes.size(0), rows, columns * settings.groups])
        return decoder.drawn(codebook.vectors(places), watch: watch)
    }
}

/// Pictures to maps of vectors, one for each code.
public final class TokenEncoder: Module {
    private let first: Convolution2D
    private let blocks: [[ResidualMaps]]
    private let halvings: [Convolution2D]
    private let middle: ResidualMaps
    private let norm: GroupNorm
    private let last: Convolution2D
    private let patch: Int

    init(_ settings: Tokenizer.Settings, channels: Int, using source: RandomSource) {
        let widths = settings.widths
        let isLocal = settings.local
        patch = settings.patch
        first = .same(patch * patch * channels, widths[0], using: source)
        blocks = widths.indices.map { index in
            (0..<settings.blocks).map { number in
                // Deep kernels see most of the picture.
                ResidualMaps(
                    number == 0 ? widths[max(index - 1, 0)] : widths[index],
                    widths[index],
                    kernel: isLocal && index == widths.count - 1 ? 1 : 3,
                    norm: { .maps($0, isByPlace: isLocal) },
                    using: source
                )
            }
        }
        halvings = widths.dropLast().map { .same($0, $0, stride: 2, using: source) }
        let deepest = widths[widths.count - 1]
        middle = ResidualMaps(
            deepest,
            deepest,
            kernel: isLocal ? 1 : 3,
            norm: { .maps($0, isByPlace: isLocal) },
            using: source
        )
        norm = .maps(deepest, isByPlace: isLocal)
        last = .same(deepest, settings.vector, kernel: 1, using: source)
    }

    /// The vectors.
    ///
    /// Shape: N×C×H×W → N×(groups · size)×H/factor×W/factor.
    public func callAsFunction(_ pictures: Tensor) -> Tensor {
        var x = first(pictures.pixelUnshuffled(patch))
        for (index, group) in blocks.enumerated() {
            for block in group { x = block(x) }
            if index < halvings.count { x = halvings[index](x) }
        }
        return last(norm(middle(x)).silu())
    }
}

/// Maps of codes' vectors to pictures.
public final class TokenDecoder: Module {
    private let first: Convolution2D
    private let middle: ResidualMaps
    private let blocks: [[ResidualMaps]]
    private let doublings: [Convolution2D]
    private let norm: GroupNorm
    private let last: Convolution2D
    private let patch: Int

    init(_ settings: Tokenizer.Settings, channels: Int, using source: RandomSource) {
        let widths = settings.widths.reversed() + settings.detail
        patch = settings.drawnPatch
        first = .same(settings.vector, widths[0], using: source)
        func norm(_ channels: Int) -> GroupNorm { .maps(channels, isByPlace: settings.local) }
        middle = ResidualMaps(widths[0], widths[0], norm: norm, using: source)
        blocks = widths.map { width in
            (0..<settings.blocks).map { _ in ResidualMaps(width, width, norm: norm, using: source) }
        }
        doublings = zip(widths, widths.dropFirst()).map { .same($0, $1, using: source) }
        self.norm = norm(widths[widths.count - 1])
        last = .same(widths[widths.count - 1], patch * patch * channels, using: source)
        // The pixels of a patch begin alike, so that no texture of the patch's size is there to be
        // unlearned. Source: Aitken et al., "Checkerboard artifact free sub-pixel convolution", 2017.
        let (drawn, pixels) = (last.weight.detached(), patch * patch)
        last.weight = withoutGradients {
            drawn.reshaped([channels, pixels] + drawn.shape.dropFirst())
                .sliced(0..<1, along: 1).repeatedElements(pixels, along: 1).reshaped(drawn.shape)
        }
    }

    /// The last shared weights, which the balance of losses is measured at.
    public var lastWeight: Tensor { last.weight }

    /// The pictures, −1 … 1.
    ///
    /// Shape: N×(groups · size)×rows×columns → N×C×rows · factor×columns · factor.
    public func callAsFunction(_ vectors: Tensor) -> Tensor { drawn(vectors) { _, _ in } }

    /// The pictures, telling of every map on the way.
    func drawn(
        _ vectors: Tensor,
        watch: (_ layer: String, _ map: Tensor) -> Void
    ) -> Tensor {
        watch("codes", vectors)
        var x = middle(first(vectors))
        watch("middle", x)
        for (index, group) in blocks.enumerated() {
            for block in group { x = block(x) }
            watch("size \(index + 1)", x)
            if index < doublings.count {
                let size = [2 * x.size(2), 2 * x.size(3)]
                x = doublings[index](x.resampled(size: size, .nearest))
            }
        }
        let picture = last(norm(x).silu()).pixelShuffled(patch).tanh()
        watch("picture", picture)
        return picture
    }
}

extension Convolution2D {
    /// A layer that keeps the size, or divides it by the stride.
    fileprivate static func same(
        _ inputs: Int,
        _ outputs: Int,
        kernel: Extent = 3,
        stride: Extent = 1,
        using source: RandomSource
    ) -> Convolution2D {
        Convolution2D(
            inputs: inputs,
            outputs: outputs,
            kernel: kernel,
            stride: stride,
            padding: .same,
            using: source
        )
    }
}
