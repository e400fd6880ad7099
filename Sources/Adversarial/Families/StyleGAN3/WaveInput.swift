import Neural
import Torch

/// Waves of learned frequencies, which a style turns and moves: the first map, without borders.
///
/// Shape: N×style → N×channels×size×size.
///
/// Source: Karras et al., 2021, section 3.1 and appendix F.
final class WaveInput: Module {
    private let affine: Dense
    @Parameter private var weight: Tensor
    @Buffer private var frequencies: Tensor
    @Buffer private var phases: Tensor
    @Buffer private var transform: Tensor
    private let size: Int
    private let rate: Double
    private let bandwidth: Double
    private var placement: InputPlacement?

    init(_ layout: StyleGAN3Layout, style: Int, using source: RandomSource) {
        (size, rate, bandwidth) = (layout.size, layout.rate, layout.bandwidth)
        let count = layout.channels
        weight = .normal([count, count], using: source)
        let affine = Dense(inputs: style, outputs: 4, form: .equalised(gain: 1), using: source)
        affine.weight = .zeros([4, style])
        affine.bias?.wrappedValue = Tensor([1, 0, 0, 0] as [Float], shape: [4])
        self.affine = affine
        // Even over a disc: a normal plane whose distances are squeezed into it.
        let plane = Tensor.normal([count, 2], using: source)
        let squares = plane.squared().sum(over: [1], keepingDimensions: true)
        frequencies = plane / (squares.squareRoot() * (squares * 0.25).exp()) * layout.bandwidth
        phases = .uniform([count], from: -0.5, to: 0.5, using: source)
        transform = .identity(3)
    }

    /// The weights that the style goes through.
    var styleWeight: Tensor { affine.weight }

    /// Moves and turns all that follows; nothing for the network's own place.
    func place(_ placement: InputPlacement?) { self.placement = placement }

    func callAsFunction(_ style: Tensor) -> Tensor {
        style.inFullPrecision { waves(affine($0)) }
    }

    /// Shape: N×4, a turn as cosine and sine and a shift → N×channels×size×size.
    private func waves(_ asked: Tensor) -> Tensor {
        let count = asked.size(0)
        let turn = asked.sliced(0..<2, along: 1).squared().sum(over: [1], keepingDimensions: true)
        let motion = asked * turn.reciprocalSquareRoot()
        let transforms = matrices(motion).multiplied(by: whole(like: motion))
        // What is moved changes phases, what is turned or stretched changes frequencies.
        let plane = frequencies.converted(to: asked.dtype).unsqueezed(0)
        let linear = transforms.sliced(0..<2, along: 1)
        let phase =
            plane.multiplied(by: linear.sliced(2..<3, along: 2)).squeezed(2)
            + phases.converted(to: asked.dtype)
        let turned = plane.multiplied(by: linear.sliced(0..<2, along: 2))
        // Frequencies that leave the band fade.
        let distance = turned.squared().sum(over: [2]).squareRoot()
        let level = (1 - (distance - bandwidth) / (rate / 2 - bandwidth)).clamped(from: 0, to: 1)
        let angles =
            places(like: asked).multiplied(by: turned.transposed(1, 2)) + phase.unsqueezed(1)
        let waves = (angles * (2 * Double.pi)).sine() * level.unsqueezed(1)
        let mixed = waves.linear(
            weight: weight.converted(to: asked.dtype) / Double(weight.size(0)).squareRoot()
        )
        return mixed.reshaped([count, size, size, weight.size(0)]).permuted([0, 3, 1, 2])
    }

    /// Turns followed by shifts, as matrices from places of the picture to places of the waves.
    ///
    /// Shape: N×4 → N×3×3.
    private func matrices(_ motion: Tensor) -> Tensor {
        let parts = (0..<4).map { motion.selected($0, along: 1) }
        let (cosine, sine, x, y) = (parts[0], parts[1], parts[2], parts[3])
        let (zero, one) = (cosine.zerosLike(), cosine.onesLike())
        let rows = [
            [cosine, -sine, sine * y - cosine * x], [sine, cosine, -(sine * x + cosine * y)],
            [zero, zero, one],
        ]
        return Tensor.stacked(rows.map { Tensor.stacked($0, along: 1) }, along: 1)
    }

    /// Where the whole picture is seen from.
    private func whole(like other: Tensor) -> Tensor {
        guard let placement else { return transform.converted(to: other.dtype) }
        return Tensor(placement.inverse, shape: [3, 3]).converted(to: other.dtype)
            .moved(to: other.device)
    }

    /// Places of samples, the picture's middle in the middle, sides of the picture as the unit.
    ///
    /// Shape: 1×size²×2.
    private func places(like other: Tensor) -> Tensor {
        let line = (0..<size).map { (Double($0) + 0.5 - Double(size) / 2) / rate }
        let pairs = line.flatMap { y in line.flatMap { x in [x, y] } }
        return Tensor(pairs, shape: [1, size * size, 2]).converted(to: other.dtype)
            .moved(to: other.device)
    }
}
