import Checks
import Neural
import Torch

/// What is known of pictures, as maps of their size.
///
/// Without a class or a draft a vector that stands for nothing takes its place.
public final class PixelConditioning: Module {
    private let spec: PixelSpec
    private let names: Embedding?
    private let first: Convolution2D?
    private let blocks: [Convolution2D]

    /// Maps of that width; nothing where nothing can be known.
    public init?(
        _ spec: PixelSpec,
        width: Int,
        layers: Int,
        using source: RandomSource
    ) {
        guard spec.classes > 0 || spec.draftChannels > 0 else { return nil }
        self.spec = spec
        names =
            spec.classes > 0
            ? Embedding(
                count: spec.classes + 1,
                width: width,
                initializer: .normal(deviation: 0.1),
                using: source
            ) : nil
        func layer(_ inputs: Int, dilation: Int) -> Convolution2D {
            Convolution2D(
                inputs: inputs,
                outputs: width,
                kernel: 3,
                padding: .same,
                dilation: Extent(dilation),
                initializer: .heNormal,
                using: source
            )
        }
        // One more channel says whether there is a draft.
        first = spec.draftChannels > 0 ? layer(spec.draftChannels + 1, dilation: 1) : nil
        blocks =
            spec.draftChannels > 0 ? (0..<layers).map { layer(width, dilation: 1 << $0) } : []
        super.init()
    }

    /// The maps; single numbers where all places know the same.
    ///
    /// Shape: N×width×H×W or N×width×1×1.
    public func callAsFunction(
        _ condition: PixelCondition,
        count: Int,
        rows: Int,
        columns: Int
    ) -> Tensor {
        var maps: Tensor?
        if let first {
            let shape = [count, spec.draftChannels, rows, columns]
            let device = first.weight.device
            let draft = condition.draft ?? Tensor.zeros(shape, device: device)
            precondition(draft.shape == shape, "a draft of \(draft.shape), expected \(shape)")
            let isThere =
                (condition.follows
                ?? Tensor.full([count], condition.draft == nil ? 0 : 1, device: device))
                .converted(to: draft.dtype).reshaped([count, 1, 1, 1])
            var x = first(
                Tensor.concatenated(
                    [draft * isThere, isThere.expanded([count, 1, rows, columns])],
                    along: 1
                )
            )
            for block in blocks { x = x + block(x.relu()) }
            maps = x
        }
        if let names {
            let numbers =
                condition.classes
                ?? Tensor([Int](repeating: spec.classes, count: count))
                .moved(to: names.weight.device)
            let vectors = names(numbers).reshaped([count, -1, 1, 1])
            maps = maps.map { $0 + vectors } ?? vectors
        }
        guard let maps else { preconditionFailure("nothing can be known of the pictures") }
        return maps
    }
}
