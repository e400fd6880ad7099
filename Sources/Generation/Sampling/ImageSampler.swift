import Adversarial
import Midjourney
import Prompts
import Torch

/// How one kind of network draws, and what else it can do.
///
/// Each loaded model has one, made in one place (`GeneratorModel/sampler(of:_:words:)`); nothing else asks which
/// network there is. What a kind cannot do it says in `missing`: parameters' support and errors follow from that.
protocol ImageSampler {
    /// What the model cannot do, and why: a clause about "it".
    var missing: [ModelCapability: String] { get }
    /// Pictures drawn at once: as many as bring kept kernels to full speed, fewer where each takes its time.
    var batch: Int { get }
    /// How pictures are drawn where nothing is said.
    var usual: SamplingOptions { get }
    /// How bold drawings can be made, from little to much, and how.
    var boldness: (values: [Double], change: (inout SamplingOptions, Double) -> Void) { get }
    /// Threads that draw quickest; nil for as many as the processor has.
    var threads: Int? { get }
    /// Whether it is asked with texts.
    var takesText: Bool { get }
    /// Whether pictures are codes, drawn one after the other.
    var drawsCodes: Bool { get }

    /// Whether the model reads the beginning of a text alone.
    func isTooLong(_ text: String) -> Bool

    /// Takes what a prompt's parameters mean for this kind.
    func follow(_ parameters: PromptParameters, _ sampling: inout SamplingOptions)

    /// What draws the pictures of a batch, each the same beside any others.
    ///
    /// - Throws: `GenerationError` for what the model cannot be asked for.
    func artist(for batch: SampledBatch) throws -> BatchSampler

    /// What looks at codes while they are drawn and shows previews of their pictures: codes still missing are those of
    /// an empty picture, so that a preview costs no more than its decoding and changes nothing of what is drawn.
    ///
    /// - Parameters:
    ///   - previews: How many there are, and who is shown them.
    ///   - indices: The pictures that are wanted, of those that are drawn together, in their order.
    ///   - first: The place in the seed's row of the first picture that is drawn.
    ///   - sampling: How they are drawn.
    /// - Returns: It is told the codes so far; nil where no codes are drawn.
    func look(
        for previews: DrawingPreviews,
        of indices: [Int],
        from first: Int,
        _ sampling: SamplingOptions
    ) -> (([Tensor]) -> Void)?

    /// What draws hidden parts of pictures.
    var infilling: (any Infilling)? { get }
    /// What goes on from a picture all around; where there is none, `infilling` does.
    var panoramas: (any PanoramaDrawing)? { get }
    /// What draws near to given pictures.
    var near: (any NearDrawing)? { get }
    /// What draws a picture's codes anew in part.
    var partial: (any PartialRedrawing)? { get }
    /// Numbers that lead steadily from picture to picture.
    var space: (any LatentSpace)? { get }
    /// Layers that each take a style of their own.
    var styles: (any StyleGenerator)? { get }
    /// What makes codes of pictures, and draws codes after a text.
    var tokens: TokenGenerator? { get }
    /// What repairs pictures.
    var repairer: RepairGenerator? { get }
    /// What makes pictures into pictures of another kind.
    var translator: TranslationGenerator? { get }
    /// What tells of its layers while it draws.
    var layered: (any LayeredGenerator)? { get }
}

extension ImageSampler {
    var boldness: (values: [Double], change: (inout SamplingOptions, Double) -> Void) {
        ([0.5, 0.7, 0.85, 1, 1.15], { $0.temperature = $1 })
    }
    var threads: Int? { nil }
    var usual: SamplingOptions { SamplingOptions() }
    var takesText: Bool { false }
    var drawsCodes: Bool { false }
    var infilling: (any Infilling)? { nil }
    var panoramas: (any PanoramaDrawing)? { nil }
    var near: (any NearDrawing)? { nil }
    var partial: (any PartialRedrawing)? { nil }
    var space: (any LatentSpace)? { nil }
    var styles: (any StyleGenerator)? { nil }
    var tokens: TokenGenerator? { nil }
    var repairer: RepairGenerator? { nil }
    var translator: TranslationGenerator? { nil }
    var layered: (any LayeredGenerator)? { nil }

    func follow(_ parameters: PromptParameters, _ sampling: inout SamplingOptions) {
        sampling.followNumbers(parameters)
    }

    func isTooLong(_ text: String) -> Bool { false }

    func look(
        for previews: DrawingPreviews,
        of indices: [Int],
        from first: Int,
        _ sampling: SamplingOptions
    ) -> (([Tensor]) -> Void)? { nil }
}

/// Pictures that are drawn at once.
struct SampledBatch {
    /// Their places in the seed's row.
    let indices: Range<Int>
    /// What is asked for, and how.
    let request: DrawingRequest
    /// Told the codes so far, where codes are drawn.
    var look: (([Tensor]) -> Void)?
    /// Told how much of the batch is drawn, from 0 to 1.
    var watch: (Double) -> Void = { _ in }
}

/// Draws what a mask hides.
protocol Infilling {
    /// A picture of the model's size whose hidden part is drawn; what is visible stays equal bit for bit.
    ///
    /// Shape: 1×C×H×W and 1×1×H×W, 1 where the picture stays → 1×C×H×W.
    ///
    /// - Throws: `GenerationError` for a class that the model does not have.
    func filled(
        _ numbers: Tensor,
        visible: Tensor,
        _ request: DrawingRequest,
        _ index: Int,
        using source: RandomSource
    ) throws -> Tensor
}

/// Goes on from a picture all around.
protocol PanoramaDrawing {
    /// A picture that begins with a given one and ends where that begins.
    ///
    /// Shape: 1×C×H×W → 1×C×H×2H, or as wide as the picture where that is wider.
    ///
    /// - Throws: `GenerationError` for a class that the model does not have.
    func panorama(
        from numbers: Tensor,
        _ request: DrawingRequest,
        _ index: Int
    ) throws -> Tensor
}

extension GeneratorModel {
    /// What draws with a network: the only place that asks which one it is.
    ///
    /// - Parameters:
    ///   - network: In use, on its device.
    ///   - conditions: What it can be asked with.
    ///   - words: How words are put to a published model.
    /// - Returns: One for that kind of network.
    static func sampler(
        of network: any Generator,
        _ conditions: ModelConditions,
        words: PublishedWords?
    ) -> any ImageSampler {
        switch network {
        case let tokens as TokenGenerator: TokenImageSampler(tokens, conditions)
        case let published as LlamaGenGenerator: TokenImageSampler(published, conditions)
        case let published as JanusGenerator: JanusSampler(published, conditions, words?.janus)
        case let published as AmusedGenerator: AmusedSampler(published, conditions, words?.clip)
        case let published as BigGANGenerator: BigGANSampler(published, conditions)
        case let repairer as RepairGenerator: RepairSampler(repairer, conditions)
        case let translator as TranslationGenerator: TranslationSampler(translator, conditions)
        case let pixels as any PixelByPixel:
            PixelSampler(pixels, conditions, restorer: network.restorer)
        default:
            OneStepSampler(
                network,
                conditions,
                styles: network.styled,
                layered: network.layered
            )
        }
    }
}
