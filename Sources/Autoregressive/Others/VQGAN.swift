import Checks
import Neural
import Torch

/// Pictures as codes, and back, in the shape of the published tokenizers: residual blocks with group
/// norms, attention at some sizes, one code for each place of the smallest maps.
///
/// One network for three programs, which differ in how a code is chosen and where attention is.
///
/// Source: Esser, Rombach and Ommer, "Taming transformers for high-resolution image synthesis",
/// CVPR 2021; Sun et al., "Autoregressive model beats diffusion: LLaMA for scalable image
/// generation", 2024, for codes chosen by direction; Patil et al., "aMUSEd: an open MUSE reproduction", 2024, for one
/// without attention.
public final class VQGAN: Module {
    /// What the network was built from.
    public let settings: Settings
    /// Pictures to maps.
    public let encoder: VQGANEncoder
    private let before: Convolution2D
    /// Vectors to codes.
    public let codebook: VQGANCodebook
    private let after: Convolution2D
    /// Maps to pictures.
    public let decoder: VQGANDecoder

    /// A network whose weights are drawn from the source.
    ///
    /// - Precondition: the settings have no problems.
    public convenience init(_ settings: Settings, using source: RandomSource) {
        self.init(settings, start: nil, using: source)
    }

    /// A network whose weights all start so; zeros are for those that are loaded at once.
    init(_ settings: Settings, start: Initializer?, using source: RandomSource) {
        let problems = settings.problems
        precondition(problems.isEmpty, problems.joined(separator: "; "))
        self.settings = settings
        encoder = VQGANEncoder(settings, start: start, using: source)
        before = .keeping(settings.depth, settings.size, kernel: 1, start: start, using: source)
        codebook = VQGANCodebook(settings, start: start, using: source)
        after = .keeping(settings.size, settings.depth, kernel: 1, start: start, using: source)
        decoder = VQGANDecoder(settings, start: start, using: source)
    }

    /// Pictures made from their codes; gradients pass straight through the choice.
    ///
    /// Shape: N×C×H×W → N×C×H×W, and codes N×H/factor×W/factor.
    public func callAsFunction(_ pictures: Tensor) -> (restored: Tensor, codes: Tensor) {
        let (vectors, codes) = codebook(vectors(of: pictures))
        return (decoder(after(vectors)), codes)
    }

    /// The vectors that codes are chosen for.
    ///
    /// Shape: N×C×H×W → N×size×H/factor×W/factor.
    ///
    /// - Precondition: the factor divides both sides of the pictures.
    public func vectors(of pictures: Tensor) -> Tensor {
        let (_, _, rows, columns) = pictures.shape4
        precondition(
            rows.isMultiple(of: settings.factor) && columns.isMultiple(of: settings.factor),
            "pictures of \(rows)×\(columns) pixels, of which \(settings.factor)×"
                + "\(settings.factor) make a code"
        )
        return before(encoder(pictures))
    }

    /// The codes of pictures, −1 … 1, row by row.
    ///
    /// Shape: N×C×H×W → N×(H/factor · W/factor).
    public func codes(of pictures: Tensor) -> Tensor {
        withoutGradients { codebook(vectors(of: pictures)).codes.flattened(from: 1) }
    }

    /// How near each code is to what pictures show at its place: −1 … 1.
    ///
    /// Shape: N×C×H×W → N×(H/factor · W/factor)×codes.
    public func similarities(to pictures: Tensor) -> Tensor {
        withoutGradients { codebook.similarities(vectors(of: pictures)) }
    }

    /// The pictures of codes, −1 … 1 and a little beyond.
    ///
    /// Shape: N×(rows · columns) → N×C×rows · factor×columns · factor.
    public func pictures(of codes: Tensor, rows: Int, columns: Int) -> Tensor {
        let codes = codes.reshaped([codes.size(0), rows, columns])
        return decoder(after(codebook.vectors(of: codes)))
    }

