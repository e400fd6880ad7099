import Neural
import Torch

/// Past drawings among which new ones are shown to a judge, so that it does not forget what was drawn before.
///
/// While there is room each new drawing is kept and shown. Then one half of them, by chance, is shown as they are; the
/// others take the place of a kept one, which is shown instead.
///
/// Source: Shrivastava et al., "Learning from simulated and unsupervised images", CVPR 2017, section 2.3, with the 50
/// drawings of Zhu et al., ICCV 2017, section 4.
public final class PicturePool: Module {
    @Buffer private var kept: Tensor
    @Buffer private var filled: Tensor
    private let size: Int

    /// Room for so many pictures; none are kept yet.
    public init(size: Int, for spec: ImageSpec) {
        self.size = size
        _kept = Buffer(
            wrappedValue: .zeros([size, spec.channels, spec.height, spec.width])
        )
        _filled = Buffer(wrappedValue: Tensor([0]))
    }

    /// Pictures to be judged in place of new drawings.
    ///
    /// Where processes share a batch, all of them keep the same pictures.
    ///
    /// Shape: N×C×H×W → N×C×H×W.
    public func shown(_ drawn: Tensor, using source: RandomSource) -> Tensor {
        guard size > 0 else { return drawn }
        return withoutGradients {
            guard let group = ProcessGroup.current else { return exchanged(drawn, source) }
            return exchanged(drawn.wholeBatch(), source).share(of: group)
        }
    }

    private func exchanged(_ drawn: Tensor, _ source: RandomSource) -> Tensor {
        // A checkpoint may say anything.
        var count = min(max(filled.doubles().first.flatMap { Int(exactly: $0) } ?? 0, 0), size)
        // Places of kept pictures, then those of the drawings.
        var places = Array(0..<size)
        var shown: [Int] = []
        for new in size..<size + drawn.size(0) {
            if count < size {
                places[count] = new
                shown.append(new)
                count += 1
            } else if source.unit() < 0.5 {
                let old = source.next(below: size)
                shown.append(places[old])
                places[old] = new
            } else {
                shown.append(new)
            }
        }
        let all = Tensor.concatenated([kept.converted(to: drawn.dtype), drawn.detached()])
        func chosen(_ places: [Int]) -> Tensor {
            all.selected(at: Tensor(places).moved(to: all.device))
        }
        kept = chosen(places)
        filled = Tensor([count]).moved(to: filled.device)
        return chosen(shown)
    }
}
