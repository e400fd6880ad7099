import Checks
import Neural
import Torch

/// A network that makes a picture of another.
protocol TranslationNetwork: Module {
    /// Shape: N×C×H×W → N×C×H×W, −1 … 1.
    func callAsFunction(_ pictures: Tensor) -> Tensor
}

/// Translates pictures, and back again where it was learned without pairs.
public final class TranslationGenerator: Module, Generator {
    /// What a recipe says of it.
    public let settings: Translation.Settings
    private let there: any TranslationNetwork
    private let back: (any TranslationNetwork)?
    private let spec: ImageSpec

    /// Networks whose weights are drawn from the streams.
    public init(
        _ settings: Translation.Settings,
        for spec: ImageSpec,
        using streams: NetworkStreams
    ) {
        (self.settings, self.spec) = (settings, spec)
        func network() -> any TranslationNetwork {
            switch settings.network {
            case .unet: TranslationUNet(settings, channels: spec.channels, using: streams)
            case .residual: TranslationResNet(settings, channels: spec.channels, using: streams)
            }
        }
        there = network()
        back = settings.mode == .cycle ? network() : nil
    }

    /// One, which changes nothing: these networks draw from pictures.
    public var latentSize: Int { 1 }

    /// None can be asked for.
    public var labelCount: Int { 0 }

    /// Whether it translates backwards, too.
    public var goesBack: Bool { back != nil }

    /// Rows and columns of the pictures that it was trained on.
    public var window: (rows: Int, columns: Int) { (spec.height, spec.width) }

    /// Pictures of the other kind.
    ///
    /// Shape: N×C×H×W → N×C×H×W, sides being multiples of what the network halves.
    ///
    /// - Precondition: it goes back, where that is asked for.
    public func translated(_ pictures: Tensor, backwards: Bool = false) -> Tensor {
        guard let network = backwards ? back : there else {
            preconditionFailure("a translation that was learned from pairs has no way back")
        }
        return network(pictures)
    }

    /// What is made of grey pictures: there is nothing else to draw from.
    public func callAsFunction(_ latents: Tensor, labels: Tensor?) -> Tensor {
        let shape = [latents.size(0), spec.channels, spec.height, spec.width]
        return translated(.zeros(shape, device: latents.device)).inFloat32()
    }

    /// Nothing: a run is watched by what it makes of real pictures.
    public func fastSample(_ latents: Tensor, labels: Tensor?) -> Tensor? { nil }

    /// Both pictures of examples: what is translated, and what it is to become.
    ///
    /// Shape: N×C×2H×W → N×C×H×W, twice.
    public static func sides(of examples: Tensor) -> (source: Tensor, target: Tensor) {
        let rows = examples.size(2) / 2
        return (
            examples.sliced(0..<rows, along: 2).channelsLast(),
            examples.sliced(rows..<2 * rows, along: 2).channelsLast()
        )
    }

    /// Examples beside what becomes of them: source, drawing and target; without pairs source, drawing and what is drawn
    /// back, and the same from the target.
    ///
    /// - Parameter examples: N×C×2H×W.
    /// - Returns: N×C×H×W each.
    public func shown(_ examples: Tensor) -> [Tensor] {
        let (source, target) = Self.sides(of: examples)
        let drawn = translated(source).inFloat32()
        guard goesBack else { return [source, drawn, target] }
        let returned = translated(target, backwards: true).inFloat32()
        return [
            source, drawn, translated(drawn, backwards: true).inFloat32(),
            target, returned, translated(returned).inFloat32(),
        ]
    }

    /// Examples and what becomes of them, side by side.
    public func examples(
        _ latents: Tensor,
        labels: Tensor?,
        beside real: LabelledPictures
    ) -> Tensor {
        Tensor.concatenated(shown(real.pictures), along: 3).clamped(from: -1, to: 1)
    }

    /// How far drawings are from what they should be.
    ///
    /// With pairs: the mean absolute error, and that of leaving pictures as they are. Without: what is lost there and back
    /// again, how much of a picture changes that is of the wanted kind already, and how much of one that is not: a
    /// network that does nothing loses nothing. Numbers go from −1 to 1.
    public func validationMetrics(_ real: LabelledPictures) -> [(name: String, value: Double)] {
        func apart(_ one: Tensor, _ other: Tensor) -> Double {
            (one - other).absolute().mean().item()
        }
        let shown = shown(real.pictures)
        guard goesBack else {
            return [
                ("Evaluation/absolute", apart(shown[1], shown[2])),
                ("Evaluation/absolute_before", apart(shown[0], shown[2])),
            ]
        }
        let kept = [translated(shown[3]), translated(shown[0], backwards: true)]
        return [
            ("Evaluation/cycle", (apart(shown[2], shown[0]) + apart(shown[5], shown[3])) / 2),
            (
                "Evaluation/identity",
                (apart(kept[0].inFloat32(), shown[3]) + apart(kept[1].inFloat32(), shown[0])) / 2
            ),
            ("Evaluation/changed", (apart(shown[1], shown[0]) + apart(shown[4], shown[3])) / 2),
        ]
    }
}