    /// The square pictures of codes, −1 … 1, made one by one, so that each is the same beside any other.
    ///
    /// Shape: N×(side · side) → N×C×side · factor×side · factor.
    public func separatePictures(of codes: Tensor, side: Int) -> Tensor {
        Tensor.concatenated(
            (0..<codes.size(0)).map { row in
                pictures(of: codes.sliced(row..<row + 1, along: 0), rows: side, columns: side)
            }
        ).clamped(from: -1, to: 1)
    }
}

extension VQGAN {
    /// How the code of a vector is chosen.
    public enum Choice: String, Codable, Sendable {
        /// The code whose vector is the nearest.
        case nearest
        /// The code whose vector has the nearest direction; lengths do not count.
        case direction
        /// The code to which a layer gives the highest score.
        case score
    }

    /// What the network is built from.
    public struct Settings: Codable, Sendable, Equatable {
        /// Channels of a picture.
        public var channels = 3
        /// Channels of the largest maps.
        public var width = 128
        /// How many times as many channels maps have at each size, from the largest on.
        public var multiples = [1, 1, 2, 2, 4]
        /// Residual blocks of the encoder at each size; the decoder has one more.
        public var blocks = 2
        /// Sizes with attention after each block, 0 for the largest.
        public var attention = [4]
        /// Channels between the convolutions and the codes' vectors.
        public var depth = 256
        /// How many codes there are.
        public var codes = 1024
        /// Numbers of a code's vector.
        public var size = 256
        /// How codes are chosen.
        public var choice = Choice.nearest
        /// Whether there is attention amid the smallest maps.
        public var hasMiddleAttention = true
        /// Groups of channels that share their statistics.
        public var groups = 32

        /// Taming transformers' network for 16×16 pixels a code.
        public init() {}

        /// LlamaGen's networks, for 8×8 or 16×16 pixels a code.
        ///
        /// - Precondition: the factor is 8 or 16.
        public static func llamaGen(factor: Int) -> Settings {
            precondition(factor == 8 || factor == 16, "a factor of \(factor): it is 8 or 16")
            var settings = Settings()
            settings.multiples = factor == 8 ? [1, 2, 2, 4] : [1, 1, 2, 2, 4]
            settings.attention = [settings.multiples.count - 1]
            (settings.codes, settings.size, settings.choice) = (16_384, 8, .direction)
            return settings
        }

        /// Pixels a side that one code stands for.
        public var factor: Int { 1 << (multiples.count - 1) }

        /// Channels at each size, from the largest on.
        var widths: [Int] { multiples.map { $0 * width } }

        /// Numbers that a network has at least: those of codes, and of the blocks' kernels.
        var leastNumbers: Double {
            let kernels = widths.map { 36 * Double(blocks) * Double($0) * Double($0) }
            let ends = 18 * Double(depth + channels) * Double(width)
            return kernels.reduce(Double(codes) * Double(size) + ends, +)
        }

        /// Why no network can be built so, a sentence each.
        public var problems: [String] {
            func check(_ isRight: Bool, _ problem: String) -> String? { isRight ? nil : problem }
            return [
                check((1...1024).contains(channels), "channels is \(channels): expected 1 to 1024"),
                check((1...1024).contains(groups), "groups is \(groups): expected 1 to 1024"),
                check(
                    width.isMultiple(of: max(groups, 1)) && (1...4096).contains(width),
                    "width is \(width): expected a multiple of \(groups), at most 4096"
                ),
                check(
                    (1...8).contains(multiples.count)
                        && multiples.allSatisfy((1...64).contains),
                    "multiples are \(multiples): expected up to eight numbers from 1 to 64"
                ),
                check((1...64).contains(blocks), "blocks is \(blocks): expected 1 to 64"),
                check(
                    attention.allSatisfy(multiples.indices.contains),
                    "attention is \(attention): expected places in \(multiples)"
                ),
                check((1...65_536).contains(depth), "depth is \(depth): expected 1 to 65536"),
                check((1...4_194_304).contains(codes), "codes is \(codes): expected 1 to 4194304"),
                check((1...65_536).contains(size), "size is \(size): expected 1 to 65536"),
            ].compactMap(\.self)
        }
    }
}
