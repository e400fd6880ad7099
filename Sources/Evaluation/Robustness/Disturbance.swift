import Datasets
import Foundation
import Imaging
import Torch

/// Something done to pictures that leaves what they show as it is.
enum Disturbance: Sendable, Equatable {
    /// The picture stays as it is.
    case none
    /// Normal noise of a deviation, of numbers from −1 to 1.
    case noise(Double)
    /// Means of three pixels in both directions, so many times.
    case blur(Int)
    /// JPEG of a quality.
    case jpeg(Int)
    /// One step of a size against the discriminator.
    ///
    /// Source: Goodfellow, Shlens and Szegedy, "Explaining and harnessing adversarial examples", ICLR 2015.
    case fgsm(Double)
    /// Ten steps against it, each a quarter of the size that all of them may have.
    ///
    /// Source: Madry et al., "Towards deep learning models resistant to adversarial attacks", ICLR 2018.
    case pgd(Double)

    /// Those that a table has, from little to much.
    static let all: [Disturbance] =
        [.none] + [0.05, 0.1, 0.2, 0.4].map { .noise($0) } + [1, 2, 4].map { .blur($0) }
        + [90, 50, 20].map { .jpeg($0) } + [1, 2, 4, 8].map { .fgsm($0 * 2 / 255) }
        + [1, 2, 4, 8].map { .pgd($0 * 2 / 255) }

    /// What it is called.
    var name: String {
        switch self {
        case .none: "none"
        case .noise(let deviation): "noise \(deviation)"
        case .blur(let times): "blur \(times)"
        case .jpeg(let quality): "JPEG \(quality)"
        case .fgsm(let size): "FGSM \(Int((size * 255 / 2).rounded()))/255"
        case .pgd(let size): "PGD \(Int((size * 255 / 2).rounded()))/255"
        }
    }

    /// Disturbed pictures.
    ///
    /// - Parameters:
    ///   - pictures: N×C×H×W, −1 … 1.
    ///   - source: Of the noise.
    ///   - harm: What an attack makes larger, for each picture: N.
    /// - Returns: As many, −1 … 1.
    /// - Throws: `ImagingError` where JPEG cannot be written.
    func callAsFunction(
        _ pictures: Tensor,
        using source: RandomSource,
        harm: (Tensor) -> Tensor
    ) throws -> Tensor {
        switch self {
        case .none: return pictures
        case .noise(let deviation):
            let noise = Tensor.normal(pictures.shape, deviation: deviation, using: source)
            return (pictures + noise).clamped(from: -1, to: 1)
        case .blur(let times):
            return (0..<times).reduce(pictures) { blurred, _ in
                blurred.averagePooled(
                    window: [3, 3],
                    stride: [1, 1],
                    padding: [1, 1],
                    countsPadding: false
                )
            }
        case .jpeg(let quality): return try Disturbance.compressed(pictures, quality)
        case .fgsm(let size):
            return (pictures + Disturbance.slope(pictures, harm).sign() * size)
                .clamped(from: -1, to: 1)
        case .pgd(let size):
            var changed = pictures
            for _ in 0..<10 {
                let step = Disturbance.slope(changed, harm).sign() * (size / 4)
                let change = (changed + step - pictures).clamped(from: -size, to: size)
                changed = (pictures + change).clamped(from: -1, to: 1).detached()
            }
            return changed
        }
    }

    /// The derivative of the harm by the pictures.
    private static func slope(_ pictures: Tensor, _ harm: (Tensor) -> Tensor) -> Tensor {
        let input = pictures.detached().requiringGradient()
        return gradients(of: harm(input).sum(), for: [input])[0]
    }

    /// Pictures through JPEG; transparency stays as it is.
    private static func compressed(_ pictures: Tensor, _ quality: Int) throws -> Tensor {
        let (count, channels, height, width) = pictures.shape4
        let colours = channels.isMultiple(of: 2) ? channels - 1 : channels
        let rows = try (0..<count).map { row in
            let own = pictures.sliced(row..<row + 1, along: 0)
            let shown = Picture.batch(of: own.sliced(0..<colours, along: 1))[0]
            let bytes = try shown.encoded(as: .jpeg(quality: quality))
            let back = try Picture(decoding: bytes, name: "a picture in JPEG").converted(
                channels: colours
            )
            let numbers = Tensor(
                back.values(layout: .planar),
                shape: [1, colours, height, width]
            )
            return colours == channels
                ? numbers
                : Tensor.concatenated(
                    [numbers, own.sliced(colours..<channels, along: 1)],
                    along: 1
                )
        }
        return Tensor.concatenated(rows)
    }
}
