import Checks
import Foundation
import Torch

/// How alike pictures are in light, contrast and structure, at several sizes: MS-SSIM, 1 for the same.
///
/// Between drawings of one class it tells how little they differ.
///
/// Source: Wang, Simoncelli and Bovik, "Multiscale structural similarity", Asilomar 2003: windows of 11
/// pixels, a normal curve of deviation 1.5. Small pictures have less than five sizes, whose weights are
/// brought to sum 1 then.
public struct StructuralSimilarity: Sendable, Equatable {
    /// How many sizes are compared.
    public let sizes: Int

    private static let weights = [0.0448, 0.2856, 0.3001, 0.2363, 0.1333]
    private static let window = 11

    /// A comparison of pictures of that size.
    ///
    /// - Precondition: the shorter side has a window at least.
    public init(height: Int, width: Int) {
        let side = min(height, width)
        precondition(side >= StructuralSimilarity.window, "pictures of \(width)×\(height)")
        sizes = (1...5).last { side >> ($0 - 1) >= StructuralSimilarity.window } ?? 1
    }

    /// The likeness of each pair.
    ///
    /// Shape: N×C×H×W, −1 … 1, twice → N.
    public func callAsFunction(_ first: Tensor, _ second: Tensor) -> Tensor {
        var (x, y) = (
            (first.converted(to: .float64) + 1) / 2, (second.converted(to: .float64) + 1) / 2
        )
        let used = StructuralSimilarity.weights.prefix(sizes)
        let total = used.reduce(0, +)
        var product = Tensor.ones([first.size(0), first.size(1)], dtype: .float64)
        for (size, weight) in used.enumerated() {
            let found = StructuralSimilarity.parts(x, y)
            let isLast = size == sizes - 1
            let part = (isLast ? found.whole : found.contrast).clamped(from: 0)
            product = product * part.power(weight / total)
            guard !isLast else { break }
            (x, y) = (StructuralSimilarity.halved(x), StructuralSimilarity.halved(y))
        }
        return product.mean(over: [1])
    }

    private static func halved(_ pictures: Tensor) -> Tensor {
        pictures.averagePooled(window: [2, 2], stride: [2, 2])
    }

    /// Contrast and structure, and these with light, means over a picture's windows.
    ///
    /// Shape: N×C each.
    private static func parts(_ x: Tensor, _ y: Tensor) -> (contrast: Tensor, whole: Tensor) {
        let middle = Double(window / 2)
        let curve = (0..<window).map { exp(-pow(Double($0) - middle, 2) / (2 * 1.5 * 1.5)) }
        let taps = curve.map { $0 / curve.reduce(0, +) }
        let size = [x.size(2) - window + 1, x.size(3) - window + 1]
        func smooth(_ pictures: Tensor) -> Tensor {
            pictures.smoothed(by: taps, before: 0, stride: 1, size: size, spreads: false)
        }
        let (first, second) = (0.01 * 0.01, 0.03 * 0.03)
        let (meanX, meanY) = (smooth(x), smooth(y))
        let (squareX, squareY) = (meanX * meanX, meanY * meanY)
        let spreadX = smooth(x * x) - squareX
        let spreadY = smooth(y * y) - squareY
        let shared = smooth(x * y) - meanX * meanY
        let contrast = (shared * 2 + second) / (spreadX + spreadY + second)
        let light = (meanX * meanY * 2 + first) / (squareX + squareY + first)
        return (contrast.mean(over: [2, 3]), (contrast * light).mean(over: [2, 3]))
    }
}
