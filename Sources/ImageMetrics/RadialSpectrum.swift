import Foundation
import Torch

/// How much of pictures lies at each frequency, all directions together.
///
/// The logarithm to base 10 of the mean power of the light, at 1, 2, … cycles a picture: generators often
/// have too little or too much of the highest.
///
/// Source: Durall et al., "Watch your up-convolution", CVPR 2020.
public struct RadialSpectrum: Sendable, Equatable {
    /// The power at 1, 2, … cycles a picture.
    public let power: [Double]

    /// The spectrum of pictures, by sums of cosines and sines.
    ///
    /// Shape: N×C×H×W.
    public init(_ pictures: Tensor) {
        // Transparency is no light.
        let channels = pictures.size(1)
        let colours = channels > 1 && channels.isMultiple(of: 2) ? channels - 1 : channels
        let light = pictures.sliced(0..<colours, along: 1).converted(to: .float32).mean(over: [1])
        let (rows, columns) = (light.size(1), light.size(2))
        let (down, across) = (RadialSpectrum.waves(rows), RadialSpectrum.waves(columns))
        func product(_ left: Tensor, _ right: Tensor) -> Tensor {
            left.multiplied(by: light).multiplied(by: right)
        }
        let real = product(down.cosines, across.cosines) - product(down.sines, across.sines)
        let imaginary = product(down.cosines, across.sines) + product(down.sines, across.cosines)
        let whole = (real.squared() + imaginary.squared()).mean(over: [0]).doubles()
        let most = min(rows, columns) / 2
        var (sums, counts) = (
            [Double](repeating: 0, count: most + 1), [Double](repeating: 0, count: most + 1)
        )
        for row in 0..<rows {
            for column in 0..<columns {
                // Frequencies above the half are those below it, the other way round.
                let (y, x) = (min(row, rows - row), min(column, columns - column))
                let radius = Int(Double(y * y + x * x).squareRoot().rounded())
                guard radius <= most else { continue }
                sums[radius] += whole[row * columns + column]
                counts[radius] += 1
            }
        }
        let area = Double(rows * columns)
        power = zip(sums, counts).dropFirst().map { log10($0 / max($1, 1) / area + 1e-12) }
    }

    /// Cosines and sines of whole waves over so many places.
    ///
    /// Shape: count×count each.
    private static func waves(_ count: Int) -> (cosines: Tensor, sines: Tensor) {
        let angles = (0..<count * count).map { index in
            2 * Double.pi * Double(index / count * (index % count) % count) / Double(count)
        }
        let shape = [count, count]
        return (
            Tensor(angles.map { Float(cos($0)) }, shape: shape),
            Tensor(angles.map { Float(sin($0)) }, shape: shape)
        )
    }
}
