import Foundation
import Torch

/// Ways on the sphere that normal numbers lie near to.
///
/// Source: Shoemake, "Animating rotation with quaternion curves", 1985.
enum GreatCircle {
    /// A point between two, its length between theirs.
    static func between(_ ends: [Tensor], _ share: Double) -> Tensor {
        let lengths = ends.map { $0.squared().sum().squareRoot().item() }
        let cosine = (ends[0] * ends[1]).sum().item() / max(lengths[0] * lengths[1], 1e-12)
        let angle = acos(min(max(cosine, -1), 1))
        guard sin(angle) > 1e-6 else { return ends[0] * (1 - share) + ends[1] * share }
        let length = lengths[0] * (1 - share) + lengths[1] * share
        let parts = [sin((1 - share) * angle), sin(share * angle)]
        return (ends[0] * (parts[0] / lengths[0]) + ends[1] * (parts[1] / lengths[1]))
            * (length / sin(angle))
    }

    /// Points between rows, at a share for each row; the lengths change evenly.
    static func between(_ first: Tensor, _ second: Tensor, _ place: Tensor) -> Tensor {
        func length(_ x: Tensor) -> Tensor {
            x.squared().sum(over: [1], keepingDimensions: true).squareRoot() + 1e-12
        }
        let (a, b) = (first / length(first), second / length(second))
        let cosine = (a * b).sum(over: [1], keepingDimensions: true).clamped(from: -1, to: 1)
        // What of the second stands at right angles to the first.
        let across = b - a * cosine
        let sine = length(across)
        let angle = arctangent(sine, cosine) * place
        let way = a * angle.cosine() + across / sine * angle.sine()
        return way * (length(first) * (1 - place) + length(second) * place)
    }

    /// The angle of a point by its height and its distance to the right, from 0 to π.
    private static func arctangent(_ up: Tensor, _ across: Tensor) -> Tensor {
        Tensor(
            zip(up.doubles(), across.doubles()).map { Float(atan2($0, $1)) },
            shape: up.shape
        ).moved(to: up.device)
    }
}
