import Foundation

/// One change of the pipe, in the order in which they are drawn and made.
///
/// Source: Karras et al., "Training generative adversarial networks with limited data", NeurIPS
/// 2020, appendix B.
public enum PipeStep: String, Sendable, CaseIterable {
    /// Left and right exchanged.
    case flip
    /// Quarter turns.
    case quarterTurns
    /// A shift by whole pixels.
    case wholeShift
    /// A change of size.
    case scale
    /// A turn before the stretch.
    case turnBefore
    /// A stretch.
    case stretch
    /// A turn after it.
    case turnAfter
    /// A shift by parts of pixels.
    case shift
    /// A change of brightness.
    case brightness
    /// A change of contrast.
    case contrast
    /// Light and dark exchanged.
    case lightFlip
    /// Colours turned about grey.
    case hue
    /// More or less colour.
    case saturation
    /// More or less of the coarsest band of frequencies.
    case coarseBand
    /// More or less of the band above it.
    case middleBand
    /// More or less of the next band.
    case fineBand
    /// More or less of the finest band.
    case finestBand
    /// Noise on every pixel.
    case noise

    /// How many numbers it takes, and whether they are normal or even in 0 … 1.
    var draw: (count: Int, isNormal: Bool) {
        switch self {
        case .flip, .quarterTurns, .turnBefore, .turnAfter, .lightFlip, .hue: (1, false)
        case .wholeShift: (2, false)
        case .scale, .stretch, .brightness, .contrast, .saturation, .noise: (1, true)
        case .coarseBand, .middleBand, .fineBand, .finestBand: (1, true)
        case .shift: (2, true)
        }
    }

    /// Those that move pixels.
    static let geometric: [PipeStep] = [
        .flip, .quarterTurns, .wholeShift, .scale, .turnBefore, .stretch, .turnAfter, .shift,
    ]

    /// Those that change colours.
    static let colours: [PipeStep] = [.brightness, .contrast, .lightFlip, .hue, .saturation]

    /// Those that change bands of frequencies, from the coarsest to the finest.
    static let bands: [PipeStep] = [.coarseBand, .middleBand, .fineBand, .finestBand]
}

/// What was drawn for one picture: for each change that is made, its numbers.
public struct PipeDraw: Sendable {
    /// Numbers of each change; a change that is not here is not made.
    public var values: [PipeStep: [Double]] = [:]

    /// No change.
    public init() {}

    /// Where an output pixel is read from, in pixels from the picture's middle: a 3×3 matrix row by
    /// row.
    func places(width: Int, height: Int) -> Matrix3 {
        var matrix = Matrix3.identity
        for step in PipeStep.geometric {
            guard let value = values[step] else { continue }
            switch step {
            case .flip: matrix *= .scale(1 - 2 * (2 * value[0]).rounded(.down), 1)
            case .quarterTurns: matrix *= .turn(.pi / 2 * (4 * value[0]).rounded(.down))
            case .wholeShift:
                let x = ((2 * value[0] - 1) * 0.125 * Double(width))
                let y = ((2 * value[1] - 1) * 0.125 * Double(height))
                matrix *= .shift(-x.rounded(.toNearestOrEven), -y.rounded(.toNearestOrEven))
            case .scale: matrix *= .scale(exp2(-0.2 * value[0]), exp2(-0.2 * value[0]))
            case .turnBefore, .turnAfter: matrix *= .turn((2 * value[0] - 1) * .pi)
            case .stretch: matrix *= .scale(exp2(-0.2 * value[0]), exp2(0.2 * value[0]))
            case .shift:
                matrix *= .shift(
                    -value[0] * 0.125 * Double(width),
                    -value[1] * 0.125 * Double(height)
                )
            default: break
            }
        }
        return matrix
    }

    /// What colours become: a 4×4 matrix on red, green, blue and 1, row by row.
    func colours(strength: Double) -> [Double] {
        var matrix = (0..<16).map { $0 % 5 == 0 ? 1.0 : 0 }
        func apply(_ linear: [Double], _ constant: Double) {
            var next = matrix
            for row in 0..<3 {
                for column in 0..<4 {
                    next[row * 4 + column] =
                        (0..<3).reduce(0) { $0 + linear[row * 3 + $1] * matrix[$1 * 4 + column] }
                        + (column == 3 ? constant : 0)
                }
            }
            matrix = next
        }
        let one = [1.0, 0, 0, 0, 1, 0, 0, 0, 1]
        // The share of each colour along grey.
        let grey = [Double](repeating: 1.0 / 3, count: 9)
        let across = zip(one, grey).map { $0 - $1 }
        if let value = values[.brightness] { apply(one, 0.2 * value[0] * strength) }
        if let value = values[.contrast] {
            apply(one.map { $0 * exp2(0.5 * value[0] * strength) }, 0)
        }
        if let value = values[.lightFlip] {
            let times = (2 * value[0]).rounded(.down)
            apply(zip(one, grey).map { $0 - 2 * times * $1 }, 0)
        }
        if let value = values[.hue] {
            let angle = (2 * value[0] - 1) * .pi * strength
            let part = 1 / 3.0.squareRoot()
            let cross = [0, -part, part, part, 0, -part, -part, part, 0]
            apply(
                (0..<9).map { grey[$0] + across[$0] * cos(angle) + cross[$0] * sin(angle) },
                0
            )
        }
        if let value = values[.saturation] {
            apply((0..<9).map { grey[$0] + across[$0] * exp2(value[0] * strength) }, 0)
        }
        return matrix
    }
}
