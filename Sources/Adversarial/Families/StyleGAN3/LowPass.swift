import Foundation

/// A filter that lets low frequencies pass: a windowed sinc, or its likeness in all directions of a plane.
///
/// Source: Karras et al., 2021, appendix C; windows as in Kaiser, "Nonrecursive digital filter design using the
/// I₀-sinh window function", 1974.
struct LowPass: Equatable {
    /// The frequency in the middle of the edge.
    var cutoff: Double
    /// How wide the edge is.
    var width: Double
    /// The sampling rate.
    var rate: Double

    /// The filter along one dimension, with sum 1.
    func line(_ count: Int) -> [Double] {
        let window = window(count)
        let taps = (0..<count).map { index in
            let angle = .pi * 2 * cutoff / rate * place(index, count)
            return window[index] * (angle == 0 ? 1 : sin(angle) / angle)
        }
        let sum = taps.reduce(0, +)
        return taps.map { $0 / sum }
    }

    /// The filter of a plane, row by row, with sum 1: the disc of frequencies below the cutoff, under the window of
    /// both directions.
    func disc(_ count: Int) -> [Double] {
        let window = window(count)
        let taps = (0..<count * count).map { index in
            let (row, column) = (index / count, index % count)
            let distance = hypot(place(row, count), place(column, count)) / rate
            let value =
                distance == 0 ? cutoff : j1(2 * .pi * cutoff * distance) / (.pi * distance)
            return value * window[row] * window[column]
        }
        let sum = taps.reduce(0, +)
        return taps.map { $0 / sum }
    }

    private func place(_ index: Int, _ count: Int) -> Double {
        Double(index) - Double(count - 1) / 2
    }

    /// Kaiser's window, whose shape follows from the width of the edge.
    private func window(_ count: Int) -> [Double] {
        let beta = LowPass.shape(
            attenuation: 2.285 * Double(count - 1) * .pi * width / (rate / 2) + 7.95
        )
        return (0..<count).map { index in
            guard count > 1 else { return 1 }
            let share = place(index, count) / (Double(count - 1) / 2)
            return LowPass.bessel(beta * max(1 - share * share, 0).squareRoot())
                / LowPass.bessel(beta)
        }
    }

    /// Kaiser's rule for an attenuation in decibels.
    private static func shape(attenuation: Double) -> Double {
        if attenuation > 50 { return 0.1102 * (attenuation - 8.7) }
        if attenuation > 21 {
            return 0.5842 * pow(attenuation - 21, 0.4) + 0.07886 * (attenuation - 21)
        }
        return 0
    }

    /// The modified Bessel function I₀, by its series; all terms are above zero.
    private static func bessel(_ x: Double) -> Double {
        var (sum, term) = (1.0, 1.0)
        for index in 1..<500 {
            term *= x * x / 4 / Double(index * index)
            sum += term
            if term < sum * 1e-17 { break }
        }
        return sum
    }
}
