import Neural
import Torch

/// Real pictures made worse at random, so that they look like drafts: a share of each batch by each
/// kind of damage.
package struct Damage {
    /// Fills what a mask hides as the discriminator's restoration does, if it learns that.
    package let restored: ((_ pictures: Tensor, _ visible: Tensor) -> Tensor)?

    /// Damages, one of them by that function where there is one.
    package init(restored: ((_ pictures: Tensor, _ visible: Tensor) -> Tensor)?) {
        self.restored = restored
    }

    private typealias Act = (Tensor, RandomSource) -> Tensor

    /// The pictures, each with one kind of damage.
    ///
    /// Shape: N×C×H×W → N×C×H×W.
    package func callAsFunction(_ pictures: Tensor, using source: RandomSource) -> Tensor {
        var acts: [Act] = [noise, blur, hiding, shrinking]
        if let restored {
            acts.append { pictures, source in
                restored(pictures, Damage.visible(like: pictures, using: source))
            }
        }
        let count = pictures.size(0)
        // Which kinds get one picture more is chance.
        let first = source.next(below: acts.count)
        var start = 0
        var parts: [Tensor] = []
        for index in acts.indices {
            let end = (index + 1) * count / acts.count
            guard end > start else { continue }
            let act = acts[(first + index) % acts.count]
            parts.append(act(pictures.sliced(start..<end, along: 0), source))
            start = end
        }
        return Tensor.concatenated(parts).clamped(from: -1, to: 1)
    }

    /// Normal noise of a deviation of up to 0.8.
    private func noise(_ pictures: Tensor, _ source: RandomSource) -> Tensor {
        let device = pictures.device
        let strength = Tensor.uniform(
            [pictures.size(0), 1, 1, 1],
            to: 0.8,
            device: device,
            using: source
        )
        return pictures + Tensor.normal(pictures.shape, device: device, using: source) * strength
    }

    /// One to four passes of a small filter.
    private func blur(_ pictures: Tensor, _ source: RandomSource) -> Tensor {
        let filter = Filter(taps: [1, 2, 1])
        // Beyond the border is what black is here, so that edges do not turn grey.
        return (0...source.next(below: 4)).reduce(pictures + 1) { blurred, _ in
            filter.smoothed(blurred, before: 1, after: 1)
        } - 1
    }

    /// A block of a quarter to three quarters filled with grey.
    private func hiding(_ pictures: Tensor, _ source: RandomSource) -> Tensor {
        pictures * Damage.visible(like: pictures, using: source)
    }

    /// A half or a quarter of the size and back.
    private func shrinking(_ pictures: Tensor, _ source: RandomSource) -> Tensor {
        let size = [pictures.size(2), pictures.size(3)]
        let factor = 2 << source.next(below: 2)
        let small = pictures.adaptiveAveragePooled(size: size.map { max($0 / factor, 1) })
        return small.resampled(size: size, .bilinear)
    }

    /// Masks with one hidden block each, half to nine tenths of each side.
    ///
    /// Shape: N×C×H×W → N×1×H×W, 1 where visible.
    package static func visible(like pictures: Tensor, using source: RandomSource) -> Tensor {
        let (count, _, rows, columns) = pictures.shape4
        let numbers = Tensor.uniform([count, 4, 1, 1], device: pictures.device, using: source)
        func number(_ index: Int) -> Tensor { numbers.sliced(index..<index + 1, along: 1) }
        func inside(_ size: Int, _ first: Int, _ shape: [Int]) -> Tensor {
            let places = (Tensor.range(to: size).converted(to: .float32) / Double(size))
                .moved(to: pictures.device).reshaped(shape)
            let length = number(first) * 0.4 + 0.5
            let start = number(first + 1) * (1 - length)
            return (start .<= places).converted(to: pictures.dtype)
                * (places .< start + length).converted(to: pictures.dtype)
        }
        return 1 - inside(rows, 0, [1, 1, rows, 1]) * inside(columns, 2, [1, 1, 1, columns])
    }
}
